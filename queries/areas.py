"""Counts of registered households by area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.statements import frame

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection


def counts_by_area(connection: Connection, *, level: str, within: str | None = None) -> pd.DataFrame:
    """Households by status for the areas of ``level`` (state, district, mukim, parliament, dun, catchment).

    Returns one row per area: area_code, area_name, tegar, miskin, mudah_miskin, terkeluar, households, persons
    (integers) and gap_rm (Decimal, RM a month to lift everyone to the line). Households without a mukim count in
    the district's area ``<district>00``.
    """
    return frame(connection, "areas/counts", level=level, within=within)
