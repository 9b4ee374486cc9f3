"""The part of the form in which one condition is put together: which field, of whom, how, with what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.areas import area_options
from dashboard.components.days import beside_day
from dashboard.pages.targets import ids
from dashboard.pages.targets.texts import label_of
from registry.aid.conditions.fields import (
    BETWEEN,
    COMPONENTS,
    EMPTY,
    FIELDS,
    HEAD,
    HOUSEHOLD,
    MEMBER,
    RECIPIENT,
)
from registry.aid.conditions.language import Members, parse
from registry.aid.conditions.problems import BadCondition
from registry.aid.conditions.sentence import Names, value_label
from registry.households.typed_values import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from queries.row_types.targets import ChoiceRow, MukimChoiceRow
    from registry.aid.conditions.fields import Field
    from words import Words

Options = list[dict[str, Any]]
AND, OR, SAME = "dan", "atau", "sama"
WHAT: Final = ("who", "values", "low", "high", "need", "need_day", "at_least")
"""What is asked of some conditions only."""
_LEVELS: Final = {
    "negeri": "state",
    "daerah": "district",
    "parlimen": "parliament",
    "dun": "dun",
    "kawasan": "catchment",
}


def part_of(name: str) -> str:
    """The id of what holds one of these questions."""
    return f"{ids.PARTS}-{name.replace('_', '-')}"


def fields(words: Words) -> list[Component]:
    """The questions of a new condition; those that its field does not need are hidden."""
    day = beside_day(words("target.need_day"), words)
    asked: list[tuple[str, Component]] = [
        ("who", dmc.Select(id=ids.WHO, label=words("target.who"), data=[])),
        ("values", dmc.MultiSelect(id=ids.VALUES, label=words("target.values"), data=[], value=[], searchable=True)),
        ("low", dmc.TextInput(id=ids.LOW, label=words("target.number"), value="")),
        ("high", dmc.TextInput(id=ids.HIGH, label=words("target.high"), value="")),
        ("need", dmc.Select(id=ids.NEED, label=words("target.need"), data=[])),
        ("need_day", dmc.TextInput(id=ids.NEED_DAY, label=words("target.need_day"), value="", **day)),
        ("at_least", dmc.TextInput(id=ids.AT_LEAST, label=words("target.at_least"), value="1")),
    ]
    parts = {name: html.Div(body, id=part_of(name), hidden=True) for name, body in asked}
    operator = dmc.Select(id=ids.OPERATOR, label=words("target.operator"), data=[])
    joins = [{"value": name, "label": words(f"target.join_{name}")} for name in (AND, OR, SAME)]
    join = dmc.Select(id=ids.JOIN, label=words("target.join"), data=joins, value=AND, allowDeselect=False)
    field = dmc.Select(
        id=ids.FIELD, label=words("target.field"), data=field_options(words), searchable=True, value=None,
        placeholder=words("target.choose"),
    )  # fmt: skip
    return [field, parts["who"], operator, *(parts[name] for name in WHAT[1:]), join]


def field_options(words: Words) -> Options:
    """Every field, under its component of the record."""
    return [
        {
            "group": words(f"part.{component}"),
            "items": [
                {"value": field.name, "label": words(f"condition.field_{field.name}")}
                for field in FIELDS.values()
                if field.component == component
            ],
        }
        for component in COMPONENTS
    ]


def who_options(field: Field, words: Words) -> Options:
    """Of whom a field can be asked in a target group."""
    return [
        {"value": who, "label": words(f"target.who_{who}")} for who in field.who if who != RECIPIENT
    ]  # fmt: skip


def operator_options(field: Field, words: Words) -> Options:
    """How a field can be asked; the first is the usual one."""
    first = (BETWEEN, ">=", "<=") if field.kind == "number" else ()
    ordered = [
        *first,
        *(name for name in field.operators if name not in first and (field.kind == "number" or name != "=")),
    ]
    return [{"value": name, "label": words(f"target.op_{_OPERATOR_KEYS.get(name, name)}")} for name in ordered]


_OPERATOR_KEYS: Final = {"=": "equal", "<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}


def value_options(field: Field, choices: list[ChoiceRow], mukims: list[MukimChoiceRow], words: Words) -> Options:
    """The values that a field offers."""
    if field.name == "mukim":
        return area_options((row["district_name"], row["code"], row["name"]) for row in mukims)
    if field.kind == "area":
        level = _LEVELS[field.name]
        return [{"value": row["code"], "label": row["name_ms"]} for row in choices if row["kind"] == level]
    return [{"value": value, "label": value_label(field, value, words, Names())} for value in field.values]


def need_options(choices: list[ChoiceRow], words: Words) -> Options:
    """The needs that aid meets."""
    return [{"value": row["code"], "label": label_of(row, words)} for row in choices if row["kind"] == "need"]


def wanted(field: Field, operator: str | None, who: str | None) -> dict[str, bool]:
    """Which of the questions a condition needs."""
    plain = operator != EMPTY
    several = operator in {"dalam", "bukan_dalam"}
    return {
        "who": field.of_person,
        "values": field.kind in {"choice", "code", "area"} and plain,
        "low": field.kind == "number" and plain,
        "high": field.kind == "number" and operator == BETWEEN,
        "need": field.kind == "aid",
        "need_day": field.name == "bantuan_berjalan",
        "at_least": who == MEMBER,
    } | ({"high": False} if several else {})


def read(typed: Mapping[str, Any]) -> dict[str, Any]:
    """One condition from what was filled in, as files write it.

    Raises:
        BadCondition: a day is none; what else is wrong is said by the parser.

    """
    name = str(typed["field"] or "")
    field = FIELDS.get(name)
    who = str(typed["who"] or HEAD) if field is not None and field.of_person else HOUSEHOLD
    operator = str(typed["operator"] or "")
    condition = {"pada": who, "medan": name, "op": operator, "nilai": _value(field, operator, typed)}
    if who != MEMBER:
        return condition
    return {"ahli": [condition], "sekurang": str(typed["at_least"] or "1")}


def _value(field: Field | None, operator: str, typed: Mapping[str, Any]) -> Any:
    if operator == EMPTY:
        return True
    if field is not None and field.kind == "number":
        if operator == BETWEEN:
            return [_plain(typed["low"]), _plain(typed["high"])]
        return [part for part in _plain(typed["low"]).split() if part] or [""]
    if field is not None and field.kind == "aid":
        found: dict[str, Any] = {"keperluan": str(typed["need"] or "")}
        written = str(typed["need_day"] or "").strip()
        if written and field.name == "bantuan_berjalan":
            day = day_of(written)
            if day is None:
                raise BadCondition("no_day", where="", given=written[:20])
            found["tarikh"] = day.isoformat()
        return found
    return list(typed["values"] or [])


def _plain(written: object) -> str:
    """A number as people write it: RM1,200.00."""
    return str(written or "").upper().replace("RM", "").replace(",", "").strip()


def joined(before: list[Any], condition: dict[str, Any], how: str) -> list[Any]:
    """The list with one condition more: beside the others, as an alternative of the last, or of the same member.

    Raises:
        BadCondition: the list cannot be meant.

    """
    nodes = parse(before).stored()
    (read_one,) = parse([condition]).nodes
    new = read_one.stored()
    if not nodes or how == AND:
        nodes.append(new)
    elif how == OR:
        last = nodes.pop()
        nodes.append({"atau": [*last.get("atau", [last]), new]})
    else:
        last = nodes[-1]
        if "ahli" not in last or not isinstance(read_one, Members):
            raise BadCondition("not_same_member")
        nodes[-1] = {"ahli": [*last["ahli"], *new["ahli"]], "sekurang": last["sekurang"]}
    return parse(nodes).stored()
