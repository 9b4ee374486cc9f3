"""(g) Every indicator of every area in 24 closed months, worked out by its formula from what months keep."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bench.results import Result, told
from poverty.kpi.grammar import read_formula
from poverty.months import month_before
from queries import kpi, kpi_months, maps

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

GOAL = 30.0
MONTHS = 24
_LEVELS = {2: "state", 4: "district", 6: "mukim"}
_REACH = ("country", "state", "district", "mukim")


def measure(engine: Engine, *, households: int) -> list[Result]:
    """Read what the formulas need of all areas at once, and work each out for each area down to its lowest level."""
    with engine.connect() as connection:
        began = time.perf_counter()
        read, values = everything(connection)
        took = time.perf_counter() - began
    goal = households >= 1_000_000
    return [
        Result(
            f"KPIs of all areas, {MONTHS} months, {households:,} households: {values:,} values, of it reading",
            told(took),
            told(read),
            "",
            f"<= {GOAL:g} s at 1,000,000" if goal else "",
            took <= GOAL if goal else None,
        )
    ]


def everything(connection: Connection) -> tuple[float, int]:
    """The seconds that reading took, and how many values were worked out."""
    began = time.perf_counter()
    last = maps.footing(connection, level="district", live=True).last_month
    if last is None:
        return 0.0, 0
    months = [month_before(last, back) for back in range(MONTHS)]
    found = [
        (read_formula(one.formula), one.cohort_id, _REACH.index(one.lowest))
        for one in kpi.indicators(connection, areas=[])
    ]
    kept = kpi_months.kept(
        connection, [(tree, cohort) for tree, cohort, _ in found], areas=None, first=months[-1], last=last
    )
    read = time.perf_counter() - began
    areas = sorted({area for values in kept.values.values() for area, _ in values if area == "MY" or area.isdigit()})
    values = 0
    for tree, cohort, lowest in found:
        for area in areas:
            if _REACH.index(_LEVELS.get(len(area), "mukim") if area != "MY" else "country") <= lowest:
                for month in months:
                    kept.value(tree, area, month, cohort=cohort)
                    values += 1
    return read, values
