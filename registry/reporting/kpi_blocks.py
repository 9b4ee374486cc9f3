"""What a report says of indicators, of those who came and went, and of how records are kept up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from layers import numbers
from poverty.kpi.grammar import read_formula
from poverty.kpi.measures import shipped_measures
from poverty.months import month_before, month_end
from poverty.targets import standing
from queries import kpi, kpi_months
from queries.kpi_course import Closed, course, is_estimate
from registry.reporting.cells import Column, heading, table, told

if TYPE_CHECKING:
    from queries.kpi import Indicator
    from registry.reporting.cells import Block
    from registry.reporting.scope import Scope
    from words import Words

_MONTHS: Final = 12
_FLOWS: Final = ("registered_new", "exits")
_REASONS: Final = ("income_rose", "died", "focus_group", "welfare_aid", "remarried", "other")


def kpi_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """The indicators of the area at the end of the month, beside their targets where those may be told."""
    words, title, on = scope.words, scope.words("report.kpi_title"), month_end(scope.month)
    definitions = kpi.definitions(scope.conn)
    known: dict[str, Indicator] = {}
    for item in kpi.indicators(scope.conn, areas=[scope.area]):
        if item.indicator_code not in known or item.area_code == scope.area:
            known[item.indicator_code] = item
    codes = [code for code in known if code in definitions and not is_estimate(definitions[code])]
    asked = Closed([scope.area], scope.month, scope.month, exact=True)
    if scope.exact:
        values = course(scope.conn, definitions, asked, codes=codes)
        at = {code: values.at(code, scope.area, scope.month) for code in codes}
        found = {code: value for code, value in at.items() if isinstance(value, Decimal)}
    else:
        # counts are told by the tables, as the month was first told; these are rounded for themselves
        told_values = kpi_months.published_values(
            scope.conn, areas=[scope.area], codes=codes, first=scope.month, last=scope.month
        )
        found = {
            code: value
            for code, rows in told_values.items()
            if (value := rows.get((scope.area, scope.month))) is not None
        }
    rows = []
    for code, value in found.items():
        item = known[code]
        goal = item.goal if scope.exact and item.area_code == scope.area else None
        light = words(f"light.{standing(value, goal, on=on)}") if goal else numbers.MISSING
        target = _written(goal.target, item.unit, words) if goal else numbers.MISSING
        rows.append([_name(item, words), _written(value, item.unit, words), target, light])
    if not rows:
        return [heading(title), told(words("report.no_kpi"))]
    columns = [Column(words(f"report.{name}")) for name in ("indicator", "value", "target", "standing")]
    return [heading(title), table(title, columns, rows, words)]


def flows_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """Who came onto the register and who left it, by month."""
    words, title = scope.words, scope.words("report.flows_title")
    months = [month_before(scope.month, back) for back in range(_MONTHS)]
    trees = {name: read_formula(name) for name in _FLOWS}
    kept = kpi_months.kept(
        scope.conn, [(tree, None) for tree in trees.values()], areas=_areas(scope), first=months[-1], last=scope.month
    )
    rows: list[list[Any]] = []
    for month in months:
        values = [kept.value(tree, scope.area, month) for tree in trees.values()]
        rows.append([numbers.month(month, words), *(int(v) if isinstance(v, Decimal) else None for v in values)])
    columns = [Column(words("report.month")), *(Column(_measure(name, words), "count", adds=True) for name in _FLOWS)]
    sums: list[Any] = [words("report.total")]
    for place in (1, 2):
        values_of = [row[place] for row in rows]
        sums.append(None if None in values_of else sum(values_of))
    return [heading(title), table(title, columns, rows, words, total=sums)]


def exits_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """Why households left in the last twelve months."""
    words, title = scope.words, scope.words("report.exits_title")
    trees = {reason: read_formula(f"total(exits[reason={reason}], 12)") for reason in _REASONS}
    kept = kpi_months.kept(
        scope.conn, [(tree, None) for tree in trees.values()], areas=_areas(scope), first=scope.month, last=scope.month
    )
    rows: list[list[Any]] = []
    for reason, tree in trees.items():
        value = kept.value(tree, scope.area, scope.month)
        rows.append([words(f"report.reason_{reason}"), int(value) if isinstance(value, Decimal) else None])
    known = [row[1] for row in rows]
    total = [words("report.total"), None if None in known else sum(known)]
    columns = [Column(words("report.reason")), Column(words("report.households"), "count", adds=True)]
    return [heading(title), table(title, columns, rows, words, total=total)]


def _areas(scope: Scope) -> list[str]:
    return [scope.area]


def _measure(name: str, words: Words) -> str:
    known = shipped_measures()[name]
    return known.name_en if words.language == "en" else known.name_ms


def _name(item: Indicator, words: Words) -> str:
    return item.name_en if words.language == "en" else item.name_ms


def _written(value: Decimal, unit: str, words: Words) -> str:
    if unit == "syer":
        return numbers.share(value)
    if unit == "RM":
        return numbers.money_short(value, words=words)
    return numbers.decimal(value, places=0 if value == value.to_integral_value() else 2)


KPI_BLOCKS: Final = {"kpi": kpi_block, "flows": flows_block, "exits": exits_block}
