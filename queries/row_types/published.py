"""Rows of the statements in ``queries/sql/published``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


class PublishedAreaRow(TypedDict):
    """``published/areas.sql``: one row per area."""

    area_code: str
    area_name: str
    level: str
    parent_code: str | None
    tegar: int | None
    miskin: int | None
    gap_rm: Decimal | None
    tegar_12m_ago: int | None
    miskin_12m_ago: int | None
    census_households: int | None
    census_year: int | None
    suppressed: bool


class PublishedCutRow(TypedDict):
    """``published/cuts.sql``: one row per cut: all, a strata, an ethnicity of the head, an age of persons."""

    cut: str
    tegar: int | None
    miskin: int | None


class PublishedFaultRow(TypedDict):
    """``published/faults.sql``: one row per area and kind."""

    area_code: str
    area_name: str
    kind: str
    households: int | None


class PublishedHistoryRow(TypedDict):
    """``published/history.sql``: one row per month."""

    month: date
    tegar: int | None
    miskin: int | None
    gap_rm: Decimal | None


class PublishedMonthRow(TypedDict):
    """``published/months.sql``: one row per area, month and cut."""

    area_code: str
    month: date
    cut: str
    tegar: int | None
    miskin: int | None
    gap_rm: Decimal | None


class PublishedProjectRow(TypedDict):
    """``published/projects.sql``: one row per area and type."""

    area_code: str
    area_name: str
    state_name: str | None
    type_ms: str
    type_en: str
    projects: int | None


class PublishedShareRow(TypedDict):
    """``published/shares.sql``: one row per indicator."""

    indicator_code: str
    share: Decimal | None


class PublishedValueRow(TypedDict):
    """``published/values.sql``: one row per indicator, area and month."""

    indicator_code: str
    area_code: str
    month: date
    value: Decimal | None
