"""A job as the function that carries it out sees it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

    Progress = Callable[[int, int], None]
    """Hears how many steps are done, of how many; raises :class:`JobCancelled` or :class:`WorkerStops`."""

    Run = Callable[[Engine, Path, "Job", Progress], "Mapping[str, Any] | None"]
    """Carries a job out: the owner's engine, the installation's home, the job, where progress goes; what came of it."""

_ACT: Final = text("SELECT ekasih.act_as(:user_id)")
_CARRIED_OUT: Final = text("""
    UPDATE ekasih.job SET carried_out_at = now(), result = CAST(:result AS jsonb) WHERE id = :id
""")


class JobCancelled(RegistryError):
    """Somebody has cancelled the job; what it has not committed is undone."""

    key = "job_cancelled"


class WorkerStops(RegistryError):
    """The worker is being stopped; the job begins again with the next one."""

    key = "worker_stops"


class NotYet(RegistryError):
    """The job cannot be done now, because something else is under way; it is tried again in a little while."""

    key = "not_yet"


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for, and by whom: an account's id and login, or ``None`` and ``system`` for a schedule."""

    id: int
    asked_by: int | None
    login: str
    arguments: Mapping[str, Any]

    def act(self, session: Connection | Session) -> None:
        """Let who asked act for the rest of the transaction, so that the audit names that person."""
        if self.asked_by is not None:
            session.execute(_ACT, {"user_id": self.asked_by})

    def finish(self, session: Connection | Session, result: Mapping[str, Any] | None = None) -> None:
        """Mark the job as carried out in the transaction that does its work: however it ends, it is not done twice."""
        told = None if result is None else json.dumps(dict(result))
        session.execute(_CARRIED_OUT, {"id": self.id, "result": told})
