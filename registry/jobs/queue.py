"""Asks for jobs, cancels them and puts failed ones back, in the caller's transaction; PostgreSQL says who may."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.errors import StaleRecord
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

_ACTING: Final = text("SELECT ekasih.acting_user()")
_PUT: Final = text("SELECT ekasih.put_job(:task, CAST(:arguments AS jsonb))")
_ASK: Final = text("SELECT ekasih.ask_job(:task, CAST(:arguments AS jsonb))")
_CANCEL: Final = text("SELECT ekasih.cancel_job(:id)")
_RERUN: Final = text("SELECT ekasih.rerun_job(:id)")


def enqueue(session: Connection | Session, task: str, **arguments: object) -> int:
    """Ask for a job in the caller's transaction, for who is acting in it; answers the job's number.

    ``arguments`` are ids, codes and days as JSON has them, never anything of a person. A job that waits already for
    the same is not asked for twice: its number is the answer. Without anybody acting, the owner asks for the system.

    Raises:
        NotPermitted: who is acting may not ask for this task.

    """
    statement = _PUT if session.scalar(_ACTING) is None else _ASK
    with refusals_named(session):
        return int(session.execute(statement, {"task": task, "arguments": json.dumps(arguments)}).scalar_one())


def cancel(session: Connection | Session, job_id: int) -> None:
    """Cancel a job: one that waits at once, one under way at its next step.

    Raises:
        StaleRecord: there is none to cancel that who is acting may: it has ended, or was cancelled before.

    """
    if not session.scalar(_CANCEL, {"id": job_id}):
        raise StaleRecord


def rerun(session: Connection | Session, job_id: int) -> None:
    """Put a job that failed back into the queue.

    Raises:
        StaleRecord: there is no failed one that who is acting may ask for, or what it worked on has gone.

    """
    with refusals_named(session):
        put_back = session.scalar(_RERUN, {"id": job_id})
    if not put_back:
        raise StaleRecord
