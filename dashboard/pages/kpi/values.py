"""Works out the indicators of an area, each by its own formula, from the figures that who asks may see."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dashboard.areas import COUNTRY
from poverty.kpi.evaluation import value_of
from poverty.kpi.grammar import read_formula
from poverty.kpi.tree import figures
from queries import kpi, maps, published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dashboard.deps import Reads
    from poverty.kpi.evaluation import Value
    from poverty.kpi.tree import Figure
    from queries.kpi import Indicator
    from queries.maps import Area
    from queries.overview import Overview

    Read = Callable[[Figure], Value]


def values(conn: Reads, indicators: Iterable[Indicator], area: Area, shown: Overview) -> dict[str, Value]:
    """The value of each indicator by its code, or why there is none; exact where ``shown`` is live, else as published.

    What the register does not hold for the area is no data, whoever asks.
    """
    formulas = {item.indicator_code: item.formula for item in indicators}
    if shown.footing.live:
        return _worked_out(formulas, _exact(conn, area))
    found = _worked_out(formulas, _published(area, shown))
    # published as shares alone, rounded by how many households they are of
    for code, share in published.shares(conn, area.code).items():
        found[code] = "disembunyikan" if share is None else share
    return found


def _worked_out(formulas: dict[str, str], read: Read) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for code, formula in formulas.items():
        tree = read_formula(formula)
        found[code] = value_of(tree, {figure.key: read(figure) for figure in figures(tree)})
    return found


def _exact(conn: Reads, area: Area) -> Read:
    rows = kpi.stocks(conn, areas=maps.states(conn) if area.code == COUNTRY else [area.code])
    work = kpi.workload(conn, area.code)
    others: dict[str, Value] = {
        "review_overdue": Decimal(work.review_overdue),
        "quality_open": Decimal(work.quality_open),
        "census_households": _census(area),
    }

    def read(figure: Figure) -> Value:
        stock = kpi.stock(rows, figure)
        return others.get(figure.key, "tiada_data") if stock is None else stock

    return read


def _published(area: Area, shown: Overview) -> Read:
    totals = shown.totals
    counts = {"tegar": totals.tegar, "poor": totals.poor, "gap_rm": totals.gap_rm}
    found: dict[str, Value] = {key: "disembunyikan" if one is None else Decimal(one) for key, one in counts.items()}
    found["census_households"] = _census(area)
    return lambda figure: found.get(figure.key, "tiada_data")


def _census(area: Area) -> Value:
    return "tiada_data" if area.census_households is None else Decimal(area.census_households)
