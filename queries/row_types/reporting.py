"""Rows of the statements in ``queries/sql/reporting``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class ReportAreaRow(TypedDict):
    """``reporting/areas.sql``: one row per area."""

    area_code: str
    area_name: str
    tegar: int | None
    miskin: int | None
    gap_rm: Decimal | None
    tegar_12m_ago: int | None
    miskin_12m_ago: int | None
    census_households: int | None


class ReportAuditRow(TypedDict):
    """``reporting/audit.sql``: one row per kind."""

    action: str
    people: int
    entries: int


class ReportCutRow(TypedDict):
    """``reporting/cuts.sql``: one row per cut and measure."""

    number: str
    month: date
    cut: str
    measure: str
    told: str
    count: int | None


class OneEditionRow(TypedDict):
    """``reporting/edition.sql``: one row, none where there is none that may be read."""

    id: int
    number: str
    report: str
    table_id: int | None
    title: str
    area_code: str
    month: date
    language: str
    exact: bool
    snapshot: int
    as_of: date
    sample: bool
    program: str
    content: str
    content_sha256: str
    pdf_sha256: str
    xlsx_sha256: str
    csv_sha256: str
    pages: int
    made_at: datetime


class EditionRow(TypedDict):
    """``reporting/editions.sql``: one row per edition."""

    id: int
    number: str
    report: str
    table_id: int | None
    title: str
    area_code: str
    area_name: str | None
    month: date
    language: str
    exact: bool
    sample: bool
    pages: int
    made_at: datetime
    own: bool
    scheduled: bool


class ReportScopeRow(TypedDict):
    """``reporting/exact.sql``: one row."""

    exact: bool
    level: str | None
    name: str | None


class ReportFigureRow(TypedDict):
    """``reporting/figures.sql``: one row per area, cut and figure."""

    area_code: str
    area_name: str
    cut: str
    figure: str
    value: Decimal | None
    name_ms: str | None
    name_en: str | None


class ReportHistoryRow(TypedDict):
    """``reporting/history.sql``: one row per area and month."""

    area_code: str
    month: date
    tegar: int | None
    miskin: int | None
    gap_rm: Decimal | None


class ReportMonthRow(TypedDict):
    """``reporting/months.sql``: one row per month."""

    month: date
    snapshot: int
    as_of: date


class ReportNewsRow(TypedDict):
    """``reporting/news.sql``: one row per table."""

    number: str
    title: str
    made_at: datetime


class EditionOfHashRow(TypedDict):
    """``reporting/of_hash.sql``: one row, none where no edition has such a file."""

    number: str
    kind: str
    made_on: date
    sample: bool


class ReportRow(TypedDict):
    """``reporting/reports.sql``: one row per report."""

    code: str
    levels: list[str]
    exact_only: bool
    slow: bool
    blocks: Any


class OneReportTableRow(TypedDict):
    """``reporting/table.sql``: one row, none where there is none that may be read."""

    id: int
    name: str
    own: bool
    shared: bool
    spec: Any
    language: str
    every: str
    email: str | None
    next_on: date | None


class ReportTableRow(TypedDict):
    """``reporting/tables.sql``: one row per table."""

    id: int
    name: str
    own: bool
    shared: bool
    spec: Any
    language: str
    every: str
    email: str | None
    next_on: date | None
