"""Rows of the statements in ``queries/sql/programmes``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class AgencyRow(TypedDict):
    """``programmes/agencies.sql``: one row per agency."""

    agency_id: int
    code: str
    agency_ms: str
    agency_en: str
    kind: str
    areas: list[str]
    fiscal_month: int
    manages: bool


class ConditionsRow(TypedDict):
    """``programmes/conditions.sql``: one row per list of conditions."""

    conditions_id: int
    from_date: date | None
    until_date: date | None
    conditions: Any
    made_by: str
    made_at: datetime


class ProgrammeRow(TypedDict):
    """``programmes/list.sql``: one row per programme."""

    programme_id: int
    code: str
    programme_ms: str
    programme_en: str
    agency_ms: str
    agency_en: str
    state: str
    valid_from: date | None
    valid_until: date | None
    kinds: int
    needs_ms: str | None
    needs_en: str | None


class NeedRow(TypedDict):
    """``programmes/needs.sql``: one row per need."""

    code: str
    need_ms: str
    need_en: str
    exclusive: bool
    once: bool
    valid_from: date | None
    valid_until: date | None
    changes: bool


class OfficeRow(TypedDict):
    """``programmes/offices.sql``: one row per office."""

    code: str
    office_ms: str
    office_en: str
    agency_code: str
    agency_ms: str
    agency_en: str
    areas: list[str]
    valid_from: date | None
    valid_until: date | None


class ProgrammeOneRow(TypedDict):
    """``programmes/one.sql``: one row, or none."""

    programme_id: int
    code: str
    programme_ms: str
    programme_en: str
    agency_ms: str
    agency_en: str
    state: str
    valid_from: date | None
    valid_until: date | None
    has_ledger: bool
    manages: bool


class OpenProgrammeRow(TypedDict):
    """``programmes/open.sql``: one row per programme."""

    programme_id: int
    code: str
    programme_ms: str
    programme_en: str
    agency_ms: str
    agency_en: str
    conditions: Any | None


class OwnProgrammeRow(TypedDict):
    """``programmes/own.sql``: one row per programme."""

    programme_id: int
    code: str
    programme_ms: str
    programme_en: str
    state: str
    valid_from: date | None
    valid_until: date | None
    has_ledger: bool
    kinds: Any


class RateRow(TypedDict):
    """``programmes/rates.sql``: one row per rate, or per kind without any."""

    kind_id: int
    code: str
    kind_ms: str
    kind_en: str
    need_ms: str
    need_en: str
    form: str
    recipient: str
    frequency: str
    coverage: str
    unit: str | None
    from_date: date | None
    until_date: date | None
    ceiling_rm: Decimal | None
    source: str | None
    source_date: date | None
