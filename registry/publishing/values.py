"""Works out which values of indicators are published: of closed months, for the country, states and districts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from poverty.kpi.grammar import read_formula
from poverty.kpi.published import RULES
from poverty.months import month_end
from queries import kpi
from queries.kpi_course import in_force
from queries.kpi_months import kept
from queries.maps import COUNTRY
from registry.publishing.figures import ALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from poverty.kpi.kept import Kept
    from poverty.kpi.tree import Node
    from queries.kpi import Definition
    from registry.publishing.figures import Place, Shown

MONTHS: Final = 37
"""How many closed months are published: the courses of 24, from each of the last twelve on."""
_LEVELS: Final = frozenset({"country", "state", "district"})


class Value(NamedTuple):
    """A row of what is published: the value of an indicator; ``None`` is hidden, and kept of the country alone."""

    indicator: str
    area: str
    month: date
    value: Decimal | None


def plan_values(
    connection: Connection, places: Sequence[Place], months: Sequence[date], counts: Sequence[Shown]
) -> list[Value]:
    """The values that may be shown of the last of some closed months, the first first; ``counts`` are published."""
    asked = months[-MONTHS:]
    definitions = {code: known for code, known in kpi.definitions(connection).items() if _is_ruled(known)}
    if not asked or not definitions:
        return []
    areas = [place.code for place in places if place.level in _LEVELS]
    found = kept(connection, _parts(definitions), areas=areas, first=asked[0], last=asked[-1])
    poor = {(row.area, row.month): row for row in counts if row.cut == ALL}
    rows = []
    for code, known in definitions.items():
        for month in asked:
            definition = in_force(known, month_end(month))
            if definition.formula in RULES:
                rows += _of_month(found, (code, definition), areas, month, poor)
    return rows


def _is_ruled(known: Sequence[Definition]) -> bool:
    return any(one.formula in RULES for one in known)


def _parts(definitions: Mapping[str, Sequence[Definition]]) -> list[tuple[Node, int | None]]:
    return [
        (read_formula(formula), one.cohort_id)
        for known in definitions.values()
        for one in known
        if (rule := RULES.get(one.formula))
        for formula in (rule.part, rule.whole)
        if formula
    ]


def _of_month(
    found: Kept,
    indicator: tuple[str, Definition],
    areas: Sequence[str],
    month: date,
    poor: Mapping[tuple[str, date], Shown],
) -> list[Value]:
    """The values of a month; none where the country has none."""
    code, definition = indicator
    rule, cohort = RULES[definition.formula], definition.cohort_id
    rows = []
    for area in areas:
        part = found.value(read_formula(rule.part), area, month, cohort=cohort)
        whole = found.value(read_formula(rule.whole), area, month, cohort=cohort) if rule.whole else Decimal(0)
        known = isinstance(part, Decimal) and isinstance(whole, Decimal)
        if area == COUNTRY and not known:
            return []
        value = None
        if isinstance(part, Decimal) and isinstance(whole, Decimal):
            shown = poor.get((area, month))
            hidden = rule.kind == "depth" and shown is not None and shown.tegar is None
            households = 0 if shown is None else (shown.tegar or 0) + (shown.miskin or 0)
            value = None if hidden else rule.value(part, whole, poor=households)
        if value is not None or area == COUNTRY:
            rows.append(Value(code, area, month, value))
    return rows
