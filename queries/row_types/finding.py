"""Rows of the statements in ``queries/sql/finding``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TypedDict


class AreaRow(TypedDict):
    """``finding/areas.sql``: one row per area."""

    area_code: str
    area_name: str
    level: str
    state_name: str | None


class CaseRow(TypedDict):
    """``finding/cases.sql``: one row per case."""

    case_id: int
    number: str
    head_name: str
    state_ms: str
    state_en: str
    district_name: str


class HouseholdRow(TypedDict):
    """``finding/file.sql``: at most one row."""

    household_id: int
    file_no: str
    head_name: str
    status: str
    district_name: str
    mukim_name: str | None


class LikenessRow(TypedDict):
    """``finding/likeness.sql``: one row."""

    likeness: str
