"""Rows of the statements in ``queries/sql/lines``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class AdoptionRow(TypedDict):
    """``lines/adoptions.sql``: one row per survey year."""

    survey_year: int
    effective_from: date
    asked_by: str | None
    done_at: datetime | None


class BreakRow(TypedDict):
    """``lines/breaks.sql``: one row per day."""

    on_day: date
    lines: bool
    rules: bool


class ChangeRow(TypedDict):
    """``lines/change.sql``: one row."""

    change_id: int
    kind: str
    command: Any
    effective_from: date
    asked_by: str | None
    asked_at: datetime
    state: str
    problem: str | None
    done_at: datetime | None
    decided_on: date | None
    households: int | None
    moved: int | None
    outcome: Any | None
    job_state: str | None
    steps_done: int | None
    steps_total: int | None


class FigureRow(TypedDict):
    """``lines/figures.sql``: one row per survey year, state and strata."""

    line_id: int
    survey_year: int
    state_code: str
    state_name: str
    strata: str
    pgk_household_rm: Decimal
    food_household_rm: Decimal
    pgk_per_capita_rm: Decimal
    food_per_capita_rm: Decimal
    food_household_basis: str
    pgk_per_capita_basis: str
    food_per_capita_basis: str
    published_on: date | None
    published_for: str
    source: str | None
    effective_from: date | None
    added_by: str | None
    deciding: bool


class ChangeListRow(TypedDict):
    """``lines/history.sql``: one row per change."""

    change_id: int
    kind: str
    survey_year: int | None
    rule: str | None
    vulnerable_urban_rm: Decimal | None
    vulnerable_rural_rm: Decimal | None
    effective_from: date
    asked_by: str | None
    asked_at: datetime
    state: str
    done_at: datetime | None
    decided_on: date | None
    touched: bool | None
    total: int


class RuleRow(TypedDict):
    """``lines/rules.sql``: one row per rule."""

    rule_id: int
    effective_from: date
    rule: str
    vulnerable_urban_rm: Decimal | None
    vulnerable_rural_rm: Decimal | None
    deciding: bool
    coming: bool
    replaced: bool
