"""Rows of the statements in ``queries/sql/inquiries``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class CheckCodeRow(TypedDict):
    """``inquiries/codes.sql``: one row per code."""

    code_id: int
    way: str
    made_at: datetime
    valid_until: date
    standing: str


class InquiryCountsRow(TypedDict):
    """``inquiries/counted.sql``: one row."""

    waiting: int
    late: int


class InquiryRow(TypedDict):
    """``inquiries/listed.sql``: one row per question."""

    inquiry_id: int
    reference: str
    asked_at: datetime
    asked_times: int
    identity: str
    telephone: str
    answer_by: str
    tries: int
    due_on: date
    late: bool
    version: int
    district_name: str | None
    household_id: int | None
    file_no: str | None
    head_name: str | None
    record_phone: str | None


class CodeMemberRow(TypedDict):
    """``inquiries/members.sql``: one row per member."""

    file_no: str
    head_name: str
    member_no: int
    name: str
    has_number: bool


class DistrictOfficeRow(TypedDict):
    """``inquiries/offices.sql``: one row per district."""

    district_code: str
    district_name: str
    address: str
    telephone: str
    hours: str
    version: int


class InquiryOverRow(TypedDict):
    """``inquiries/over.sql``: one row per question."""

    inquiry_id: int
    reference: str
    asked_at: datetime
    state: str
    tries: int
    closed_at: datetime
    district_name: str | None
