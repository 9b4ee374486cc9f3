"""Judges the alert rules once for each closed month: what a rule finds is opened, what it finds no more is closed.

On the exact figures, for who sees the persons of an area; and once more on the published ones, for everybody else: that
an alert is there, is not, or ended then follows from what is published, in every month.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import text

from poverty.kpi.forecast import Goal as ForecastGoal
from poverty.kpi.forecast import forecast
from poverty.kpi.grammar import read_formula
from poverty.kpi.measures import adds_up
from poverty.kpi.sharing import UNITS
from poverty.months import month_before, month_end
from poverty.targets import standing
from queries import boards, kpi, lines
from queries.kpi_course import MONTHS, Closed, course, is_estimate
from queries.maps import COUNTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Row

    from poverty.kpi.forecast import Kind
    from queries.kpi import Indicator
    from queries.kpi_course import Course
    from queries.row_types.boards import BoardAreaRow

    Rule = Row[Any]

RED: Final = frozenset({"merah", "tidak_tercapai"})
DAILY_DAYS: Final = 2
"""So old may figures be that are published every day."""
_MISSED: Final = "mungkin_tidak_dicapai"
_KINDS: Final[dict[str, Kind]] = {"syer": "syer", "RM": "rm"}
_LEVELS: Final = ("country", "state", "district")

_TURN: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('ekasih.alerts', 0))")
_RULES: Final = text("SELECT * FROM ekasih.alert_rule ORDER BY position")
_LAST: Final = text("SELECT max(m.month) FROM ekasih.headcount_month AS m")
_PUBLISHED: Final = text("SELECT max(p.as_of) FROM ekasih.publication AS p")
_JUDGED: Final = text("SELECT EXISTS (SELECT FROM ekasih.alert_period WHERE period = :period)")
_NOTE: Final = text("INSERT INTO ekasih.alert_period (period) VALUES (:period)")
_OPEN: Final = text("""
    SELECT a.id, a.rule_code, coalesce(a.indicator_code, '') AS indicator, a.area_code, a.published
    FROM ekasih.alert AS a
    WHERE a.closed_at IS NULL
""")
_ADD: Final = text("""
    INSERT INTO ekasih.alert (rule_code, condition, indicator_code, area_code, published, period, compared_on,
        information)
    VALUES (:rule, :condition, nullif(:indicator, ''), :area, :published, :period, :compared_on, :information)
""")
_CLOSE: Final = text("UPDATE ekasih.alert SET closed_at = now() WHERE id = ANY (:ids)")

_SHOWN: Final = text("""
    SELECT t.area_code, t.indicator_code FROM ekasih.target AS t
    GROUP BY t.area_code, t.indicator_code
    HAVING bool_and(ekasih.may_show_goal(t.area_code, t.indicator_code, t.baseline_on, t.baseline, t.how))
""")

ON_PUBLISHED: Final = frozenset({"lampu_merah", "merah_berturut", "ramalan_gagal", "lonjakan"})
"""Conditions that are judged on the published figures too."""

Key = tuple[str, str, str]
"""A rule, an indicator (empty for all) and an area."""


class Found(NamedTuple):
    """What a rule says of an indicator in an area: begins here, goes on; ``None`` in its place is not known."""

    begins: bool
    goes_on: bool
    compared_on: date | None = None
    information: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A closed month with what is judged of it: areas by level, indicators with the target of each area, values."""

    period: date
    areas: Mapping[str, Sequence[BoardAreaRow]]
    blank: Mapping[str, Indicator]
    targets: Mapping[tuple[str, str], Indicator]
    values: Course
    breaks: Sequence[date]

    def back(self, periods: int, indicator: str) -> date:
        """The last month of the period of an indicator that ended so many before."""
        return month_before(self.period, periods * self.values.every(indicator))

    def has_ended(self, indicator: str) -> bool:
        """Whether the month is the last of a period of an indicator."""
        return self.values.month(indicator) == self.period

    def number(self, indicator: str, area: str, month: date) -> Decimal | None:
        """A value, where there is one."""
        value = self.values.at(indicator, area, month)
        return value if isinstance(value, Decimal) else None

    def light(self, indicator: str, area: str, month: date) -> str | None:
        """The light of a month; ``None`` without a target or a value."""
        item = self.targets.get((area, indicator))
        goal = None if item is None else item.goal
        if goal is None or month_end(month) < goal.baseline_on:
            return None
        actual = self.number(indicator, area, month)
        return None if actual is None else standing(actual, goal, on=month_end(month))


def judge(connection: Connection, *, today: date) -> dict[str, int]:
    """Judge the last closed month unless it was, and how old the figures are; how many were opened and closed."""
    connection.execute(_TURN)
    rules = read_rules(connection)
    period = connection.scalar(_LAST)
    found: dict[Key, Found | None] = {}
    for rule in rules:
        if rule.condition == "data_lewat":
            late = period is None or (today - month_end(period)).days > rule.days or _is_old(connection, today)
            found[rule.code, "", COUNTRY] = Found(late, late)
    told = _put(connection, found, {rule.code for rule in rules if rule.condition == "data_lewat"}, rules,
                period=period or today.replace(day=1), published=False)  # fmt: skip
    if period is None or connection.scalar(_JUDGED, {"period": period}):
        return told
    connection.execute(_NOTE, {"period": period})
    more = judge_month(connection, period, rules)
    return {name: told[name] + more[name] for name in told}


def judge_month(connection: Connection, period: date, rules: Sequence[Rule]) -> dict[str, int]:
    """Judge a closed month, those before it being judged: on the exact figures, and on the published ones."""
    told = {"opened": 0, "closed": 0}
    for published in (False, True):
        asked = rules_of_months(rules, published=published)
        found = found_by(asked, read_month(connection, period, published=published))
        more = _put(connection, found, {rule.code for rule in asked}, rules, period=period, published=published)
        told = {name: told[name] + more[name] for name in told}
    return told


def read_rules(connection: Connection) -> list[Rule]:
    """The rules that are judged, in their order."""
    return [rule for rule in connection.execute(_RULES) if rule.active]


def rules_of_months(rules: Iterable[Rule], *, published: bool) -> list[Rule]:
    """Of some rules those that are judged of a closed month, on the exact or on the published figures."""
    return [
        rule for rule in rules if rule.condition != "data_lewat" and (not published or rule.condition in ON_PUBLISHED)
    ]


def found_by(rules: Iterable[Rule], month: Month) -> dict[Key, Found | None]:
    """What rules say of a month."""
    return {key: found for rule in rules for key, found in _of_rule(rule, month).items()}


def _is_old(connection: Connection, today: date) -> bool:
    """Whether what is published every day was not published for days."""
    published = connection.scalar(_PUBLISHED)
    return published is not None and (today - published).days > DAILY_DAYS


def read_month(connection: Connection, period: date, *, published: bool) -> Month:
    """All that is judged of a month: exact, or what those who see no persons are shown, with the targets they see."""
    areas: dict[str, list[BoardAreaRow]] = {
        "country": [{"code": COUNTRY, "name": "", "parent_code": None, "state_code": None, "census_households": None}]
    }
    for level in ("state", "district"):
        areas[level] = boards.areas(connection, level=level, within=COUNTRY)
    every = [row for rows in areas.values() for row in rows]
    targets = kpi.indicators(connection, areas=[row["code"] for row in every])
    definitions = kpi.definitions(connection)
    # an estimate has a range, which no rule knows
    blank = {item.indicator_code: item for item in targets if not is_estimate(definitions[item.indicator_code])}
    asked = Closed([row["code"] for row in every], month_before(period, MONTHS), period, exact=not published)
    values = course(connection, definitions, asked, codes=blank)
    blank = {code: item for code, item in blank.items() if values.holds(code)}
    since = month_before(period, MONTHS)
    breaks = [one.on_day for one in lines.breaks(connection, since=since, until=month_end(period))]
    by_area = {(item.area_code, item.indicator_code): item for item in targets if item.area_code}
    if published:
        shown = {(row.area_code, row.indicator_code) for row in connection.execute(_SHOWN)}
        by_area = {key: item for key, item in by_area.items() if key in shown}
    return Month(period, areas, blank, by_area, values, breaks)


def _of_rule(rule: Rule, month: Month) -> dict[Key, Found | None]:
    asks: dict[str, Callable[[str, str], Found | None]] = {
        "lampu_merah": lambda code, area: red(month, code, area, periods=1),
        "merah_berturut": lambda code, area: red(month, code, area, periods=rule.periods),
        "lonjakan": lambda code, area: jump(month, code, area, rule),
    }
    known = [code for code in month.blank if rule.indicator_code in {None, code}]
    codes = [code for code in known if month.has_ended(code)]
    areas = [row["code"] for level in rule.levels for row in month.areas.get(level, ())]
    if rule.condition == "ramalan_gagal":
        return _missed(rule, month, known, areas)
    # of a quarter or a year that goes on nothing is known
    later: dict[Key, Found | None] = {(rule.code, code, area): None for code in known for area in areas}
    if rule.condition in asks:
        ask = asks[rule.condition]
        return later | {(rule.code, code, area): ask(code, area) for code in codes for area in areas}
    return later | _unequal(rule, month, codes)


def red(month: Month, code: str, area: str, *, periods: int) -> Found | None:
    """Red for so many months running, where one month is told only if the one before was not red."""
    lights = [month.light(code, area, month.back(back, code)) for back in range(max(2, periods))]
    if lights[0] is None:
        return None
    is_red = lights[0] in RED
    if periods == 1:
        return Found(is_red and lights[1] not in RED, is_red, month.back(1, code))
    return Found(all(light in RED for light in lights), is_red, month.back(periods - 1, code))


def jump(month: Month, code: str, area: str, rule: Rule) -> Found | None:
    """A change within a month over so many units and so large a share; of shares over so many points."""
    now, before = (month.number(code, area, month.back(back, code)) for back in range(2))
    if now is None or before is None:
        return None
    by = abs(now - before)
    unit = month.blank[code].unit
    many = rule.units * UNITS.get(unit, 1)
    found = by > rule.points if unit == "syer" else by > many and by > rule.share * abs(before)
    broken = any(month_end(month.back(1, code)) < day <= month_end(month.period) for day in month.breaks)
    return Found(found, found, month.back(1, code), information=broken)


def _missed(rule: Rule, month: Month, codes: Iterable[str], areas: Iterable[str]) -> dict[Key, Found | None]:
    """Targets that are due soon and likely to be missed, by the closed months up to this one and to the one before."""
    until = month_end(month_before(month.period, -rule.months))
    soon = [
        item
        for code in codes
        for area in areas
        if (item := month.targets.get((area, code)))
        and item.forecast
        and item.due_on
        and month_end(month.period) < item.due_on <= until
    ]
    months = [month_before(month.period, back) for back in reversed(range(MONTHS + 1))]
    found: dict[Key, Found | None] = {}
    for item in soon:
        code, area = item.indicator_code, str(item.area_code)
        series = [(day, month.values.at(code, area, day)) for day in months]
        words = [_words(series[: len(series) - back], item, month.breaks) for back in range(rule.periods)]
        missed = Found(all(one == _MISSED for one in words), words[0] == _MISSED, months[-rule.periods])
        found[rule.code, code, area] = None if words[0] is None else missed
    return found


def _words(series: Sequence[tuple[date, object]], item: Indicator, breaks: Sequence[date]) -> str | None:
    """What a forecast from the last of these months says of a target; ``None`` where there are too few of them."""
    begins = max((day.replace(day=1) for day in breaks if day <= month_end(series[-1][0])), default=None)
    known: list[float] = []
    for month, value in series:
        if begins is None or month >= begins:
            known = [*known, float(value)] if isinstance(value, Decimal) else []
    if item.target is None or item.due_on is None:
        return None
    last, due = series[-1][0], item.due_on
    ends = due if due == month_end(due) else due.replace(day=1) - timedelta(days=1)
    due_in = (ends.year - last.year) * 12 + ends.month - last.month
    if due_in < 1:
        return None
    kind = _KINDS.get(item.unit, "bilangan")
    found = forecast(known, ForecastGoal(float(item.target), item.direction == "lower", due_in, kind))
    return None if found is None else str(found.words)


def _unequal(rule: Rule, month: Month, codes: Iterable[str]) -> dict[Key, Found | None]:
    """Areas whose parts have another sum than they have themselves, of what is added up."""
    parts: dict[str, list[str]] = defaultdict(list)
    for level in ("state", "district"):
        for row in month.areas[level]:
            parts[str(row["parent_code"])].append(row["code"])
    found: dict[Key, Found | None] = {}
    for code in codes:
        if not adds_up(read_formula(month.blank[code].formula)):
            continue
        for area, inside in parts.items():
            whole = month.number(code, area, month.period)
            each = [month.number(code, part, month.period) for part in inside]
            known = [value for value in each if value is not None]
            if whole is None or len(known) < len(each):
                found[rule.code, code, area] = None
            else:
                found[rule.code, code, area] = Found(sum(known) != whole, sum(known) != whole)
    return found


def _put(
    connection: Connection,
    found: Mapping[Key, Found | None],
    judged: set[str],
    rules: Sequence[Rule],
    *,
    period: date,
    published: bool,
) -> dict[str, int]:
    """Open what begins and is not open, close what is open and goes on no more."""
    stand = {
        (row.rule_code, row.indicator, row.area_code): row.id
        for row in connection.execute(_OPEN)
        if row.published is published
    }
    begun, over = turned(stand, found, judged)
    if over:
        connection.execute(_CLOSE, {"ids": [stand[key] for key in over]})
    conditions = {rule.code: rule.condition for rule in rules}
    fresh = [
        {
            "rule": key[0], "condition": conditions[key[0]], "indicator": key[1], "area": key[2],
            "published": published, "period": period, "compared_on": one.compared_on, "information": one.information,
        }
        for key, one in begun.items()
    ]  # fmt: skip
    if fresh:
        connection.execute(_ADD, fresh)
    return {"opened": len(fresh), "closed": len(over)}


def turned(
    stand: Collection[Key], found: Mapping[Key, Found | None], judged: Collection[str]
) -> tuple[dict[Key, Found], list[Key]]:
    """Of what rules found: what begins and is not open, and what is open and over; what is not known stays as it is."""
    over = [
        key
        for key in stand
        if key[0] in judged and (key not in found or ((one := found[key]) is not None and not one.goes_on))
    ]
    begun = {key: one for key, one in found.items() if one is not None and one.begins and key not in stand}
    return begun, over
