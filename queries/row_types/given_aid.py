"""Rows of the statements in ``queries/sql/given_aid``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class GrantedRow(TypedDict):
    """``given_aid/granted.sql``: one row per need and period."""

    need_code: str
    need_ms: str
    need_en: str
    agency_code: str | None
    agency_ms: str | None
    agency_en: str | None
    begins: date
    ends: date | None
    form: str
    application_no: str | None


class HeldRow(TypedDict):
    """``given_aid/held.sql``: one row per held row; total counts all of the filters."""

    row_id: int
    reference: str
    code: str
    reversal: bool
    agency_code: str
    agency_ms: str
    agency_en: str
    programme_ms: str | None
    programme_en: str | None
    given_name: str | None
    day: date | None
    amount_rm: Decimal | None
    district_name: str | None
    total: int


class HeldCountRow(TypedDict):
    """``given_aid/held_counts.sql``: one row per reason."""

    code: str
    held: int


class HeldSumRow(TypedDict):
    """``given_aid/held_of_household.sql``: one row."""

    held: int
    held_rm: Decimal


class HeldOneRow(TypedDict):
    """``given_aid/held_one.sql``: one row, or none where it is not the acting user's to settle."""

    row_id: int
    reference: str
    code: str
    fate: str
    reversal: bool
    given: Any
    agency_ms: str
    agency_en: str
    programme_ms: str | None
    programme_en: str | None
    kind_ms: str | None
    kind_en: str | None
    need_ms: str | None
    need_en: str | None
    recipient: str | None
    exclusive: bool | None
    once: bool | None
    day: date | None
    begins: date | None
    ends: date | None
    amount_rm: Decimal | None
    quantity: Decimal | None
    unit: str | None
    district_name: str | None
    household_id: int | None
    person_id: int | None
    settled_by: str | None
    settled_at: datetime | None
    settled_reason: str | None


class InTheWayRow(TypedDict):
    """``given_aid/in_the_way.sql``: one row per claim."""

    claim_id: int
    agency_ms: str
    agency_en: str
    programme_ms: str
    programme_en: str
    reference: str | None
    amount_rm: Decimal | None
    begins: date
    ends: date | None
    member_name: str | None


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


class PairMonthRow(TypedDict):
    """``given_aid/pair_months.sql``: one row per month."""

    month: date
    pairs: int
    unsettled: int


class PairRow(TypedDict):
    """``given_aid/pairs.sql``: one row per pair; total counts all of the month."""

    pair_id: int
    found_on: date
    file_no: str
    household_id: int | None
    district_name: str | None
    need_ms: str
    need_en: str
    standing_ms: str | None
    standing_en: str | None
    standing_reference: str | None
    other_ms: str | None
    other_en: str | None
    other_reference: str | None
    row_id: int | None
    application_no: str | None
    application_state: str | None
    merged: bool
    fate: str | None
    finding: str | None
    settled_at: datetime | None
    total: int


class SentLineOneRow(TypedDict):
    """``given_aid/sent_line.sql``: at most one row."""

    reference: str
    outcome: str
    code: str | None
    settled_reason: str | None
    warnings: list[str]
    kind_code: str | None
    programme_code: str | None
    day: date | None
    begins: date | None
    ends: date | None
    amount_rm: Decimal | None
    delivery_number: str | None
    reversed_on: date | None


class SentLineRow(TypedDict):
    """``given_aid/sent_lines.sql``: one row per line."""

    row_no: int
    reference: str
    outcome: str
    code: str | None
    settled_reason: str | None
    warnings: list[str]
