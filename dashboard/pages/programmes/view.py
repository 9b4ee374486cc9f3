"""What the page of one programme shows, and the forms of who manages it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.components.aria import aria
from dashboard.components.days import beside_day
from dashboard.components.forms import SAVES
from dashboard.components.tables import facts, ruled
from dashboard.household import texts
from dashboard.household.conditions import told
from dashboard.household.given import name_of
from dashboard.pages.programmes import editing, ids
from dashboard.pages.programmes.texts import days_text
from layers import numbers
from registry.aid.conditions.fields import BETWEEN, COMPARISONS, EMPTY, FIELDS, HAS, HAS_NOT, IN, NOT_IN, WHO
from registry.aid.conditions.language import parse
from registry.aid.conditions.sentence import phrase
from registry.programmes.models import PROGRAMME_STATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.row_types.programmes import ConditionsRow, ProgrammeOneRow, RateRow
    from registry.aid.conditions.sentence import Names
    from words import Words

_BLANK: Final = 4
"""How many empty rows the form of conditions has after those that are there."""
_OPERATORS: Final = (IN, NOT_IN, *COMPARISONS, BETWEEN, EMPTY, HAS, HAS_NOT)


def page(
    found: ProgrammeOneRow,
    rates: Sequence[RateRow],
    lists: Sequence[ConditionsRow],
    names: Names,
    words: Words,
    *,
    changes: bool,
) -> Component:
    """All of it; ``changes``: whether who looks at it may change it."""
    head = [
        html.H1(name_of(found, "programme", words)),
        html.Span(words(f"programme.state_{found['state']}"), className="ek-tag"),
    ]
    parts: list[Component] = [
        html.Div(head, className="ek-record-title"),
        facts(
            [
                (words("programme.code"), found["code"]),
                (words("programme.agency"), name_of(found, "agency", words)),
                (words("programme.days"), days_text(found["valid_from"], found["valid_until"], words)),
                (words("programme.ledger"), words("answer.yes" if found["has_ledger"] else "answer.no")),
            ]
        ),
        *([_states(found, words)] if changes else []),
        html.H2(words("programme.for_whom")),
        *_conditions(lists, names, words),
        *([_conditions_form(lists, names, words)] if changes else []),
        html.H2(words("programme.kinds")),
        _rates(rates, words),
        *([_rate_form(rates, words)] if changes and rates else []),
    ]
    return html.Article(parts, className="ek-programme")


def _states(found: ProgrammeOneRow, words: Words) -> Component:
    """The states that it may be put into, but for the one that it is in."""
    buttons = [_button(state, words) for state in PROGRAMME_STATES if state != found["state"]]
    return html.Div(buttons, className="ek-actions", role="group", **aria(label=words("programme.state")))


def _button(act: str, words: Words, *, main: bool = False) -> Component:
    look = "ek-button ek-button-main" if main else "ek-button"
    return html.Button(words(f"programme.act_{act}"), id=ids.step(act), type="button", className=look, n_clicks=0)


def _conditions(lists: Sequence[ConditionsRow], names: Names, words: Words) -> list[Component]:
    """Whom the programme is for, as one sentence; what was in force before, below it."""
    if not lists:
        return [html.P(words("programme.for_all"))]
    items = [
        html.Li([html.B(days_text(row["from_date"], row["until_date"], words)), html.Br(),
                 told(parse(row["conditions"]), words, names)])
        for row in lists
    ]  # fmt: skip
    return [html.Ul(items, className="ek-needs")]


def _conditions_form(lists: Sequence[ConditionsRow], names: Names, words: Words) -> Component:
    """The conditions in force as rows to be changed; they begin on a day, and the former ones end the day before."""
    now = editing.split(lists[0]["conditions"] if lists else [])
    shown = [phrase(node, words, names) for node in parse(now.kept).nodes]
    blank: list[tuple[str, dict[str, Any]]] = [(editing.ALL, {})] * _BLANK
    rows = [_condition(no, group, item, words) for no, (group, item) in enumerate([*now.rows, *blank])]
    form = html.Div(
        [
            html.P(words("programme.conditions_hint"), className="ek-footnote"),
            *rows,
            html.Div(
                [
                    dmc.TextInput(
                        id=ids.field(f"at_least_{group}"),
                        label=words("programme.at_least", n=no),
                        value=str(now.at_least.get(group, 1)),
                    )
                    for no, group in enumerate(editing.MEMBERS, start=1)
                ],
                className="ek-programme-at-least",
            ),
            *([html.P(words("programme.kept", what="; ".join(shown)), className="ek-footnote")] if shown else []),
            _day("conditions_from", words),
            html.Div([_button("preview", words), _button("conditions", words, main=True)], className="ek-actions"),
        ],
        className="ek-programme-conditions",
        **SAVES,
    )
    return html.Details([html.Summary(words("programme.new_conditions")), form], className="ek-panel ek-programme-form")


def _condition(no: int, group: str, item: dict[str, Any], words: Words) -> Component:
    """One condition: in which group, of whom, which field, how, with what."""
    groups = [(name, words(f"programme.group_{name[:4]}", n=name[4:])) for name in (*editing.EITHER, *editing.MEMBERS)]
    offered = {
        "group": [(editing.ALL, words("programme.group_all")), *groups],
        "who": [(who, words(f"condition.who_{who}")) for who in WHO],
        "field": [(name, words(f"condition.field_{name}")) for name in FIELDS],
        "operator": [(name, words(f"programme.op_{_OPERATORS.index(name)}")) for name in _OPERATORS],
    }
    now = {"group": group, "who": item.get("pada"), "field": item.get("medan"), "operator": item.get("op")}
    number = {"n": no + 1}
    selects = [
        dmc.Select(
            id=ids.condition(no, name),
            data=[{"value": value, "label": label} for value, label in data],
            value=now[name],
            placeholder=words(f"programme.condition_{name}"),
            searchable=name == "field",
            clearable=name == "field",
            **aria(label=words(f"programme.condition_{name}_of", **number)),
        )
        for name, data in offered.items()
    ]
    value = dmc.TextInput(
        id=ids.condition(no, "value"),
        value=_written(item.get("nilai")),
        placeholder=words("programme.condition_value"),
        **aria(label=words("programme.condition_value_of", **number)),
    )
    label = words("programme.condition", **number)
    return html.Div([*selects, value], className="ek-programme-condition", role="group", **aria(label=label))


def _written(value: Any) -> str:
    """A value as it is typed: several with a bar between them."""
    if isinstance(value, list):
        return "|".join(str(item) for item in value)
    if isinstance(value, dict):
        return "|".join(str(item) for item in value.values())
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "" if value is None else str(value)


def _day(name: str, words: Words) -> Component:
    field: Component = dmc.TextInput(
        id=ids.field(name),
        label=words(f"programme.{name}"),
        value=numbers.day(texts.today()),
        **beside_day(words(f"programme.{name}"), words),
    )
    return field


def _rates(rates: Sequence[RateRow], words: Words) -> Component:
    if not rates:
        return html.P(words("programme.no_kinds"), className="ek-none")
    head = [words(f"programme.{name}") for name in ("kind", "need", "form", "coverage", "days", "ceiling_rm", "source")]
    rows: list[list[Any]] = [
        [
            f"{name_of(row, 'kind', words)} ({row['code']})",
            name_of(row, "need", words),
            f"{words('programme.form_' + row['form'])}, {words('programme.recipient_' + row['recipient'])}",
            _coverage(row["coverage"], words),
            days_text(row["from_date"], row["until_date"], words) if row["from_date"] else numbers.MISSING,
            numbers.money(row["ceiling_rm"]) if row["ceiling_rm"] is not None else words("programme.no_rate"),
            _source(row, words),
        ]
        for row in rates
    ]
    return ruled(head, rows, label=words("programme.kinds"), named=True)


def _coverage(coverage: str, words: Words) -> str:
    name, _, days = coverage.partition(":")
    return words.n("programme.coverage_days", int(days)) if days else words(f"programme.coverage_{name}")


def _source(row: RateRow, words: Words) -> str:
    if row["source"] is None:
        return numbers.MISSING
    source = words("programme.assumption") if row["source"] == "andaian" else row["source"]
    return f"{source}, {numbers.day(row['source_date'])}" if row["source_date"] else source


def _rate_form(rates: Sequence[RateRow], words: Words) -> Component:
    kinds = {str(row["kind_id"]): f"{name_of(row, 'kind', words)} ({row['code']})" for row in rates}
    form = html.Div(
        [
            dmc.Select(
                id=ids.field("kind"),
                label=words("programme.kind"),
                data=[{"value": value, "label": label} for value, label in kinds.items()],
                value=next(iter(kinds)) if len(kinds) == 1 else None,
                placeholder=words("form.choose"),
                allowDeselect=False,
            ),
            dmc.TextInput(id=ids.field("ceiling_rm"), label=words("programme.ceiling_rm"), value=""),
            _day("rate_from", words),
            dmc.TextInput(
                id=ids.field("source"),
                label=words("programme.source"),
                description=words("programme.source_hint"),
                value="",
            ),
            html.Div(_button("rate", words, main=True), className="ek-actions"),
        ],
        className="ek-column-form",
        **SAVES,
    )
    return html.Details([html.Summary(words("programme.new_rate")), form], className="ek-panel ek-programme-form")
