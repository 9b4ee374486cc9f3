"""The check of a boundary file, and making a set of boundaries active, as jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.areas.carrying import ask_due, carry_out, check
from registry.deliveries.birm import IMPORT_LOCK
from registry.jobs.job import NotYet
from registry.jobs.queue import enqueue

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from registry.jobs.job import Job, Progress

_COMPARED: Final = frozenset({"district", "mukim"})
"""Levels that are held against each other, or of which it is told how far a town is."""
_NO_IMPORT: Final = text("SELECT pg_try_advisory_xact_lock(:key)")


def check_boundaries(engine: Engine, home: Path, job: Job, progress: Progress) -> dict[str, Any] | None:
    """Check an upload; nothing is used.

    Raises:
        BoundariesRefused: the file cannot be used.

    """
    return check(engine, home, int(job.arguments["upload"]), progress)


def activate_boundaries(engine: Engine, home: Path, job: Job, progress: Progress) -> dict[str, Any] | None:
    """Make active what was asked for.

    Raises:
        NotYet: a delivery is being imported, whose households are placed by the boundaries of its beginning.
        BoundariesRefused: it cannot be done.

    """
    done = carry_out(engine, home, int(job.arguments["activation"]), progress, guard=_while_nothing_is_imported)
    if done and done["level"] in _COMPARED:
        with engine.begin() as connection:
            enqueue(connection, "publishing.compare_areas")
    return done


def begin_boundaries(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Ask for the catchments that are to hold from today on."""
    with engine.begin() as connection:
        return {"asked": ask_due(connection)}


def _while_nothing_is_imported(connection: Connection) -> None:
    if not connection.scalar(_NO_IMPORT, {"key": IMPORT_LOCK}):
        raise NotYet
