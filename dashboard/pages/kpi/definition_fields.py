"""The fields of a definition: how they stand on the page, what they hold of a version, and what is read from them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.components.days import beside_day
from dashboard.household import texts as household_texts
from dashboard.pages.kpi import ids
from layers import numbers
from poverty.kpi.measures import LEVELS
from registry.kpi.defining import DIRECTIONS, FREQUENCIES, LONGEST_TEXT, UNITS, WAYS, Definition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from words import Words

_TEXTS: Final = ("name_ms", "name_en", "numerator", "denominator", "source_ms", "source_en")
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "unit": UNITS, "direction": DIRECTIONS, "lowest": LEVELS, "frequency": FREQUENCIES, "forecast": ("ya", "tidak")
}  # fmt: skip
_OF_NEW: Final = {
    "unit": "isi_rumah", "direction": "lower", "lowest": "district", "frequency": "bulanan", "forecast": "tidak",
    "tolerance": "10", "cascade": ["tangan"], "cohort_id": None,
}  # fmt: skip
_HUNDRED: Final = 100


def field_id(name: str) -> dict[str, str]:
    """The id of one field."""
    return {"type": ids.FIELD, "name": name}


def form_fields(words: Words) -> list[Component]:
    """The fields in their order."""
    return [
        _text("code", words, hint=True, maxLength=40),
        _text("name_ms", words),
        _text("name_en", words),
        _formula(words),
        _select("unit", words),
        _select("lowest", words),
        html.Div(id=ids.SAID, role="status"),
        _text("numerator", words, hint=True),
        _text("denominator", words, asterisk=False),
        _select("direction", words),
        _select("frequency", words),
        _text("tolerance", words, hint=True, inputMode="decimal", maxLength=6),
        dmc.CheckboxGroup(
            [dmc.Checkbox(value=way, label=words(f"define.cascade_{way}"), my="xs") for way in WAYS],
            id=field_id("cascade"),
            label=words("define.field_cascade"),
            description=words("define.hint_cascade"),
            value=[],
        ),
        _select("forecast", words),
        dmc.Select(
            id=field_id("cohort_id"),
            label=words("define.field_cohort_id"),
            description=words("define.hint_cohort_id"),
            data=[],
            value=None,
            clearable=True,
            nothingFoundMessage=words("form.no_match"),
        ),
        _text("source_ms", words),
        _text("source_en", words),
        _text("valid_from", words, hint=True, beside=beside_day(words("define.field_valid_from"), words)),
        _text("reason", words),
    ]


def _formula(words: Words) -> Component:
    field: Component = dmc.Textarea(
        id=field_id("formula"),
        label=words("define.field_formula"),
        description=words("define.hint_formula"),
        value="",
        debounce=400,
        autosize=True,
        minRows=2,
        withAsterisk=True,
        attributes={"input": {"autoComplete": "off", "spellCheck": "false", "maxLength": LONGEST_TEXT}},
    )
    return field


def values_of(code: str, definition: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields hold of a version, those of a new indicator without one."""
    found: dict[str, Any] = {name: definition.get(name) or "" for name in _TEXTS}
    found |= {"code": code, "formula": definition.get("formula") or "", "reason": ""}
    found["valid_from"] = numbers.day(household_texts.today())
    if not definition:
        return found | _OF_NEW
    found |= {name: definition[name] for name in ("unit", "direction", "lowest", "frequency")}
    found["cascade"] = list(definition["cascade"])
    found["forecast"] = "ya" if definition["forecast"] else "tidak"
    found["tolerance"] = f"{(Decimal(str(definition['tolerance'])) * _HUNDRED).normalize():f}"
    cohort = definition.get("cohort_id")
    return found | {"cohort_id": None if cohort is None else str(cohort)}


def typed_definition(typed: Mapping[str, Any]) -> Definition:
    """The definition that the fields hold."""
    words = {name: _string(typed.get(name)) for name in (*_TEXTS, *_CHOICES, "formula", "tolerance", "cohort_id")}
    percent = words["tolerance"].removesuffix("%").strip()
    share = Decimal(percent) / _HUNDRED if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", percent) else None
    ways = typed.get("cascade")
    return Definition(
        **{name: words[name] for name in _TEXTS if name != "denominator"},
        denominator=words["denominator"] or None,
        formula=words["formula"],
        unit=words["unit"],
        direction=words["direction"],
        lowest=words["lowest"],
        frequency=words["frequency"],
        tolerance=share,
        cascade=tuple(way for way in WAYS if isinstance(ways, list) and way in ways),
        forecast=words["forecast"] == "ya",
        cohort_id=int(words["cohort_id"]) if re.fullmatch(r"[0-9]{1,15}", words["cohort_id"]) else None,
    )


def choice_text(name: str, value: str, words: Words) -> str:
    """A choice as it is read."""
    return words(f"level.{value}") if name == "lowest" else words(f"define.{name}_{value.lower().replace('/', '_')}")


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _text(
    name: str, words: Words, *, hint: bool = False, asterisk: bool = True, beside: Mapping[str, Any] | None = None,
    **attributes: object,
) -> Component:  # fmt: skip
    field: Component = dmc.TextInput(
        id=field_id(name),
        label=words(f"define.field_{name}"),
        description=words(f"define.hint_{name}") if hint else None,
        value="",
        withAsterisk=asterisk,
        attributes={"input": {"autoComplete": "off", "maxLength": LONGEST_TEXT, **attributes}},
        **(beside or {}),
    )
    return field


def _select(name: str, words: Words) -> Component:
    options: Sequence[str] = _CHOICES[name]
    field: Component = dmc.Select(
        id=field_id(name),
        label=words(f"define.field_{name}"),
        data=[{"value": one, "label": choice_text(name, one, words)} for one in options],
        value=None,
        allowDeselect=False,
    )
    return field
