"""Rows of the statements in ``queries/sql/meetings``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class AgendaRow(TypedDict):
    """``meetings/agenda.sql``: one row per case on the agenda."""

    case_id: int
    number: str
    version: int
    head_name: str
    place_name: str
    draft: Any
    recommendation: str | None
    recommended_why: str | None
    outcome: str | None
    reason: str | None
    decided_at: datetime | None


class MeetingListRow(TypedDict):
    """``meetings/all.sql``: one row per meeting."""

    meeting_id: int
    number: str
    area_name: str
    held_on: date
    place: str
    state: str
    items: int
    decided: int


class MeetingRow(TypedDict):
    """``meetings/one.sql``: at most one row."""

    meeting_id: int
    number: str
    area_code: str
    area_name: str
    held_on: date
    place: str
    members: list[str]
    state: str
    version: int
    own: bool
    has_come: bool


class StatusRow(TypedDict):
    """``meetings/status_now.sql``: one row per case whose household is registered."""

    case_id: int
    status: str
    income_rm: Decimal
    member_count: int
    decided_on: date
    survey_year: int
    line_area_code: str
    line_area_name: str
    line_strata: str
    line_effective_from: date | None
    pgk_household_rm: Decimal
    food_household_rm: Decimal
    pgk_per_capita_rm: Decimal
    food_per_capita_rm: Decimal
    food_household_basis: str
    pgk_per_capita_basis: str
    food_per_capita_basis: str
    rule: str
    vulnerable_below_rm: Decimal | None


class ProspectiveStatusRow(TypedDict):
    """``meetings/status_would_be.sql``: one row per household."""

    case_id: int
    status: str
    income_rm: Decimal
    member_count: int
    decided_on: date
    survey_year: int
    line_area_code: str
    line_area_name: str
    line_strata: str
    line_effective_from: date | None
    pgk_household_rm: Decimal
    food_household_rm: Decimal
    pgk_per_capita_rm: Decimal
    food_per_capita_rm: Decimal
    food_household_basis: str
    pgk_per_capita_basis: str
    food_per_capita_basis: str
    rule: str
    vulnerable_below_rm: Decimal | None
