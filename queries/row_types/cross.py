"""Rows of the statements in ``queries/sql/cross``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date


class CrossCellRow(TypedDict):
    """``cross/exact.sql``: one row per area and value of both cuts with anybody."""

    area_code: str
    first: str
    second: str
    households: int


class PublishedCrossRow(TypedDict):
    """``cross/published.sql``: one row per area and pair of values."""

    area_code: str
    first: str
    second: str
    households: int | None


class CrossStateRow(TypedDict):
    """``cross/state.sql``: one row."""

    exact_on: date | None
    shown_on: date | None
