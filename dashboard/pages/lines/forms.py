"""The two forms in which a change of the line or the rule is supposed, and how they are read."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.components.forms import ASKS
from dashboard.pages.lines import ids
from layers import numbers
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.status.changes import RULES, AdoptLine, SetRule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from queries.row_types.lines import FigureRow
    from registry.status.changes import Change
    from words import Words

_NAMED: Final = {
    ids.ADOPT_YEAR: "survey_year",
    ids.ADOPT_FROM: "effective_from",
    ids.RULE: "rule",
    ids.RULE_URBAN: "vulnerable_urban_rm",
    ids.RULE_RURAL: "vulnerable_rural_rm",
    ids.RULE_FROM: "effective_from",
}
FIELDS: Final = tuple(_NAMED)
"""The fields of both forms, in the order in which they are sent."""
_ADOPTING: Final = (ids.ADOPT_YEAR, ids.ADOPT_FROM)


def asked_change(typed: Mapping[str, object], *, adopting: bool) -> Change:
    """The change that stands in one of the two forms.

    Raises:
        InvalidInput: which field cannot be read.

    """
    problems = {}
    day = day_of(typed[ids.ADOPT_FROM if adopting else ids.RULE_FROM])
    if day is None:
        problems["effective_from"] = "date"
    choice = typed[ids.ADOPT_YEAR if adopting else ids.RULE]
    if not choice:
        problems["survey_year" if adopting else "rule"] = "required"
    amounts: dict[str, Decimal | None] = {}
    for name in (ids.RULE_URBAN, ids.RULE_RURAL):
        try:
            amounts[name] = amount_of(typed[name])
        except InvalidOperation:
            if not adopting:
                problems[_NAMED[name]] = "line_amount"
    if adopting and choice and not str(choice).isdecimal():
        problems["survey_year"] = "choice"
    if problems or day is None:
        raise InvalidInput(problems)
    if adopting:
        return AdoptLine(int(str(choice)), day)
    return SetRule(day, str(choice), amounts[ids.RULE_URBAN], amounts[ids.RULE_RURAL])


def fields_of(problems: Mapping[str, str], *, adopting: bool) -> dict[str, str]:
    """What a service says is wrong, by the fields of the form."""
    own = [name for name in FIELDS if (name in _ADOPTING) == adopting]
    return {name: problems[_NAMED[name]] for name in own if _NAMED[name] in problems}


def amount_of(typed: object) -> Decimal | None:
    """An amount as people type it: RM, spaces and thousands separators are left out; ``None`` for nothing.

    Raises:
        InvalidOperation: it is no number.

    """
    plain = str(typed or "").upper().replace("RM", "").replace(",", "").replace(" ", "")
    return Decimal(plain) if plain else None


def year_options(figures: Sequence[FigureRow], words: Words) -> list[dict[str, str]]:
    """The survey years with what they have: since when in force, and for how many states and strata."""
    years: dict[int, list[FigureRow]] = {}
    for row in figures:
        years.setdefault(row["survey_year"], []).append(row)
    options = []
    for year, rows in sorted(years.items(), reverse=True):
        days = {row["effective_from"] for row in rows}
        known = max((day for day in days if day is not None), default=None)
        message = words("line.option_open" if known is None else "line.option_since", day=numbers.day(known))
        if known is not None and None in days:
            message = words("line.option_partly", day=numbers.day(known))
        label = f"{year} · {message} · {words.n('line.option_lines', len(rows))}"
        options.append({"value": str(year), "label": label})
    return options


def adopt_form(words: Words) -> Component:
    """Put the figures of a survey year into force from a day on."""
    fields = [
        dmc.Select(
            id=ids.ADOPT_YEAR,
            label=words("line.field_year"),
            data=[],
            placeholder=words("form.choose"),
            nothingFoundMessage=words("form.no_match"),
            withAsterisk=True,
        ),
        _day(ids.ADOPT_FROM, words),
    ]
    return _form("adopt", fields, ids.ADOPT, words)


def rule_form(words: Words) -> Component:
    """Choose the test that decides, and the ceilings of the vulnerable, from a day on."""
    fields = [
        dmc.Select(
            id=ids.RULE,
            label=words("line.field_rule"),
            data=[{"value": rule, "label": words(f"rule.{rule}")} for rule in RULES],
            placeholder=words("form.choose"),
            withAsterisk=True,
        ),
        *(
            dmc.TextInput(
                id=name,
                label=words(f"line.field_{strata}"),
                description=words("line.field_ceiling_note"),
                value="",
                attributes={"input": {"inputMode": "decimal", "autoComplete": "off"}},
            )
            for name, strata in ((ids.RULE_URBAN, "urban"), (ids.RULE_RURAL, "rural"))
        ),
        _day(ids.RULE_FROM, words),
    ]
    return _form("rule", fields, ids.SET_RULE, words)


def _day(name: str, words: Words) -> Component:
    field: Component = dmc.TextInput(
        id=name,
        label=words("line.field_from"),
        placeholder=words("form.date_shape"),
        value="",
        withAsterisk=True,
        attributes={"input": {"autoComplete": "off"}},
    )
    return field


def _form(kind: str, fields: Sequence[Component], button: str, words: Words) -> Component:
    return html.Section(
        [
            html.H2(words(f"line.form_{kind}")),
            html.P(words(f"line.form_{kind}_hint")),
            html.Div(list(fields), className="ek-lines-form"),
            html.Button(words(f"line.foresee_{kind}"), id=button, type="button", className="ek-button ek-button-main"),
        ],
        className="ek-panel",
        **ASKS,
    )
