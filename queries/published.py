"""Reads what those who see no persons may be shown: counts without the small ones, as they were last published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from queries.row_types.published import (
    PublishedAreaRow,
    PublishedCutRow,
    PublishedFaultRow,
    PublishedHistoryRow,
    PublishedProjectRow,
    PublishedShareRow,
)
from queries.statements import rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection

ALL: Final = "all"


def areas(
    connection: Connection,
    *,
    level: str,
    within: str,
    strata: str | None,
    month: date,
    year_ago: date,
    gap_month: date | None,
) -> list[PublishedAreaRow]:
    """Households by status of the areas of a level inside an area; hidden counts ``None``, with ``suppressed``."""
    return rows_as(
        PublishedAreaRow,
        connection,
        "published/areas",
        level=level,
        within=within,
        cut=strata or ALL,
        month=month,
        year_ago=year_ago,
        gap_month=gap_month,
    )


def cuts(connection: Connection, *, area: str, month: date) -> dict[str, tuple[int | None, int | None]]:
    """(tegar, miskin) of an area by cut: ``all``, strata, ``ethnicity:…``, ``age:…``; ``None`` where hidden."""
    found = rows_as(PublishedCutRow, connection, "published/cuts", area=area, month=month)
    return {row["cut"]: (row["tegar"], row["miskin"]) for row in found}


def history(
    connection: Connection, *, area: str, strata: str | None, first: date, last: date
) -> list[PublishedHistoryRow]:
    """An area month by month (their first days); ``None`` where hidden."""
    params = {"area": area, "cut": strata or ALL, "first_month": first, "last_month": last}
    return rows_as(PublishedHistoryRow, connection, "published/history", **params)


def faults(connection: Connection, *, level: str, within: str, kinds: Sequence[str]) -> pd.DataFrame:
    """Households with a fault of each kind, one row an area: area_code, area_name, a column a kind; hidden ``None``."""
    found: dict[str, dict[str, object]] = {}
    for row in rows_as(PublishedFaultRow, connection, "published/faults", level=level, within=within):
        area = found.setdefault(row["area_code"], {"area_code": row["area_code"], "area_name": row["area_name"]})
        area[row["kind"]] = row["households"]
    frame = pd.DataFrame(list(found.values()), columns=["area_code", "area_name", *kinds], dtype=object)
    return frame.assign(suppressed=frame[list(kinds)].isna().any(axis=1))


def shares(connection: Connection, area: str) -> dict[str, Decimal | None]:
    """The share of an area's households that each indicator of work counts, rounded; ``None`` where hidden."""
    found = rows_as(PublishedShareRow, connection, "published/shares", area=area)
    return {row["indicator_code"]: row["share"] for row in found}


def projects(connection: Connection, *, level: str) -> list[PublishedProjectRow]:
    """How many projects of each type the areas of a level have, rounded; ``None`` for too few to be told."""
    return rows_as(PublishedProjectRow, connection, "published/projects", level=level)
