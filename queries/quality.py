"""Reads what is missing, stale or odd: counts by area for everyone, the households behind them for who may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from queries.row_types.quality import FaultyRow
from queries.statements import frame, rows_as, total

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

KINDS: Final = ("unplaced", "stale", "far", "stacked", "age", "income", "identity", "location")


def faults_by_area(connection: Connection, *, level: str, within: str) -> pd.DataFrame:
    """Households with a fault of each kind for the areas of a level (state, district, mukim) inside an area.

    One row an area: area_code, area_name, households, and a column for each of :data:`KINDS`. Mukim have counts only
    for those who see the persons there.
    """
    return frame(connection, "quality/areas", level=level, within=within)


def faulty(connection: Connection, *, kind: str, area: str, limit: int, offset: int = 0) -> tuple[list[FaultyRow], int]:
    """Households of an area with a fault of a kind, and how many there are.

    The poorest first; of those whose review is overdue the longest overdue.
    """
    found = rows_as(FaultyRow, connection, "quality/rows", kind=kind, area=area, row_limit=limit, row_offset=offset)
    return found, total(found)
