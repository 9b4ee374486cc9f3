"""Rows of the statements in ``queries/sql/intake``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class AllowedIntakeStepRow(TypedDict):
    """``intake/allowed.sql``: one row per step."""

    action: str
    to_state: str
    needs: str


class IntakeCandidateRow(TypedDict):
    """``intake/candidates.sql``: one row per candidate."""

    candidate_id: int
    kind: str
    number: str
    record_id: int
    reasons: list[str]
    shown_name: str | None
    id_no: str | None
    phone: str | None
    village: str | None
    address: str | None
    mukim_name: str | None
    members: int | None
    visited_on: date | None
    state_ms: str | None
    state_en: str | None


class IntakeClosedRow(TypedDict):
    """``intake/closed.sql``: one row per form."""

    form_id: int
    reference: str
    kind: str
    state: str
    moved_on: date
    sent_on: date
    shown_name: str | None
    village: str | None
    district_name: str
    told: int
    case_no: str | None
    erased_on: date | None


class IntakeCountsRow(TypedDict):
    """``intake/counts.sql``: one row."""

    waiting: int
    urgent: int
    late: int
    oldest_on: date | None


class IntakeDistrictRow(TypedDict):
    """``intake/districts.sql``: one row per district."""

    code: str
    name: str
    state_code: str
    state_name: str


class IntakeElsewhereRow(TypedDict):
    """``intake/elsewhere.sql``: one row per district."""

    district_name: str


class IntakeRow(TypedDict):
    """``intake/one.sql``: one row."""

    form_id: int
    reference: str
    kind: str
    state: str
    district_code: str
    district_name: str
    mukim_name: str | None
    urgent: bool
    answers: Any
    marks: list[str]
    id_no: str | None
    phone: str | None
    latitude: float | None
    longitude: float | None
    told: int
    main_reference: str | None
    case_id: int | None
    case_no: str | None
    household_id: int | None
    file_no: str | None
    assigned_name: str | None
    mine: bool
    sent_at: datetime
    looked: bool
    due_on: date
    moved_on: date
    erased_on: date | None
    version: int


class IntakeRepeatRow(TypedDict):
    """``intake/repeats.sql``: one row per form."""

    reference: str
    sent_at: datetime
    answers: Any


class IntakeStepRow(TypedDict):
    """``intake/steps.sql``: one row per step."""

    action: str
    to_state: str
    at: datetime
    actor_name: str | None
    reason: str


class IntakeTellerRow(TypedDict):
    """``intake/teller.sql``: one row per sender."""

    reference: str
    sent_at: datetime
    who: str
    name: str | None
    phone: str | None
    knows: str | None


class ToldNoticeRow(TypedDict):
    """``intake/told.sql``: one row per notice."""

    notice_id: int
    reference: str
    sent_on: date
    shown: str
    moved_on: date


class IntakeWaitingRow(TypedDict):
    """``intake/waiting.sql``: one row per form."""

    form_id: int
    reference: str
    kind: str
    state: str
    urgent: bool
    due_on: date
    late: bool
    sent_on: date
    shown_name: str | None
    village: str | None
    district_name: str
    told: int
    marks: list[str]
    candidates: int
    assigned_name: str | None
