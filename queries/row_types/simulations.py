"""Rows of the statements in ``queries/sql/simulations``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class SimulatedAreaRow(TypedDict):
    """``simulations/areas.sql``: one row per area."""

    area_code: str
    area_name: str


class GroupRow(TypedDict):
    """``simulations/groups.sql``: one row per group."""

    state_code: str
    strata: str
    month: date
    made_at: datetime
    households: int
    per_head_rm: Decimal
    members: Decimal
    sources_rm: list[Decimal]
    earners: list[Decimal]
    children: list[Decimal]


class SimulatedLineRow(TypedDict):
    """``simulations/lines.sql``: one row per state and strata."""

    state_code: str
    state_name: str
    strata: str
    rule: str
    vulnerable_below_rm: Decimal | None
    pgk_household_rm: Decimal
    food_household_rm: Decimal
    pgk_per_capita_rm: Decimal
    food_per_capita_rm: Decimal
    line_year: int


class MoveRow(TypedDict):
    """``simulations/moves.sql``: one row per household."""

    household_id: int
    file_no: str
    head_name: str
    district_code: str
    place_name: str | None
    member_count: int
    previous: str
    status: str
    income_rm: Decimal
    income_after_rm: Decimal


class OutcomeRow(TypedDict):
    """``simulations/outcome.sql``: one row per area, status before and status after."""

    area_code: str
    area_name: str | None
    previous: str
    status: str
    households: int
    persons: int
    gap_before_rm: Decimal
    gap_after_rm: Decimal
    raised_rm: Decimal
    paid_rm: Decimal


class SimulationRow(TypedDict):
    """``simulations/saved.sql``: one row per scenario."""

    id: int
    name: str
    asked: Any
    area_code: str
    shared: bool
    own: bool
    made_by_name: str
    made_at: datetime


class TargetingRow(TypedDict):
    """``simulations/targeting.sql``: one row per area."""

    area_code: str
    met_tegar: int
    met_miskin: int
    met_others: int
    unmet_tegar: int
    unmet_miskin: int
    persons: int
