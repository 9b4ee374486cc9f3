"""Rows of the statements in ``queries/sql/cleansing``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


class PairElsewhereRow(TypedDict):
    """``cleansing/elsewhere.sql``: one row per pair; total counts all."""

    candidate_id: int
    kind: str
    score: Decimal
    household_id: int
    head_name: str
    file_no: str
    district_name: str
    total: int


class MergeRow(TypedDict):
    """``cleansing/merges.sql``: one row per merge."""

    merge_id: int
    kept_id: int
    gone_id: int
    kept_head: str
    kept_file: str
    gone_head: str
    gone_file: str
    chosen: list[str]
    merged_at: datetime
    merged_by: str
    undone_at: datetime | None
    undone_by: str | None


class PairRow(TypedDict):
    """``cleansing/pair.sql``: one row, or none."""

    candidate_id: int
    kind: str
    score: Decimal
    reasons: Any
    state: str
    household_a: int
    household_b: int


class PairListRow(TypedDict):
    """``cleansing/pairs.sql``: one row per pair; total counts all."""

    candidate_id: int
    kind: str
    score: Decimal
    reasons: Any
    household_a: int
    head_a: str
    file_a: str
    district_a: str
    household_b: int
    head_b: str
    file_b: str
    district_b: str
    total: int
