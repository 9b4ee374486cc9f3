"""A table of one's own: measures of areas, month by month, by the cut that was chosen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from layers import numbers
from poverty.kpi.grammar import read_formula
from poverty.kpi.measures import shipped_measures
from poverty.months import month_before
from queries import kpi_months, reporting
from registry.reporting.cells import RATE, Column, heading, table
from registry.reporting.figures import inside, whole
from registry.reporting.own_cuts import of_one_day
from registry.reporting.own_tables import CORE, CUT_LEVELS, measure_name, own_table_of

if TYPE_CHECKING:
    from datetime import date

    from registry.reporting.cells import Block
    from registry.reporting.figures import Counted
    from registry.reporting.own_tables import OwnTable
    from registry.reporting.scope import Scope
    from words import Words

_KINDS: Final = {"gap_rm": "rm", "rate": RATE}
_SUMS: Final = frozenset({"poor", "tegar", "miskin", "gap_rm", "census"})


def own_table(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """The table, one row an area, month and part of the cut; below a single month what it adds up to."""
    words, spec = scope.words, own_table_of(scope.spec["table"])
    title = str(scope.spec["name"])
    if spec.cut in CUT_LEVELS:
        return [heading(title), *of_one_day(scope, spec, title, _parts(scope, spec, None)[0])]
    months = [month for back in range(spec.months) if (month := month_before(scope.month, back)) in _told(scope)]
    cuts: tuple[str | None, ...] = ("urban", "rural") if spec.cut == "strata" else (None,)
    more = [name for name in spec.measures if name not in CORE]
    rows: list[list[Any]] = []
    total: list[Any] | None = None
    for month in months:
        then = replace(scope, month=month)
        for cut in cuts:
            parts, own = _parts(then, spec, cut)
            values = _more(then, parts, more, cut)
            head = [numbers.month(month, words), *([words(f"strata.{cut}")] if cut else [])]
            rows += [[part.name, *head, *(_value(part, name, values) for name in spec.measures)] for part in parts]
            if len(months) == 1 and len(cuts) == 1 and not more:
                total = [words("report.total"), *head, *(_value(own, name, {}) for name in spec.measures)]
    columns = [
        Column(words("report.area")), Column(words("report.month")),
        *([Column(words("report.group"))] if spec.cut else []),
        *(_column(name, spec, words) for name in spec.measures),
    ]  # fmt: skip
    note = words("report.own_hidden") if more and not scope.exact else ""
    return [heading(title), table(title, columns, rows, words, total=total, note=note)]


def _told(scope: Scope) -> set[date]:
    return {row["month"] for row in reporting.months(scope.conn)}


def _parts(scope: Scope, spec: OwnTable, cut: str | None) -> tuple[list[Counted], Counted]:
    """The areas of the table, and the area of the report."""
    if spec.level == scope.level:
        own = whole(scope, inside(scope, scope.inside, strata=cut), strata=cut)
        return [own], own
    parts = inside(scope, spec.level, strata=cut)
    return parts, whole(scope, parts, strata=cut)


def _more(scope: Scope, parts: list[Counted], names: list[str], cut: str | None) -> dict[tuple[str, str], Decimal]:
    """What is told of areas to those alone who see their persons, by area and measure; nothing to others."""
    if not names or not scope.exact:
        return {}
    trees = {
        name: read_formula(f"{name}[strata={cut}]" if cut and "strata" in shipped_measures()[name].filters else name)
        for name in names
    }
    kept = kpi_months.kept(
        scope.conn,
        [(tree, None) for tree in trees.values()],
        areas=[part.code for part in parts],
        first=scope.month,
        last=scope.month,
    )
    return {
        (part.code, name): value
        for part in parts
        for name, tree in trees.items()
        if isinstance(value := kept.value(tree, part.code, scope.month), Decimal)
    }


def _value(part: Counted, name: str, more: dict[tuple[str, str], Decimal]) -> Any:
    return getattr(part, name) if name in CORE else more.get((part.code, name))


def _column(name: str, spec: OwnTable, words: Words) -> Column:
    if name in CORE:
        over = None
        if name == "rate" and {"poor", "census"} <= set(spec.measures):
            first = 2 + bool(spec.cut)
            over = (first + spec.measures.index("poor"), first + spec.measures.index("census"))
        return Column(measure_name(name, words), _KINDS.get(name, "count"), adds=name in _SUMS, over=over)
    return Column(measure_name(name, words), "rm" if shipped_measures()[name].unit == "RM" else "count")
