"""Rows of the statements in ``queries/sql/deliveries``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class AidInUploadRow(TypedDict):
    """``deliveries/aid_in_upload.sql``: one row per delivery."""

    delivery_id: int


class AidReceivedRow(TypedDict):
    """``deliveries/aid_received.sql``: one row per delivery."""

    delivery_id: int
    agency_code: str
    agency_ms: str
    agency_en: str
    number: str
    made_on: date
    received_at: datetime
    lines: int | None
    accepted: int | None
    reversals: int | None
    unchanged: int | None
    held: int | None
    rejected: int | None
    still_held: int
    refused: int
    total: int


class DeliveryRow(TypedDict):
    """``deliveries/imported.sql``: one row per delivery."""

    delivery_id: int
    file_name: str
    received_on: date
    received_by: str
    accepted: int | None
    rejected: Decimal
    held: Decimal
    total: int


class ProgrammeNameRow(TypedDict):
    """``deliveries/programmes.sql``: one row per programme."""

    code: str
    name_ms: str
    name_en: str


class StepRow(TypedDict):
    """``deliveries/step.sql``: at most one row."""

    state: str
    steps_done: int
    steps_total: int


class UploadRow(TypedDict):
    """``deliveries/upload.sql``: at most one row."""

    upload_id: int
    layout: str
    file_name: str
    stored_name: str
    sha256: str
    bytes: int
    uploaded_at: datetime
    sender: str | None
    own: bool
    state: str
    findings: Any
    steps_done: int
    steps_total: int
    report: Any | None
    reported_at: datetime | None
    problem: Any | None
    delivery_id: int | None


class UploadListRow(TypedDict):
    """``deliveries/uploads.sql``: one row per upload."""

    upload_id: int
    file_name: str
    uploaded_at: datetime
    sender: str | None
    state: str
    bytes: int
    accepted: int | None
    problem: bool
    total: int
