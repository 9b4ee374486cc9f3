"""Works out the indicators of areas, each by the formula of its day, from the figures that who asks may see."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from dashboard.areas import COUNTRY
from poverty.kpi.evaluation import value_of
from poverty.kpi.grammar import read_formula
from poverty.kpi.tree import Reference, Total, figures
from poverty.months import month_before, month_end
from queries import kpi, kpi_course, maps, published
from queries.kpi_course import Closed, Course

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from dashboard.deps import Reads
    from poverty.kpi.evaluation import Value
    from poverty.kpi.tree import Figure
    from queries.kpi import Definition
    from queries.maps import Area, Footing
    from queries.overview import Overview

    Read = Callable[[Figure], Value]
    Definitions = Mapping[str, Sequence[Definition]]

_SHARES: Final = {
    "with_point / households": "located",
    "review_overdue / households": "review_overdue",
    "quality_open / households": "quality_open",
}
"""Formulas whose value is published as a share alone, rounded by how many households it is of."""


def course(
    conn: Reads, definitions: Definitions, *, areas: Sequence[str], footing: Footing, codes: Collection[str], back: int
) -> Course:
    """What the indicators of ``codes`` need for the values of areas in so many of the last closed months."""
    last = footing.last_month or footing.this_month
    asked = Closed(areas, month_before(last, back), last, exact=footing.live)
    found = kpi_course.course(conn, definitions, asked, codes=codes)
    return found if footing.last_month else replace(found, last=None)


def values(conn: Reads, area: Area, shown: Overview, found: Course) -> dict[str, tuple[Value, date]]:
    """The value of each indicator by its code, or why there is none, and the day that it is of.

    A daily one is of now, any other of the last closed period. What the register does not hold is no data.
    """
    footing = shown.footing
    told: dict[str, tuple[Value, date]] = {}
    shares = {} if footing.live else published.shares(conn, area.code)
    now = (_exact if footing.live else _published)(conn, area, shown, found)
    for code, versions in found.definitions.items():
        formula, month = versions[-1].formula, found.month(code)
        if _SHARES.get(formula) in shares:
            share = shares[_SHARES[formula]]
            told[code] = ("disembunyikan" if share is None else share, footing.as_of)
        elif versions[-1].frequency == "harian":
            tree = read_formula(formula)
            told[code] = (value_of(tree, {one.key: now(one) for one in figures(tree)}), footing.as_of)
        else:
            told[code] = (found.latest(code, area.code), month_end(month) if month else footing.as_of)
    return told


def _exact(conn: Reads, area: Area, shown: Overview, found: Course) -> Read:
    rows = kpi.stocks(conn, areas=maps.states(conn) if area.code == COUNTRY else [area.code])
    work = kpi.workload(conn, area.code)
    counted = {"review_overdue": Decimal(work.review_overdue), "quality_open": Decimal(work.quality_open)}

    def read(figure: Figure) -> Value:
        stock = counted.get(figure.key, kpi.stock(rows, figure))
        return _closed(figure, area, shown, found) if stock is None else stock

    return read


def _published(_conn: Reads, area: Area, shown: Overview, found: Course) -> Read:
    totals = shown.totals
    counts = {"tegar": totals.tegar, "poor": totals.poor}
    known: dict[str, Value] = {key: "disembunyikan" if one is None else Decimal(one) for key, one in counts.items()}
    return lambda figure: known[figure.key] if figure.key in known else _closed(figure, area, shown, found)


def _closed(figure: Figure, area: Area, shown: Overview, found: Course) -> Value:
    """What a figure of now reads of closed months: sums of the last ones, stocks of so many before the running one."""
    last = shown.footing.last_month or shown.footing.this_month
    month = last if isinstance(figure, Reference | Total) else shown.footing.this_month
    return found.kept.figure(figure, area.code, month)
