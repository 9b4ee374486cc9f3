"""Rows of the statements in ``queries/sql/points``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from decimal import Decimal


class HouseholdAtPlaceRow(TypedDict):
    """``points/at_place.sql``: one row per household, at most row_limit; total counts all at the place."""

    id: int
    head_name: str | None
    file_no: str
    status: str
    member_count: int
    total: int


class MarkRow(TypedDict):
    """A row of ``points/in_view.sql``."""

    lon: float
    lat: float
    n: int
    tegar: int
    miskin: int
    mudah_miskin: int
    terkeluar: int
    id: int | None
    status: str | None
    accuracy_m: int | None
    together: bool
    total: int


class InsideRow(TypedDict):
    """``points/inside.sql``: one row."""

    tegar: int
    miskin: int
    mudah_miskin: int
    terkeluar: int
    households: int
    persons: int
    gap_rm: Decimal
