"""Rows of the statements in ``queries/sql/applications``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class AllowedAidStepRow(TypedDict):
    """``applications/allowed.sql``: one row per step."""

    action: str
    to_state: str
    needs_reason: bool
    codes: list[str]


class ApplicationCountsRow(TypedDict):
    """``applications/counts.sql``: one row."""

    waiting: int
    late: int


class EndedRow(TypedDict):
    """``applications/ended.sql``: one row."""

    number: str
    state: str
    ended_on: date
    code: str | None
    reason: str | None


class OpenKindRow(TypedDict):
    """``applications/kinds.sql``: one row per kind."""

    kind_id: int
    kind_ms: str
    kind_en: str
    programme_code: str
    programme_ms: str
    programme_en: str
    agency_code: str
    agency_ms: str
    agency_en: str
    need_ms: str
    need_en: str
    recipient: str
    coverage: str
    ceiling_rm: Decimal | None


class ConditionNameRow(TypedDict):
    """``applications/names.sql``: one row per area or need."""

    code: str
    need: bool
    name_ms: str
    name_en: str


class MetNeedRow(TypedDict):
    """``applications/needs.sql``: one row per need and period."""

    need_ms: str
    need_en: str
    agency_ms: str | None
    agency_en: str | None
    begins: date
    ends: date | None
    same_need: bool
    form: str
    given: bool


class HouseholdApplicationRow(TypedDict):
    """``applications/of_household.sql``: one row per application."""

    number: str
    state: str
    state_since: date
    kind_ms: str
    kind_en: str
    agency_ms: str
    agency_en: str


class ApplicationRow(TypedDict):
    """``applications/one.sql``: one row."""

    number: str
    state: str
    state_since: date
    due_on: date | None
    late: bool
    version: int
    for_name: str
    household_id: int | None
    file_no: str | None
    person_id: int | None
    member_no: int | None
    kind_id: int
    kind_ms: str
    kind_en: str
    form: str
    recipient: str
    coverage: str
    unit: str | None
    programme_code: str
    programme_ms: str
    programme_en: str
    has_ledger: bool
    agency_code: str
    agency_ms: str
    agency_en: str
    office_ms: str | None
    office_en: str | None
    district_name: str
    channel: str
    head_present: bool
    asked_by: str
    asked_relation: str
    asked_phone: str
    purpose: str
    amount_asked_rm: Decimal
    asked_first: date | None
    asked_last: date | None
    amount_rm: Decimal | None
    first_day: date | None
    last_day: date | None
    ceiling_rm: Decimal | None
    need_ms: str
    need_en: str
    conditions: Any | None
    verdict: Any
    outside_target: bool | None
    submitted_version: int | None
    decided_version: int | None
    household_version: int | None
    opened_by: str | None
    opened_at: datetime
    own: bool
    override_asked: bool
    override_given: bool


class ToldFieldRow(TypedDict):
    """``applications/record.sql``: one row per field, of a member where it is a member's."""

    component: str
    field: str
    kind: str
    member_no: int | None
    relationship: str | None
    value: Any | None


class RoutedRow(TypedDict):
    """``applications/routed.sql``: one row per application."""

    application_id: int
    number: str
    state: str
    state_since: date
    due_on: date | None
    version: int
    programme_code: str
    kind_code: str
    district_code: str
    amount_asked_rm: Decimal
    amount_rm: Decimal | None
    opened_at: datetime


class ApplicationListRow(TypedDict):
    """``applications/rows.sql``: one row per application."""

    number: str
    state: str
    state_since: date
    due_on: date | None
    late: bool
    for_name: str
    kind_ms: str
    kind_en: str
    programme_ms: str
    programme_en: str
    agency_ms: str
    agency_en: str
    district_name: str
    amount_asked_rm: Decimal
    amount_rm: Decimal | None
    outside_target: bool | None
    total: int


class AidStepRow(TypedDict):
    """``applications/steps.sql``: one row per step."""

    action: str
    from_state: str
    to_state: str
    at: datetime
    actor: str
    actor_name: str | None
    agency_ms: str | None
    agency_en: str | None
    code: str | None
    reason: str | None
    amount_rm: Decimal | None
    detail: Any
