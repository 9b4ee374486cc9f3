"""Rows of the statements in ``queries/sql/reach``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from decimal import Decimal


class ReachAreaRow(TypedDict):
    """``reach/areas.sql``: one row per area."""

    area_code: str
    area_name: str
    aided: int | None
    never: int | None
    households: int | None
    amount_rm: Decimal | None


class ReachCutRow(TypedDict):
    """``reach/cuts.sql``: one row per cut with anything."""

    cut: str
    kind: str
    name_ms: str | None
    name_en: str | None
    agency_code: str | None
    aided: int | None
    never: int | None
    households: int | None
    amount_rm: Decimal | None
