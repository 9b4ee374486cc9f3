"""What a definition would give: its value for every state beside that of the version in force, and what differs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.areas import COUNTRY
from dashboard.components.tables import ruled
from dashboard.pages.kpi.definition_fields import choice_text
from dashboard.pages.kpi.values import course
from layers import numbers
from poverty.months import month_end
from queries import kpi, maps
from registry.kpi.defining import FIRST_DAY

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from poverty.kpi.evaluation import Value
    from registry.kpi.defining import Definition
    from words import Words

_CHOSEN: Final = ("unit", "direction", "lowest", "frequency")
_NEW, _OLD = "new", "old"


def differences(conn: Reads, code: str, wanted: Definition, words: Words) -> list[Component]:
    """The values of Malaysia and its states by both definitions in the last closed period, and the changes."""
    footing = maps.footing(conn, level="state", live=True)
    held = [row for row in kpi.versions(conn) if row["indicator_code"] == code]
    definitions = {_NEW: [kpi.Definition(FIRST_DAY, wanted.formula, wanted.frequency, wanted.cohort_id)]}
    if held:
        last = held[-1]
        definitions[_OLD] = [kpi.Definition(FIRST_DAY, last["formula"], last["frequency"], last["cohort_id"])]
    areas = [COUNTRY, *maps.states(conn)]
    found = course(conn, definitions, areas=areas, footing=footing, codes=definitions, back=11)
    names = {one: maps.lineage(conn, one)[-1].name for one in areas if one != COUNTRY}
    heads = [words("define.state"), *(words(f"define.value_{which}") for which in reversed(definitions))]
    units = {_NEW: wanted.unit, _OLD: held[-1]["definition"]["unit"] if held else ""}
    lines = [
        (
            words("map.country") if area == COUNTRY else names[area],
            *(written(found.latest(which, area), units[which], words) for which in reversed(definitions)),
        )
        for area in areas
    ]
    month = found.month(_NEW)
    title = words("define.values", day=numbers.day(month_end(month))) if month else words("define.values_none")
    changed = _changed(held[-1]["definition"], wanted, words) if held else []
    return [*changed, html.H2(title), ruled(heads, lines, label=title, named=True)]


def written(value: Value, unit: str, words: Words) -> str:
    """A value in its unit, or why there is none."""
    if not isinstance(value, Decimal):
        return words(f"kpi.missing_{value}")
    match unit:
        case "syer":
            return numbers.share(value)
        case "RM":
            return numbers.money(value)
        case _:
            whole = value == value.to_integral_value()
            return numbers.count(int(value)) if whole else numbers.decimal(value)


def _changed(before: dict[str, Any], wanted: Definition, words: Words) -> list[Component]:
    """What differs from the version in force, field by field."""
    after = wanted.told
    lines = []
    for name in after:
        was, now = (_plain(name, kept.get(name), words) for kept in (before, after))
        if was != now:
            lines.append((words(f"define.field_{name}"), was, now))
    if not lines:
        return [html.P(words("define.same"), className="ek-kpi-note")]
    heads = [words("define.column_field"), words("define.value_old"), words("define.value_new")]
    title = words("define.changes")
    return [html.H2(title), ruled(heads, lines, label=title, named=True)]


def _plain(name: str, value: Any, words: Words) -> str:
    if value is None or value == "":
        return numbers.MISSING
    if name in _CHOSEN:
        return choice_text(name, str(value), words)
    match name:
        case "cascade":
            return ", ".join(words(f"define.cascade_{way}") for way in value)
        case "forecast":
            return words("define.forecast_ya" if value else "define.forecast_tidak")
        case "tolerance":
            return numbers.share(Decimal(str(value)))
        case _:
            return str(value)
