"""Reads what the map and its panel show: counts of areas, of whom they are made up, their course, what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from queries.statements import rows

if TYPE_CHECKING:
    from collections.abc import Sequence
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


def month_before(month: date, count: int) -> date:
    """The first day of the month ``count`` months before the one of ``month``."""
    years, index = divmod(month.year * 12 + month.month - 1 - count, 12)
    return month.replace(year=years, month=index + 1, day=1)


def month_end(month: date) -> date:
    """The last day of a month."""
    return month_before(month, -1) - timedelta(days=1)


def area_rows(
    connection: Connection,
    *,
    levels: Sequence[str],
    within: str,
    strata: str | None,
    this_month: date,
    month: date | None = None,
) -> list[dict[str, Any]]:
    """Counts of the areas of some levels inside one area, one row an area, in the order of their codes.

    ``month`` is a closed month to look back at; without it the counts are those of now, in ``this_month``.
    Names: area_code, area_name, level, parent_code, tegar, miskin, mudah_miskin, terkeluar, households, persons,
    gap_rm (RM a month), tegar_12m_ago, miskin_12m_ago, census_households, census_year. What is not known is ``None``.
    """
    shared = {"levels": list(levels), "within": within, "strata": strata}
    if month is None:
        return rows(connection, "map/areas", year_ago=month_before(this_month, 12), **shared)
    return rows(connection, "map/areas_month", month=month, year_ago=month_before(month, 12), **shared)


def area_frame(found: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """The rows of ``area_rows`` as a frame, with its columns also where there are none."""
    return pd.DataFrame(list(found), columns=list(AREA_COLUMNS))


def makeup(connection: Connection, *, codes: Sequence[str]) -> list[dict[str, Any]]:
    """Of whom the households of areas are made up now, one row an area, strata, ethnicity of the head and status.

    Names: area_code, strata, ethnicity, status, households, persons, age_0_14, age_15_64, age_65_over, age_unknown,
    gap_rm. Ages count persons. The country has no rows of its own: ask for its states.
    """
    return rows(connection, "map/makeup", areas=list(codes))


def history(
    connection: Connection, *, codes: Sequence[str], strata: str | None, first: date, last: date
) -> list[dict[str, Any]]:
    """Counts at the end of each closed month, one row an area and month, by area and month.

    Names: area_code, month (its first day), tegar, miskin, households, gap_rm.
    """
    return rows(connection, "map/history", areas=list(codes), strata=strata, first_month=first, last_month=last)


def states(connection: Connection) -> list[str]:
    """The codes of the states, of which the country is the sum."""
    return [row["code"] for row in rows(connection, "map/states")]


def lineage(connection: Connection, code: str) -> tuple[Area, ...]:
    """The area of ``code`` and those it lies in, the country first; empty for an unknown code."""
    return tuple(Area(**row) for row in rows(connection, "map/lineage", area=code))


def footing(connection: Connection, *, level: str, live: bool) -> Footing:
    """What the exact figures of now, or else the published ones, rest on, with the active boundaries of ``level``."""
    return Footing(**rows(connection, "map/footing", level=level, live=live)[0], live=live)


def box(connection: Connection, code: str) -> tuple[float, float, float, float] | None:
    """West, south, east and north in degrees: of an area's boundary, else of its households in sight, else none."""
    found = rows(connection, "map/box", area=code)
    return (found[0]["west"], found[0]["south"], found[0]["east"], found[0]["north"]) if found else None
