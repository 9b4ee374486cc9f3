"""Rows of the statements in ``queries/sql/boards``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


class BoardAreaRow(TypedDict):
    """``boards/areas.sql``: one row per area."""

    code: str
    name: str
    parent_code: str | None
    state_code: str | None
    census_households: int | None


class MonthStockRow(TypedDict):
    """``boards/exact.sql``: one row per area, month, strata and status that occurs."""

    area_code: str
    month: date
    strata: str
    status: str
    households: int
    persons: int
    income_rm: Decimal | None
    gap_rm: Decimal
    food_gap_rm: Decimal | None
    gap_share: Decimal | None
    gap_share_squared: Decimal | None


class PublishedMonthRow(TypedDict):
    """``boards/published.sql``: one row per area and month."""

    area_code: str
    month: date
    tegar: int | None
    miskin: int | None
    gap_rm: Decimal | None


class BoardShareRow(TypedDict):
    """``boards/shares.sql``: one row per area and indicator."""

    area_code: str
    indicator_code: str
    share: Decimal | None
