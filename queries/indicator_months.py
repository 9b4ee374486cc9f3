"""The values of indicators by area and closed month: the one place where pages that lay many side by side get them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Self

from poverty.kpi.evaluation import value_of
from poverty.kpi.grammar import read_formula
from poverty.kpi.tree import Reference, figures
from queries import boards, maps
from queries.kpi import STOCKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from poverty.kpi.evaluation import Value
    from poverty.kpi.tree import Figure, Node
    from queries.row_types.boards import BoardAreaRow, MonthStockRow

    Read = Callable[[Figure], Value]

COUNTRY: Final = "MY"
_COUNTS: Final = ("tegar", "poor", "gap_rm")


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthsAsked:
    """Which values: of ``areas`` at the end of ``months``; ``exact`` are those whose persons who asks may see."""

    formulas: Mapping[str, str]
    areas: Sequence[BoardAreaRow]
    months: Sequence[date]
    exact: bool = False


@dataclass(slots=True)
class MonthValues:
    """Values by indicator, area and month; under the month ``None`` what no month keeps, as published last."""

    found: dict[tuple[str, str, date | None], Value] = field(default_factory=dict)

    def at(self, indicator: str, area: str, month: date | None) -> Value:
        """The value of a month; what is not known is no data."""
        return self.found.get((indicator, area, month), "tiada_data")

    def __ior__(self, other: MonthValues) -> Self:
        self.found |= other.found
        return self


def read_months(conn: Connection, asked: MonthsAsked) -> MonthValues:
    """Work out every indicator for every area and month that was asked for."""
    trees = {code: read_formula(formula) for code, formula in asked.formulas.items()}
    read = _exact(conn, asked) if asked.exact else _published(conn, asked)
    values = MonthValues()
    for area in asked.areas:
        for month in asked.months:
            for code, tree in trees.items():
                values.found[code, area["code"], month] = _worked_out(tree, read(area, month))
    for (area_code, code), share in boards.shares(conn, [area["code"] for area in asked.areas]).items():
        values.found[code, area_code, None] = "disembunyikan" if share is None else share
    return values


def _worked_out(tree: Node, read: Read) -> Value:
    return value_of(tree, {figure.key: read(figure) for figure in figures(tree)})


def _exact(conn: Connection, asked: MonthsAsked) -> Callable[[BoardAreaRow, date], Read]:
    codes = [area["code"] for area in asked.areas]
    states = maps.states(conn) if COUNTRY in codes else []
    rows: dict[tuple[str, date], list[MonthStockRow]] = defaultdict(list)
    known: set[date] = set()
    for row in boards.exact(conn, areas=[*{*codes, *states}], months=asked.months):
        rows[row["area_code"], row["month"]].append(row)
        known.add(row["month"])
        if row["area_code"] in states:
            rows[COUNTRY, row["month"]].append(row)

    def of(area: BoardAreaRow, month: date) -> Read:
        found = rows[area["code"], month]

        def read(figure: Figure) -> Value:
            if figure.key == "census_households":
                return _census(area)
            return _summed(found, figure) if month in known else "tiada_data"

        return read

    return of


def _summed(rows: Iterable[MonthStockRow], figure: Figure) -> Value:
    """A base measure of the households of a month; no data where months do not keep it."""
    if not isinstance(figure, Reference) or figure.name not in STOCKS:
        return "tiada_data"
    column, statuses = STOCKS[figure.name]
    wanted = dict(figure.filters)
    found = Decimal(0)
    for row in rows:
        facts: Mapping[str, Any] = row
        if facts.get(column) is None:
            return "tiada_data"
        if (statuses is None or facts["status"] in statuses) and all(facts[name] in wanted[name] for name in wanted):
            found += facts[column]
    return found


def _published(conn: Connection, asked: MonthsAsked) -> Callable[[BoardAreaRow, date], Read]:
    rows = {
        (row["area_code"], row["month"]): row
        for row in boards.published(conn, areas=[area["code"] for area in asked.areas], months=asked.months)
    }

    def of(area: BoardAreaRow, month: date) -> Read:
        row = rows.get((area["code"], month))
        facts: dict[str, Value]
        if (COUNTRY, month) not in rows:
            facts = {}
        elif row is None:
            facts = dict.fromkeys(_COUNTS, Decimal(0))
        else:
            tegar, miskin, gap = row["tegar"], row["miskin"], row["gap_rm"]
            facts = {
                "tegar": "disembunyikan" if tegar is None else Decimal(tegar),
                "poor": "disembunyikan" if tegar is None or miskin is None else Decimal(tegar + miskin),
                "gap_rm": "disembunyikan" if gap is None else gap,
            }
        facts["census_households"] = _census(area)
        return lambda figure: facts.get(figure.key, "tiada_data")

    return of


def _census(area: BoardAreaRow) -> Value:
    known = area["census_households"]
    return "tiada_data" if known is None else Decimal(known)
