"""Attacks what a planner is shown of indicators: the KPI page, boards with their ranks and lights, targets and alerts.

Every number on a page is an equation, every light and alert says between which two numbers a count lies. What pages
show is put beside the equations of the published counts. What follows from these alone teaches nothing, so alerts are
worked out once more from what a planner reads: one that differs (is there, is not, or ended) tells of hidden months.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from bench.attack import Taken
from dashboard.pages.boards.reading import BoardFigures, read_board
from dashboard.pages.boards.view import BY_LEVEL, BoardView
from dashboard.pages.kpi.view import KpiView, read_panel
from poverty.months import month_before
from poverty.targets import standing
from queries.kpi_months import public_figures
from registry.kpi.judging import found_by, jump, read_month, read_rules, red, rules_of_months, turned
from registry.publishing.figures import ALL, LEAST_FOR_GAP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

    from bench.attack import Seen
    from dashboard.indicators import Measured
    from registry.kpi.judging import Found, Month, Rule
    from registry.kpi.judging import Key as AlertKey
    from registry.principals import Principal
    from registry.publishing.figures import Exact

    Cell = tuple[date, tuple[str, str]]
    Alerts = Mapping[date, Collection[AlertKey]]

COUNTS: Final = ("tegar", "miskin", "rate")
_SUMS: Final = ("tegar", "miskin")
_ORDERS: Final = ("perubahan", "nilai")
_FURTHER: Final = 8
"""How far from the truth a count is tried."""
_ALERTS: Final = text("""
    SELECT rule_code, coalesce(indicator_code, ''), area_code FROM ekasih.alert
    WHERE closed_at IS NULL AND indicator_code IS NOT NULL
""")
_GAPS: Final = text("""
    SELECT t.area_code, date_trunc('month', t.baseline_on)::date AS month FROM ekasih.target AS t
    WHERE t.indicator_code = 'gap'
""")


@dataclass(slots=True)
class SeenKpi:
    """What pages and alerts show: numbers by month, area and indicator, lights of hidden numbers, alerts by month."""

    numbers: dict[Cell, Decimal] = field(default_factory=dict)
    lights: dict[Cell, Measured] = field(default_factory=dict)
    open_alerts: dict[date, set[AlertKey]] = field(default_factory=dict)
    gaps: set[tuple[date, str]] = field(default_factory=set)

    def note(self, area: str, item: Measured, code: str) -> None:
        """Keep what a page shows of an indicator."""
        cell = (item.on.replace(day=1), (area, code))
        if item.actual is not None:
            self.numbers[cell] = item.actual
        elif item.light not in {None, "tiada_nilai"}:
            self.lights[cell] = item


def seen_kpi(connection: Connection, who: Principal, areas: Mapping[str, str], *, home: Path) -> SeenKpi:
    """All that the KPI page and the boards of areas (levels by code) show somebody, and baselines of shortfalls."""
    seen = SeenKpi(gaps={(row.month, row.area_code) for row in connection.execute(_GAPS)})
    for area, level in areas.items():
        _panel(seen, connection, who, area)
        for order in _ORDERS if level in BY_LEVEL else ():
            for code in COUNTS:
                view = BoardView(area=area, indicator=code, order=order)
                found = read_board(connection, BY_LEVEL[level], view, who, home=home)
                if isinstance(found, BoardFigures):
                    _board(seen, found)
    return seen


def _panel(seen: SeenKpi, connection: Connection, who: Principal, area: str) -> None:
    panel = read_panel(connection, KpiView(area=area), who)
    for item in panel.measured:
        code = item.indicator.indicator_code
        seen.note(area, item, code)
        seen.numbers |= {
            (month, (area, code)): value
            for month, value in panel.course.months(code, area)
            if isinstance(value, Decimal)
        }
    for child, _, found in panel.children:
        for code, item in found.items():
            seen.note(child, item, code)


def _board(seen: SeenKpi, board: BoardFigures) -> None:
    code, share = board.chosen.indicator_code, board.chosen.unit == "syer"
    for told in board.numbers:
        for item in filter(None, (told.now, told.before)):
            seen.note(board.area.code, item, item.indicator.indicator_code)
        _course(seen, board.area.code, told.now.indicator.indicator_code, told.course)
    for inside in chain(board.inside, board.beside):
        for item in chain(inside.now.values(), inside.before.values()):
            seen.note(inside.code, item, item.indicator.indicator_code)
        _course(seen, inside.code, code, inside.course)
    for row in board.ranking.rows:
        if row.value is None:
            continue
        seen.numbers[board.month, (row.code, code)] = row.value
        if row.change is not None and (share or row.change != -1):
            ago = row.value - row.change if share else row.value / (1 + row.change)
            seen.numbers[month_before(board.month, 12), (row.code, code)] = ago


def _course(seen: SeenKpi, area: str, code: str, months: Iterable[tuple[date, Decimal | None]]) -> None:
    seen.numbers |= {(month, (area, code)): value for month, value in months if value is not None}


def open_alerts(connection: Connection) -> set[AlertKey]:
    """The alerts on indicators that stand open to the acting user."""
    return {(row[0], row[1], row[2]) for row in connection.execute(_ALERTS)}


def with_kpi(seen: Seen, shown: SeenKpi, census: Mapping[str, Decimal]) -> Seen:
    """What is read, with what pages show put beside it: numbers as counts, lights as the counts that have them."""
    told = dict(seen.baselines)
    for (month, (area, code)), value in shown.numbers.items():
        if code in _SUMS:
            told[month, (area, code)] = round(value)
        elif code == "rate" and area in census:
            told[month, (area, "miskin")] = round(value * census[area])
    bounds = dict(seen.bounds)
    for (month, (area, code)), item in shown.lights.items():
        goal = item.goal
        if code in _SUMS and goal is not None:
            most = int(max(goal.baseline, goal.target)) + 10
            fits = [one for one in range(most) if standing(Decimal(one), goal, on=item.on) == item.light]
            bounds[month, (area, code)] = (fits[0], fits[-1] if fits[-1] < most - 1 else 10**9)
    return replace(seen, baselines=told, bounds=bounds)


def census_households(connection: Connection) -> dict[str, Decimal]:
    """Households by the census, which everybody knows."""
    return public_figures(connection, areas=None)["census_households"]


def unexplained_alerts(connection: Connection, observed: Alerts) -> dict[date, set[AlertKey]]:
    """Which alerts are there, or are not, otherwise than follows from what the acting user reads, by month judged."""
    rules = rules_of_months(read_rules(connection), published=True)
    conditions = {rule.code: rule.condition for rule in rules}
    stand: dict[AlertKey, Found] = {}
    begun_in: dict[AlertKey, date] = {}
    differing: dict[date, set[AlertKey]] = {}
    for period in sorted(observed):
        month = read_month(connection, period, published=True)
        begun, over = turned(stand, found_by(rules, month), conditions)
        stand = {key: one for key, one in stand.items() if key not in over} | begun
        begun_in |= dict.fromkeys(begun, period)
        expected = {
            key
            for key, one in stand.items()
            if _may_be_told(month, key, conditions[key[0]], begun_in[key], one.compared_on)
        }
        differing[period] = expected ^ set(observed[period])
    return differing


def _may_be_told(month: Month, key: AlertKey, condition: str, until: date, since: date | None) -> bool:
    _, code, area = key
    shown = until
    while shown >= (since or until):
        if month.number(code, area, shown) is None:
            return False
        shown = month_before(shown, 1)
    return condition == "lonjakan" or (area, code) in month.targets


@dataclass(frozen=True, slots=True)
class _Altered:
    """The values of a month, with one count another than it was."""

    values: Any
    cell: Cell
    by: int

    def at(self, code: str, area: str, month: date) -> Any:
        found = self.values.at(code, area, month)
        return found + self.by if (month, (area, code)) == self.cell and isinstance(found, Decimal) else found

    def every(self, code: str) -> int:
        return int(self.values.every(code))


def bounds_from_alerts(
    months: Mapping[date, Month], rules: Sequence[Rule], cells: Iterable[Cell]
) -> dict[Cell, tuple[int, int]]:
    """Between which numbers hidden counts lie, if what rules say of exact figures is told of every month.

    ``months`` are as they were judged. Each count is tried a little further from the truth until a rule would say
    something else.
    """
    found: dict[Cell, tuple[int, int]] = {}
    for cell in cells:
        first, (area, code) = cell
        touched = [month for period, month in months.items() if month_before(period, 4) <= first <= period]
        real = next((month.number(code, area, first) for month in touched), None)
        if real is None:
            continue
        said = _said(touched, rules, code, area)
        ends = []
        for way in (-1, 1):
            end = 0
            while abs(end) < _FURTHER and real + end + way >= 0:
                altered: list[Any] = [
                    replace(month, values=_Altered(month.values, cell, end + way))  # type: ignore[arg-type]
                    for month in touched
                ]
                if _said(altered, rules, code, area) != said:
                    break
                end += way
            ends.append(int(real) + end if abs(end) < _FURTHER else (0 if way < 0 else 10**9))
        if ends != [0, 10**9]:
            found[cell] = (ends[0], ends[1])
    return found


def _said(months: Sequence[Month], rules: Sequence[Rule], code: str, area: str) -> list[Found | None]:
    said: list[Found | None] = []
    for month in months:
        for rule in rules:
            if rule.condition in {"lampu_merah", "merah_berturut"}:
                said.append(red(month, code, area, periods=rule.periods))
            elif rule.condition == "lonjakan":
                said.append(jump(month, code, area, rule))
    return said


def hidden_cells_of(seen: Seen, months: Collection[date]) -> list[Cell]:
    """The counts of areas that are hidden in some closed months, as alerts name them."""
    return [
        (month, (area, code))
        for month, counts in seen.months.items()
        for (area, cut), pair in counts.items()
        if month in months and cut == ALL and pair[0] is None
        for code in _SUMS
    ]


def attack_gaps(exact: Exact, told: Collection[tuple[date, str]]) -> Taken:
    """Whether shortfalls that baselines tell exactly, taken off the area above's, leave that of few households."""
    taken = Taken()
    inside: dict[str, list[str]] = defaultdict(list)
    for place in exact.places:
        if place.level in {"state", "district"}:
            inside[place.parent].append(place.code)
    for month, counts in exact.months.items():
        for whole, parts in inside.items():
            left = [code for code in parts if (month, code) not in told and any(counts.get((code, ALL), ()))]
            taken.hidden += len(left)
            poor = sum(sum(counts[code, ALL]) for code in left)
            beside = any((month, code) in told for code in parts)
            if (month, whole) in told and beside and 0 < poor < LEAST_FOR_GAP:
                taken.recovered.append((month, "gap", whole, poor))
    return taken


def gaps_unprotected(connection: Connection) -> set[tuple[date, str]]:
    """The baselines of shortfalls that would be told if each were judged by itself; for the owner."""
    rows = connection.execute(
        text("""
            SELECT t.area_code, c.month FROM ekasih.target AS t
            JOIN ekasih.published_count AS c ON c.area_code = t.area_code AND c.cut = 'all'
                AND c.month = date_trunc('month', t.baseline_on)::date AND c.gap_rm IS NOT NULL
            WHERE t.indicator_code = 'gap'
        """)
    )
    return {(row.month, row.area_code) for row in rows}
