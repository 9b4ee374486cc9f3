"""Rows of the statements in ``queries/sql/map``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


class AreaCountRow(TypedDict):
    """``map/areas.sql``: one row per area."""

    area_code: str
    area_name: str
    level: str
    parent_code: str | None
    tegar: int | None
    miskin: int | None
    mudah_miskin: int | None
    terkeluar: int | None
    households: int | None
    persons: int | None
    gap_rm: Decimal | None
    tegar_12m_ago: int | None
    miskin_12m_ago: int | None
    census_households: int | None
    census_year: int | None


class AreaMonthRow(TypedDict):
    """``map/areas_month.sql``: one row per area."""

    area_code: str
    area_name: str
    level: str
    parent_code: str | None
    tegar: int | None
    miskin: int | None
    mudah_miskin: int | None
    terkeluar: int | None
    households: int | None
    persons: int | None
    gap_rm: Decimal | None
    tegar_12m_ago: int | None
    miskin_12m_ago: int | None
    census_households: int | None
    census_year: int | None


class BoxRow(TypedDict):
    """``map/box.sql``: one row, none without a boundary and without a household that may be seen."""

    west: float
    south: float
    east: float
    north: float


class FootingRow(TypedDict):
    """``map/footing.sql``: one row."""

    as_of: date
    sample: bool
    empty: bool
    threshold: int
    rule: str
    line_year: int | None
    lines_derived: bool
    boundary_source: str | None
    boundary_accuracy_m: int | None
    boundary_approximate: bool
    first_month: date | None
    last_month: date | None


class HistoryRow(TypedDict):
    """``map/history.sql``: one row per area and month."""

    area_code: str
    month: date
    tegar: int
    miskin: int
    households: int
    gap_rm: Decimal


class LineageRow(TypedDict):
    """``map/lineage.sql``: one row per area, none for an unknown code."""

    code: str
    level: str
    name: str
    parent_code: str | None
    state_code: str | None
    census_households: int | None
    census_year: int | None


class MakeupRow(TypedDict):
    """``map/makeup.sql``: one row per area, strata, ethnicity and status that occurs."""

    area_code: str
    strata: str
    ethnicity: str
    status: str
    households: int
    persons: int
    age_0_14: int
    age_15_64: int
    age_65_over: int
    age_unknown: int
    gap_rm: Decimal


class OnDayRow(TypedDict):
    """``map/on_day.sql``: one row per area."""

    area_code: str
    tegar: int
    miskin: int
    mudah_miskin: int
    terkeluar: int
    households: int
    persons: int
    gap_rm: Decimal


class RedrawnRow(TypedDict):
    """``map/redrawn.sql``: one row per day."""

    on_day: date
    source: str


class StateRow(TypedDict):
    """``map/states.sql``: one row per state."""

    code: str
