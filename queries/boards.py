"""Reads the figures that a board lays side by side: many areas, some closed months, exact or as published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.boards import BoardAreaRow, BoardShareRow, MonthStockRow, PublishedMonthRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection


def areas(connection: Connection, *, level: str, within: str, codes: Sequence[str] = ()) -> list[BoardAreaRow]:
    """The areas of a level inside one, and those of ``codes``, with their households by the census."""
    return rows_as(BoardAreaRow, connection, "boards/areas", level=level, within=within, codes=list(codes))


def exact(connection: Connection, *, areas: Sequence[str], months: Sequence[date]) -> list[MonthStockRow]:
    """What formulas read at the end of closed months, by area, strata and status; the country has no rows."""
    return rows_as(MonthStockRow, connection, "boards/exact", areas=list(areas), months=list(months))


def published(connection: Connection, *, areas: Sequence[str], months: Sequence[date]) -> list[PublishedMonthRow]:
    """The published counts of closed months, and the country's, which tell which months were published."""
    return rows_as(PublishedMonthRow, connection, "boards/published", areas=list(areas), months=list(months))


def shares(connection: Connection, areas: Sequence[str]) -> dict[tuple[str, str], Decimal | None]:
    """The published shares by area and indicator; ``None`` where hidden."""
    found = rows_as(BoardShareRow, connection, "boards/shares", areas=list(areas))
    return {(row["area_code"], row["indicator_code"]): row["share"] for row in found}
