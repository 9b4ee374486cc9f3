"""Rows of the statements in ``queries/sql/jobs``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import datetime


class StateCountRow(TypedDict):
    """``jobs/counts.sql``: one row per state in which there is a job."""

    state: str
    jobs: int


class LastRunRow(TypedDict):
    """``jobs/last_runs.sql``: one row per task."""

    task: str
    ended_at: datetime
    state: str


class JobRow(TypedDict):
    """``jobs/list.sql``: one row per job."""

    job_id: int
    task: str
    arguments: Any
    file_name: str | None
    asker: str | None
    asked_at: datetime
    state: str
    attempts: int
    run_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    steps_done: int
    steps_total: int
    cancel_asked: bool
    result: Any | None
    problem: Any | None
    total: int


class StepRow(TypedDict):
    """``jobs/steps.sql``: one row per job."""

    job_id: int
    state: str
    cancel_asked: bool
    attempts: int
    steps_done: int
    steps_total: int


class WorkerRow(TypedDict):
    """``jobs/worker.sql``: one row."""

    seen_at: datetime | None
    silent: bool
