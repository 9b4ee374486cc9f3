"""Reads what the map and its panel show: counts of areas, of whom they are made up, their course, what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from poverty.months import month_before
from queries.row_types.map import (
    AreaCountRow,
    AreaMonthRow,
    BoxRow,
    FootingRow,
    HistoryRow,
    LineageRow,
    MakeupRow,
    OnDayRow,
    RedrawnRow,
    StateRow,
)
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

COUNTRY: Final = "MY"
AREA_COLUMNS: Final = (
    "area_code", "area_name", "level", "parent_code", "tegar", "miskin", "mudah_miskin", "terkeluar", "households",
    "persons", "gap_rm", "tegar_12m_ago", "miskin_12m_ago", "census_households", "census_year",
)  # fmt: skip


class Area(NamedTuple):
    """An area by its code, with the code of the one it lies in, and its households by the census where it has any."""

    code: str
    level: str
    name: str
    parent_code: str | None
    state_code: str | None
    census_households: int | None = None
    census_year: int | None = None


@dataclass(frozen=True, slots=True)
class Footing:
    """What figures rest on. Months are their first days; there are none before the first month was closed."""

    as_of: date
    sample: bool
    empty: bool
    threshold: int
    rule: str
    line_year: int | None
    lines_derived: bool
    boundary_source: str | None
    boundary_accuracy_m: int | None
    boundary_approximate: bool
    first_month: date | None
    last_month: date | None
    live: bool = True
    """Whether the figures are exact and of now; else they are the published ones, in which small counts are missing."""

    @property
    def this_month(self) -> date:
        """The month that the register stands in."""
        return self.as_of.replace(day=1)


def area_rows(
    connection: Connection,
    *,
    levels: Sequence[str],
    within: str,
    strata: str | None,
    this_month: date,
    month: date | None = None,
) -> list[AreaCountRow] | list[AreaMonthRow]:
    """Counts of the areas of some levels inside one area, one row an area, in the order of their codes.

    ``month`` is a closed month to look back at; without it the counts are those of now, in ``this_month``.
    ``gap_rm`` is RM a month; what is not known is ``None``.
    """
    shared = {"levels": list(levels), "within": within, "strata": strata}
    if month is None:
        return rows_as(AreaCountRow, connection, "map/areas", year_ago=month_before(this_month, 12), **shared)
    year_ago = month_before(month, 12)
    return rows_as(AreaMonthRow, connection, "map/areas_month", month=month, year_ago=year_ago, **shared)


def area_frame(found: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The rows of ``area_rows`` as a frame, with its columns also where there are none."""
    return pd.DataFrame(list(found), columns=list(AREA_COLUMNS))


def makeup(connection: Connection, *, codes: Sequence[str]) -> list[MakeupRow]:
    """Of whom the households of areas are made up now, one row an area, strata, ethnicity of the head and status.

    Ages count persons. The country has no rows of its own: ask for its states.
    """
    return rows_as(MakeupRow, connection, "map/makeup", areas=list(codes))


def history(
    connection: Connection, *, codes: Sequence[str], strata: str | None, first: date, last: date
) -> list[HistoryRow]:
    """Counts at the end of each closed month, one row an area and month, by area and month (its first day)."""
    months = {"first_month": first, "last_month": last}
    return rows_as(HistoryRow, connection, "map/history", areas=list(codes), strata=strata, **months)


def on_day(connection: Connection, *, day: date, codes: Sequence[str], strata: str | None) -> list[OnDayRow]:
    """Counts of areas at the end of any day, one row an area with anybody, to who sees the persons there."""
    return rows_as(OnDayRow, connection, "map/on_day", on_day=day, areas=list(codes), strata=strata)


def redrawn(connection: Connection, *, level: str, since: date, until: date) -> list[RedrawnRow]:
    """The days of a span on which other boundaries of a level came into use."""
    return rows_as(RedrawnRow, connection, "map/redrawn", level=level, since=since, until=until)


def states(connection: Connection) -> list[str]:
    """The codes of the states, of which the country is the sum."""
    return [row["code"] for row in rows_as(StateRow, connection, "map/states")]


def lineage(connection: Connection, code: str) -> tuple[Area, ...]:
    """The area of ``code`` and those it lies in, the country first; empty for an unknown code."""
    return tuple(Area(**row) for row in rows_as(LineageRow, connection, "map/lineage", area=code))


def footing(connection: Connection, *, level: str, live: bool) -> Footing:
    """What the exact figures of now, or else the published ones, rest on, with the active boundaries of ``level``."""
    (found,) = rows_as(FootingRow, connection, "map/footing", level=level, live=live)
    return Footing(**found, live=live)


def box(connection: Connection, code: str) -> tuple[float, float, float, float] | None:
    """West, south, east and north in degrees: of an area's boundary, else of its households in sight, else none."""
    found = row_as(BoxRow, connection, "map/box", area=code)
    return (found["west"], found["south"], found["east"], found["north"]) if found else None
