"""Reads the figures that a board lays side by side: many areas, some closed months, exact or as published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.boards import BoardAreaRow, BoardShareRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy import Connection


def areas(connection: Connection, *, level: str, within: str, codes: Sequence[str] = ()) -> list[BoardAreaRow]:
    """The areas of a level inside one, and those of ``codes``, with their households by the census."""
    return rows_as(BoardAreaRow, connection, "boards/areas", level=level, within=within, codes=list(codes))


def shares(connection: Connection, areas: Sequence[str]) -> dict[tuple[str, str], Decimal | None]:
    """The published shares by area and indicator; ``None`` where hidden."""
    found = rows_as(BoardShareRow, connection, "boards/shares", areas=list(areas))
    return {(row["area_code"], row["indicator_code"]): row["share"] for row in found}
