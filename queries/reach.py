"""Reads what aid reached whom: by area for everyone, exact for those who see the persons there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from queries.row_types.reach import ReachAreaRow, ReachCutRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection

COLUMNS = ("area_code", "area_name", "aided", "never", "households", "amount_rm")


def by_area(connection: Connection, *, level: str, within: str, cut: str, live: bool) -> pd.DataFrame:
    """Aid of a cut in the areas of a level inside an area, one row an area; hidden figures ``None``."""
    found = rows_as(ReachAreaRow, connection, "reach/areas", level=level, within=within, cut=cut, live=live)
    return pd.DataFrame(list(found), columns=list(COLUMNS), dtype=object)


def by_cut(connection: Connection, *, area: str, live: bool) -> list[ReachCutRow]:
    """Aid of one area: ``all``, and by need, agency and programme, the most money first."""
    return rows_as(ReachCutRow, connection, "reach/cuts", area=area, live=live)
