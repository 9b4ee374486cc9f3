"""Rows of the statements in ``queries/sql/releases``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class ReleaseAreaRow(TypedDict):
    """``releases/areas.sql``: one row per area."""

    area_code: str
    area_name: str
    poor_told: str
    poor: int | None
    tegar_told: str
    tegar: int | None
    rate: Decimal | None
    before: int | None


class ReleaseDifferenceRow(TypedDict):
    """``releases/differences.sql``: one row per month, area, cut and measure that differs."""

    month: date
    area_code: str
    area_name: str
    cut: str
    measure: str
    told_before: str
    before: int | None
    told_now: str
    now: int | None
    total: int


class ReleaseRow(TypedDict):
    """``releases/list.sql``: one row per release."""

    number: str
    month: date
    state: str
    corrects: str | None
    reason: str | None
    made_at: datetime
    made_by: str | None
    own: bool
    as_of: date | None
    census_year: int | None
    boundaries: str | None
    sample: bool
    checksum: str | None
    decided_at: datetime | None
    decided_by: str | None
    answer: str | None


class OneReleaseRow(TypedDict):
    """``releases/one.sql``: one row."""

    number: str
    month: date
    state: str
    corrects: str | None
    reason: str | None
    made_at: datetime
    made_by: str | None
    own: bool
    as_of: date | None
    census_year: int | None
    boundaries: str | None
    sample: bool
    checksum: str | None
    decided_at: datetime | None
    decided_by: str | None
    answer: str | None


class ReleaseToldRow(TypedDict):
    """``releases/told.sql``: one row."""

    numbers: int
    below: int
    held: int
    districts: int
    districts_told: int
