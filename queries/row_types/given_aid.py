"""Rows of the statements in ``queries/sql/given_aid``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


class HeldSumRow(TypedDict):
    """``given_aid/held_of_household.sql``: one row."""

    held: int
    held_rm: Decimal


class GivenRow(TypedDict):
    """``given_aid/of_household.sql``: one row per line of aid."""

    line_id: int
    day: date
    agency_code: str | None
    agency_ms: str | None
    agency_en: str | None
    programme_ms: str | None
    programme_en: str | None
    kind_ms: str | None
    kind_en: str | None
    need_code: str
    need_ms: str
    need_en: str
    begins: date
    ends: date | None
    amount_rm: Decimal | None
    quantity: Decimal | None
    unit: str | None
    reference: str | None
    origin: str
    outside_target: bool
    reversed_on: date | None
    member_no: int | None
    override_reason: str | None
