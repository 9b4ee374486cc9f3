"""Rows of the statements in ``queries/sql/visits``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID


class DistrictRow(TypedDict):
    """``visits/districts.sql``: one row per district, by name."""

    code: str
    name: str
    cases: int


class VisitRow(TypedDict):
    """``visits/of_case.sql``: one row per visit."""

    visit_id: int
    officer_id: int
    officer_name: str | None
    case_version: int
    client_key: UUID
    visited_at: datetime
    recorded_at: datetime
    findings: Any
    remarks: str
    recommendation: str
    reason: str
    latitude: float | None
    longitude: float | None
    point_source: str | None
    accuracy_m: int | None
    photos: Any


class PhotoRow(TypedDict):
    """``visits/photo.sql``: one row, or none."""

    name: str
    sha256: str
    bytes: int


class RoundRow(TypedDict):
    """``visits/round.sql``: one row per case; total counts the whole list."""

    case_id: int
    number: str
    head_name: str
    address: str | None
    village: str | None
    mukim_name: str | None
    district_code: str
    district_name: str
    phone: str | None
    due_on: date
    overdue: bool
    latitude: float | None
    longitude: float | None
    accuracy_m: int | None
    method: str | None
    total: int


class UnassignedRow(TypedDict):
    """``visits/unassigned.sql``: one row per case; total counts the whole list."""

    case_id: int
    version: int
    number: str
    head_name: str
    state: str
    state_ms: str
    state_en: str
    district_code: str
    district_name: str
    mukim_code: str | None
    mukim_name: str | None
    village: str | None
    due_on: date
    overdue: bool
    total: int
