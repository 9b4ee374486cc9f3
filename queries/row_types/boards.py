"""Rows of the statements in ``queries/sql/boards``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from decimal import Decimal


class BoardAreaRow(TypedDict):
    """``boards/areas.sql``: one row per area."""

    code: str
    name: str
    parent_code: str | None
    state_code: str | None
    census_households: int | None


class BoardShareRow(TypedDict):
    """``boards/shares.sql``: one row per area and indicator."""

    area_code: str
    indicator_code: str
    share: Decimal | None
