"""Rows of the statements in ``queries/sql/boundaries``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class CatchmentRow(TypedDict):
    """``boundaries/catchments.sql``: one row per catchment."""

    code: str
    name: str
    shape: str | None


class AreaNameRow(TypedDict):
    """``boundaries/names.sql``: one row per area that is known."""

    area_code: str
    area_name: str
    level: str
    state_name: str


class CatchmentPartRow(TypedDict):
    """``boundaries/parts.sql``: one row per area."""

    area_code: str
    area_name: str
    level: str


class RemadeRow(TypedDict):
    """``boundaries/remade.sql``: one row per area of then and area of today."""

    then_code: str
    now_code: str
    share: float


class SetOnRow(TypedDict):
    """``boundaries/set_on.sql``: one row, none where no set was ever used."""

    set_id: int
    source: str
    dated: date
    approximate: bool
    active: bool


class BoundarySetRow(TypedDict):
    """``boundaries/sets.sql``: one row per set."""

    set_id: int
    level: str
    name: str
    source: str
    licence: str
    dated: date
    accuracy_m: int
    approximate: bool
    active: bool
    areas: int
    since: datetime | None
    actor: str | None
    wanted: bool
    steps_done: int
    steps_total: int
    problem: Any | None


class ShapeRow(TypedDict):
    """``boundaries/shapes.sql``: one row per area."""

    area_code: str
    area_name: str
    shape: Any


class CatchmentStateRow(TypedDict):
    """``boundaries/states.sql``: one row per state."""

    code: str
    name: str


class StepRow(TypedDict):
    """``boundaries/steps.sql``: one row per job that waits or runs."""

    job_id: int
    task: str
    state: str
    steps_done: int
    steps_total: int


class UploadRow(TypedDict):
    """``boundaries/upload.sql``: at most one row."""

    upload_id: int
    file_name: str
    stored_name: str
    sha256: str
    bytes: int
    uploaded_at: datetime
    sender: str | None
    state: str
    level: str | None
    source: str | None
    licence: str | None
    dated: date | None
    accuracy_m: int | None
    report: Any | None
    reported_at: datetime | None
    problem: Any | None
    wanted: bool
    holds_from: date | None
    wish_problem: Any | None
    activated_at: datetime | None


class UploadListRow(TypedDict):
    """``boundaries/uploads.sql``: one row per upload."""

    upload_id: int
    file_name: str
    bytes: int
    uploaded_at: datetime
    sender: str | None
    state: str
    level: str | None
    problem: Any | None
    wanted: bool
    holds_from: date | None
    total: int
