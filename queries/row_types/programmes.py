"""Rows of the statements in ``queries/sql/programmes``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TypedDict


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
