"""Jobs: what waits, what is under way, what came of the others, and when a worker was last seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from queries.statements import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

SILENT_SECONDS: Final = 60
"""After how long without a sign people are told that no worker is there."""


def jobs(connection: Connection, *, states: Sequence[str], limit: int, offset: int = 0) -> list[dict[str, Any]]:
    """Jobs in these states, the latest first; columns as in ``jobs/list.sql``."""
    return rows(connection, "jobs/list", job_states=list(states), row_limit=limit, row_offset=offset)


def counts(connection: Connection) -> dict[str, int]:
    """How many jobs there are in each state."""
    return {row["state"]: int(row["jobs"]) for row in rows(connection, "jobs/counts")}


def steps(connection: Connection) -> list[dict[str, Any]]:
    """How far the jobs have come that have not ended; columns as in ``jobs/steps.sql``."""
    return rows(connection, "jobs/steps")


def last_runs(connection: Connection) -> dict[str, dict[str, Any]]:
    """When each task last ended that nobody asked for, by its name."""
    return {row["task"]: row for row in rows(connection, "jobs/last_runs")}


def worker(connection: Connection) -> dict[str, Any]:
    """When a worker was last seen, and whether that is too long ago."""
    return rows(connection, "jobs/worker", silent_seconds=SILENT_SECONDS)[0]
