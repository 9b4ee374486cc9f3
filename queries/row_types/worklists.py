"""Rows of the statements in ``queries/sql/worklists``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


class ListCountRow(TypedDict):
    """``worklists/counts.sql``: one row per list, or reason of exit as exited_…, that has any."""

    list: str
    households: int


class WorklistRow(TypedDict):
    """A row of ``worklists/rows.sql``."""

    household_id: int
    file_no: str
    head_name: str
    status: str
    strata: str
    member_count: int
    income_rm: Decimal
    per_capita_rm: Decimal
    gap_rm: Decimal
    pgk_per_capita_rm: Decimal
    food_per_capita_rm: Decimal
    district_name: str
    mukim_name: str | None
    visited_on: date | None
    next_review_on: date
    flags: list[str]
    geom_method: str
    exited_on: date | None
    exit_reason: str | None
    case_open: bool
    version: int
    geom_accuracy_m: int
    proposed_code: str | None
    proposed_name: str | None
    proposed_approximate: bool | None
    place: str
