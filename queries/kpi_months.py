"""Reads base measures of closed months, so that formulas can be worked out for many areas and months at once."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from poverty.kpi.kept import LOCKED, Kept, key_of, months_of, summed, undoing
from poverty.kpi.measures import shipped_measures
from poverty.kpi.tree import Reference, figures, reference_of
from queries.kpi import STOCKS
from queries.maps import COUNTRY
from queries.row_types.kpi import HeldMonthRow, MeasureRow, PublicFigureRow, StockMonthRow
from queries.row_types.published import PublishedMonthRow, PublishedValueRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from poverty.kpi.evaluation import Value
    from poverty.kpi.kept import Where
    from poverty.kpi.tree import Node

    Wanted = dict[str, tuple[Reference, int | None]]

_BY_MONTH: Final = frozenset(STOCKS) - {"female_headed", "with_point"}
"""Stocks that ``headcount_month`` keeps."""
_PUBLISHED: Final = frozenset({"tegar", "poor", "gap_rm"})
_LEVELS: Final = {2: "state", 4: "district", 6: "mukim"}
"""By the length of an area's code."""


def kept(
    connection: Connection,
    formulas: Iterable[tuple[Node, int | None]],
    *,
    areas: Sequence[str] | None,
    first: date,
    last: date,
) -> Kept:
    """What formulas (each with its locked list) read of closed months, from the exact figures that may be seen.

    ``areas`` are codes, all without; ``first`` and ``last`` the months whose values are wanted.
    """
    trees = list(formulas)
    wanted: Wanted = {}
    for tree, cohort in trees:
        for one in figures(tree):
            reference = reference_of(one)
            wanted[key_of(reference, cohort)] = (reference, cohort)
    months = {
        "areas": None if areas is None else list(areas),
        "first_month": _earliest(trees, first),
        "last_month": last,
    }
    held: dict[str, set[date]] = defaultdict(set)
    for row in rows_as(HeldMonthRow, connection, "kpi/held_months"):
        held[row["measure"]].add(row["month"])
    values = _stocks(connection, wanted, months)
    measured = _measured(connection, wanted, months)
    undone: dict[str, dict[Where, list[tuple[date, Decimal]]]] = {}
    for key, (reference, cohort) in wanted.items():
        if reference.name in measured:
            values[key] = summed(measured[reference.name], reference, cohort=cohort)
        if turn := undoing(reference.name):
            undone[key] = _undone(measured.get(turn, ()), reference)
    by_month = {**dict.fromkeys(_BY_MONTH, held["exits"]), **held}
    # a list or an allocation is kept from the month on in which it begins
    by_month |= dict.fromkeys((*LOCKED, "allocated_rm"), held["exits"])
    return Kept(values, by_month, public_figures(connection, areas=areas), _reaches, undone)


def published(connection: Connection, *, areas: Sequence[str], first: date, last: date) -> Kept:
    """What formulas read of closed months for who sees no persons: the published figures, all others hidden."""
    cuts = {"all": "", **{strata: f"[strata={strata}]" for strata in ("urban", "rural")}}
    values: dict[str, dict[Where, Value]] = {f"{name}{cut}": {} for name in _PUBLISHED for cut in cuts.values()}
    held: set[date] = set()
    params = {"areas": list(areas), "first_month": first, "last_month": last}
    for row in rows_as(PublishedMonthRow, connection, "published/months", **params):
        where = (row["area_code"], row["month"])
        held.add(row["month"])
        both = None if row["tegar"] is None or row["miskin"] is None else row["tegar"] + row["miskin"]
        for name, value in (("tegar", row["tegar"]), ("poor", both), ("gap_rm", row["gap_rm"])):
            values[f"{name}{cuts[row['cut']]}"][where] = "disembunyikan" if value is None else Decimal(value)
    public = public_figures(connection, areas=areas)
    return Kept(values, dict.fromkeys(_PUBLISHED, held), public, _is_published, unread="disembunyikan")


def published_values(
    connection: Connection, *, areas: Sequence[str], codes: Sequence[str], first: date, last: date
) -> dict[str, dict[Where, Decimal | None]]:
    """The values that are published rounded, by indicator, area and month; ``None`` is the country's, hidden."""
    found: dict[str, dict[Where, Decimal | None]] = {code: {} for code in codes}
    params = {"areas": list(areas), "indicators": list(codes), "first_month": first, "last_month": last}
    for row in rows_as(PublishedValueRow, connection, "published/values", **params) if codes else ():
        found[row["indicator_code"]][row["area_code"], row["month"]] = row["value"]
    return found


def public_figures(connection: Connection, *, areas: Sequence[str] | None) -> dict[str, dict[str, Decimal]]:
    """Figures of the census and of DOSM, by measure and area; with the year of DOSM's and its districts."""
    found: dict[str, dict[str, Decimal]] = {name: {} for name, one in shipped_measures().items() if one.kind == "awam"}
    found |= {"dosm_year": {}, "dosm_districts": {}}
    for row in rows_as(PublicFigureRow, connection, "kpi/public", areas=None if areas is None else list(areas)):
        found[row["measure"]][row["area_code"]] = row["value"]
    return found


def _earliest(trees: Iterable[tuple[Node, int | None]], first: date) -> date:
    """The first month that is read for values from ``first`` on."""
    return min([first, *(months_of(one, first)[-1] for tree, _ in trees for one in figures(tree))])


def _stocks(connection: Connection, wanted: Wanted, months: Mapping[str, Any]) -> dict[str, dict[Where, Value]]:
    asked = {key: reference for key, (reference, _) in wanted.items() if reference.name in _BY_MONTH}
    if not asked:
        return {}
    columns, statuses, strata = [], [], []
    for reference in asked.values():
        column, own = STOCKS[reference.name]
        filters = dict(reference.filters)
        columns.append(column)
        statuses.append("|".join(filters.get("status", own or ())))
        strata.append("|".join(filters.get("strata", ())))
    found: dict[str, dict[Where, Value]] = {key: {} for key in asked}
    params = {
        "figure_keys": list(asked), "figure_sums": columns, "figure_statuses": statuses, "figure_strata": strata
    }  # fmt: skip
    for row in rows_as(StockMonthRow, connection, "kpi/stocks_by_month", **months, **params):
        found[row["figure"]][row["area_code"], row["month"]] = row["value"]
    return found


def _measured(
    connection: Connection, wanted: Wanted, months: Mapping[str, Any]
) -> dict[str, list[tuple[str, date, str, Decimal]]]:
    names = {reference.name for reference, _ in wanted.values()} - _BY_MONTH
    names |= {turn for name in names if (turn := undoing(name))}
    found: dict[str, list[tuple[str, date, str, Decimal]]] = {name: [] for name in names}
    for row in rows_as(MeasureRow, connection, "kpi/measures", **months, measures=sorted(names)):
        found[row["measure"]].append((row["area_code"], row["month"], row["cut"], row["value"]))
    return found


def _undone(
    rows: Iterable[tuple[str, date, str, Decimal]], reference: Reference
) -> dict[Where, list[tuple[date, Decimal]]]:
    """By area and the month that they are of: in which month they were undone, and how many."""
    found: dict[Where, list[tuple[date, Decimal]]] = defaultdict(list)
    wanted = dict(reference.filters)
    for area, month, cut, value in rows:
        facts = dict(part.split("=", 1) for part in cut.split(","))
        if all(facts.get(name) in values for name, values in wanted.items()):
            year, number = map(int, facts["of"].split("-"))
            found[area, month.replace(year=year, month=number)].append((month, value))
    return dict(found)


def _reaches(name: str, area: str) -> bool:
    """Whether an area has a measure: down to its lowest level; catchments have what ``headcount_month`` keeps."""
    if area != COUNTRY and not area.isdigit():
        return name in _BY_MONTH
    return shipped_measures()[name].reaches("country" if area == COUNTRY else _LEVELS[len(area)])


def _is_published(_name: str, area: str) -> bool:
    return area == COUNTRY or area.isdigit()
