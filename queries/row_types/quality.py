"""Rows of the statements in ``queries/sql/quality``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date


class FaultyRow(TypedDict):
    """``quality/rows.sql``: one row per household; total counts all."""

    household_id: int
    file_no: str
    head_name: str
    status: str
    district_name: str
    mukim_name: str | None
    geom_method: str
    next_review_on: date
    outside_district_m: int | None
    flags: Any
    total: int
