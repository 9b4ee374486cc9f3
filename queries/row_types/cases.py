"""Rows of the statements in ``queries/sql/cases``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class AllowedStepRow(TypedDict):
    """``cases/allowed.sql``: one row per step, in the order in which they are offered."""

    action: str
    to_state: str
    needs_reason: bool
    needs_meeting: bool
    needs_officer: bool


class StateCountRow(TypedDict):
    """``cases/counts.sql``: one row per state, in their order."""

    code: str
    name_ms: str
    name_en: str
    is_open: bool
    cases: int


class MeetingRow(TypedDict):
    """``cases/meetings.sql``: one row per meeting."""

    meeting_id: int
    number: str
    held_on: date
    place: str


class OfficerRow(TypedDict):
    """``cases/officers.sql``: one row per person."""

    user_id: int
    display_name: str


class CaseRow(TypedDict):
    """``cases/one.sql``: one row, or none where there is no such case for the acting user."""

    case_id: int
    number: str
    channel: str
    state: str
    state_ms: str
    state_en: str
    is_open: bool
    version: int
    head_name: str
    reporter_name: str | None
    reporter_phone: str | None
    reporter_relation: str | None
    district_code: str
    district_name: str
    mukim_code: str | None
    mukim_name: str | None
    draft: Any
    household_id: int | None
    file_no: str | None
    household_status: str | None
    assigned_to: int | None
    assigned_name: str | None
    due_on: date
    overdue: bool
    created_at: datetime
    updated_at: datetime
    held_code: str | None
    held_file_no: str | None
    conflicting_file_no: str | None
    conflicting_id: int | None
    conflicting_district: str | None
    intake_reference: str | None


class CaseListRow(TypedDict):
    """``cases/rows.sql``: one row per case; total counts the whole list."""

    case_id: int
    number: str
    channel: str
    state: str
    state_ms: str
    state_en: str
    is_open: bool
    head_name: str
    district_code: str
    district_name: str
    mukim_name: str | None
    assigned_name: str | None
    due_on: date
    overdue: bool
    updated_at: datetime
    version: int
    total: int


class StepRow(TypedDict):
    """``cases/steps.sql``: one row per step."""

    action: str
    from_state: str
    to_state: str
    to_ms: str
    to_en: str
    at: datetime
    actor: str
    actor_name: str | None
    reason: str | None
    assigned_name: str | None
    meeting_number: str | None
    meeting_held_on: date | None
