"""Jobs: what waits, what is under way, what came of the others, and when a worker was last seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from queries.row_types.jobs import JobRow, LastRunRow, StateCountRow, StepRow, WorkerRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

SILENT_SECONDS: Final = 60
"""After how long without a sign people are told that no worker is there."""


def jobs(connection: Connection, *, states: Sequence[str], limit: int, offset: int = 0) -> list[JobRow]:
    """Jobs in these states, the latest first; columns as in ``jobs/list.sql``."""
    return rows_as(JobRow, connection, "jobs/list", job_states=list(states), row_limit=limit, row_offset=offset)


def counts(connection: Connection) -> dict[str, int]:
    """How many jobs there are in each state."""
    return {row["state"]: int(row["jobs"]) for row in rows_as(StateCountRow, connection, "jobs/counts")}


def steps(connection: Connection) -> list[StepRow]:
    """How far the jobs have come that have not ended; columns as in ``jobs/steps.sql``."""
    return rows_as(StepRow, connection, "jobs/steps")


def last_runs(connection: Connection) -> dict[str, LastRunRow]:
    """When each task last ended that nobody asked for, by its name."""
    return {row["task"]: row for row in rows_as(LastRunRow, connection, "jobs/last_runs")}


def worker(connection: Connection) -> WorkerRow:
    """When a worker was last seen, and whether that is too long ago."""
    return rows_as(WorkerRow, connection, "jobs/worker", silent_seconds=SILENT_SECONDS)[0]
