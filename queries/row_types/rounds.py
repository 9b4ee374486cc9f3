"""Rows of the statements in ``queries/sql/rounds``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class RoundFindingRow(TypedDict):
    """``rounds/findings.sql``: one row per finding."""

    finding: str
    households: int
    open_households: int


class RoundRow(TypedDict):
    """``rounds/list.sql``: one row per round."""

    number: str
    office_code: str
    office_ms: str
    office_en: str
    years: str
    frozen_on: date
    frozen_by: str | None
    households: int
    kekal: int
    gugur: int
    siasat: int
    terbuka: int
    proposed: int
    state: str
    closed_on: date | None


class RoundMukimRow(TypedDict):
    """``rounds/mukims.sql``: one row per mukim."""

    mukim_name: str | None
    households: int
    decided: int


class RoundNowRow(TypedDict):
    """``rounds/now.sql``: one row per household."""

    household_id: int
    readable: bool
    status: str | None
    version: int | None
    last_visit_on: date | None
    exited_on: date | None
    findings: list[str]


class OwnOfficeRow(TypedDict):
    """``rounds/offices.sql``: one row per office."""

    code: str
    office_ms: str
    office_en: str
    territory: list[str]


class OneRoundRow(TypedDict):
    """``rounds/one.sql``: one row."""

    number: str
    office_code: str
    office_ms: str
    office_en: str
    years: str
    frozen_on: date
    frozen_by: str | None
    households: int
    kekal: int
    gugur: int
    siasat: int
    terbuka: int
    proposed: int
    state: str
    closed_on: date | None


class RoundHouseholdRow(TypedDict):
    """``rounds/rows.sql``: one row per household."""

    household_id: int
    file_no: str
    head_name: str
    mukim_name: str | None
    district_name: str
    status: str
    per_capita_rm: Decimal
    version: int
    last_visit_on: date | None
    longitude: float | None
    latitude: float | None
    claimed: bool
    needs: list[str]
    findings: list[str]
    decision: str | None
    settled: bool
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None
    second_by: str | None
    case_id: int | None
    own: bool
    total: int
