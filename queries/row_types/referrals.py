"""Rows of the statements in ``queries/sql/referrals``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class AllowedReferralStepRow(TypedDict):
    """``referrals/allowed.sql``: one row per step."""

    action: str
    to_state: str
    needs_words: bool
    codes: list[str]


class ReferralAreaRow(TypedDict):
    """``referrals/areas.sql``: one row per area."""

    code: str
    name: str
    level: str
    within: str


class ReferralCountsRow(TypedDict):
    """``referrals/counts.sql``: one row."""

    received: int
    answered: int
    late: int
    received_due_on: date | None
    answered_on: date | None


class EndedReferralRow(TypedDict):
    """``referrals/ended.sql``: one row."""

    number: str
    state: str
    sent_on: date
    closed_on: date


class KeptReferralFileRow(TypedDict):
    """``referrals/file.sql``: one row."""

    name: str
    file_name: str
    kind: str


class ReferralFileRow(TypedDict):
    """``referrals/files.sql``: one row per file."""

    file_id: int
    step_id: int | None
    file_name: str
    kind: str
    bytes: int


class ReferredNeedRow(TypedDict):
    """``referrals/needs.sql``: one row per need and period."""

    need_ms: str
    need_en: str
    agency_ms: str | None
    agency_en: str | None
    begins: date
    ends: date | None


class HouseholdReferralRow(TypedDict):
    """``referrals/of_household.sql``: one row per referral."""

    number: str
    state: str
    to_party: str
    to_ms: str
    to_en: str
    sent_on: date


class ProjectReferralRow(TypedDict):
    """``referrals/of_project.sql``: one row per referral."""

    number: str
    state: str
    to_party: str
    to_ms: str
    to_en: str
    sent_on: date


class ReferralRow(TypedDict):
    """``referrals/one.sql``: one row."""

    number: str
    state: str
    from_party: str
    from_ms: str
    from_en: str
    to_party: str
    to_ms: str
    to_en: str
    about: str
    project_no: str | None
    household_id: int | None
    file_no: str | None
    shown_name: str | None
    area_code: str | None
    area_name: str | None
    question: str
    components: list[str]
    decision: str | None
    sent_on: date
    due_on: date
    answered_on: date | None
    closed_on: date | None
    late: bool
    sent_by: str | None
    version: int
    sender: bool
    receiver: bool


class ReferredProjectRow(TypedDict):
    """``referrals/project_record.sql``: one row per field, of a household where there are several."""

    component: str
    field: str
    kind: str
    no: int | None
    value: Any | None


class ReceiverRow(TypedDict):
    """``referrals/receivers.sql``: one row per party."""

    party: str
    kind: str
    name_ms: str
    name_en: str
    within_ms: str | None
    within_en: str | None


class ReferredFieldRow(TypedDict):
    """``referrals/record.sql``: one row per field, of a member where it is a member's."""

    component: str
    field: str
    kind: str
    member_no: int | None
    relationship: str | None
    value: Any | None


class ReferralListRow(TypedDict):
    """``referrals/rows.sql``: one row per referral."""

    number: str
    state: str
    from_party: str
    from_ms: str
    from_en: str
    to_party: str
    to_ms: str
    to_en: str
    about: str
    head_name: str | None
    area_name: str | None
    decision: str | None
    sent_on: date
    due_on: date
    late: bool
    total: int


class ReferralStepRow(TypedDict):
    """``referrals/steps.sql``: one row per step."""

    step_id: int
    action: str
    to_state: str
    at: datetime
    actor_name: str | None
    party: str
    party_ms: str
    party_en: str
    decision: str | None
    words: str
