"""Offices of agencies and needs: what there is, from when until when, and the forms that add, name and end them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.areas import area_options
from dashboard.components.days import beside_day
from dashboard.components.detail_page import done, number_in
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.guards import requires
from dashboard.household import texts
from dashboard.household.given import name_of
from dashboard.i18n import current_words
from dashboard.pages.programmes import ids
from dashboard.pages.programmes.texts import days_text, refused
from dashboard.sent.kinds import Clicks, Fields, Names
from layers import numbers
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.principals import Permission
from registry.programmes.offices import (
    RULES,
    AddNeed,
    AddOffice,
    Change,
    add_need,
    add_office,
    change_need,
    change_office,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.oversight import AreaRow
    from queries.row_types.programmes import AgencyRow, NeedRow, OfficeRow
    from words import Words

Options = list[dict[str, Any]]


def register(app: Dash, deps: Deps) -> None:
    """Wire the forms onto ``app``."""

    @app.callback(
        Output(ids.PLACED, "data"),
        Output(ids.PLACE_MESSAGE, "children"),
        Input({"type": ids.PLACE_ACT, "act": ALL}, "n_clicks"),
        State({"type": ids.PLACE_FIELD, "act": ALL, "name": ALL}, "value"),
        State({"type": ids.PLACE_FIELD, "act": ALL, "name": ALL}, "id"),
        prevent_initial_call=True,
    )
    @requires(Permission.MANAGE_PROGRAMMES)
    def place(_clicks: Clicks, values: Fields, names: Names) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None:
            return no_update, no_update
        act = str(asked["act"])
        given = {name["name"]: value for name, value in zip(names, values, strict=True) if name["act"] == act}
        try:
            carry = _command(act, given)
        except InvalidInput as error:
            return no_update, refused(error, words)
        return answered(
            deps,
            f"programme-{act} {mark()}",
            lambda session: _carried(session, carry),
            message=lambda _result: done(words(f"programme.did_{act}")),
            refused=lambda error: refused(error, words),
        )


def _carried(session: Writes, carry: Callable[[Writes], None]) -> dict[str, object]:
    carry(session)
    return {"mark": mark()}


def _command(act: str, given: Mapping[str, Any]) -> Callable[[Writes], None]:
    """What a press does.

    Raises:
        InvalidInput: a day is missing or none, or nothing was chosen.

    """
    typed = {name: str(value or "").strip() for name, value in given.items() if not isinstance(value, list)}
    code = typed.get("code", "")
    named = {"code": code, "name_ms": typed.get("name_ms", ""), "name_en": typed.get("name_en", "")}
    if act == "add_office":
        office = AddOffice(
            **named,
            agency_id=number_in(typed.get("agency")) or 0,
            territory=tuple(str(area) for area in given.get("territory") or ()),
            valid_from=_day(typed, "valid_from"),
        )
        return lambda session: add_office(session, office)
    if act == "add_need":
        need = AddNeed(**named, rule=typed.get("rule", ""), valid_from=_day(typed, "valid_from"))
        return lambda session: add_need(session, need)
    if not code:
        raise InvalidInput({"office" if act == "change_office" else "need": "required"})
    change = Change(**named, valid_until=_day(typed, "valid_until") if typed.get("valid_until") else None)
    return lambda session: (change_office if act == "change_office" else change_need)(session, change)


def _day(typed: Mapping[str, str], name: str) -> date:
    found = day_of(typed.get(name))
    if found is None:
        raise InvalidInput({name: "required"})
    return found


def offices(found: Sequence[OfficeRow], words: Words) -> Component:
    """Every office: of which agency, where, from when until when."""
    head = [words(f"programme.{name}") for name in ("office", "code", "agency", "territory", "days")]
    rows: list[list[Any]] = [
        [
            name_of(row, "office", words),
            row["code"],
            name_of(row, "agency", words),
            ", ".join(row["areas"]) or words("programme.all_of_agency"),
            days_text(row["valid_from"], row["valid_until"], words),
        ]
        for row in found
    ]
    return sortable(head, rows, words, name="programmes-offices", label=words("programme.offices"))


def needs(found: Sequence[NeedRow], words: Words) -> Component:
    """Every need: how it is met, from when until when."""
    head = [words(f"programme.{name}") for name in ("need", "code", "rule", "days")]
    rows: list[list[Any]] = [
        [
            name_of(row, "need", words),
            row["code"],
            words(f"programme.rule_{rule_of(row)}"),
            days_text(row["valid_from"], row["valid_until"], words),
        ]
        for row in found
    ]
    return sortable(head, rows, words, name="programmes-needs", label=words("programme.needs"))


def rule_of(row: NeedRow) -> str:
    """How a need is met, as one of the rules that there are."""
    return "once" if row["once"] else "exclusive" if row["exclusive"] else "free"


def office_forms(
    agencies: Sequence[AgencyRow], found: Sequence[OfficeRow], areas: Sequence[AreaRow], words: Words
) -> list[Component]:
    """The forms of a new office, and of one that gets another name or ends."""
    given = [{"value": str(row["agency_id"]), "label": name_of(row, "agency", words)} for row in agencies]
    whole = {row["code"]: words("programme.whole_state", state=row["name"]) for row in areas if row["level"] == "state"}
    places = area_options((row["state_name"], row["code"], whole.get(row["code"], row["name"])) for row in areas)
    known = [{"value": row["code"], "label": f"{name_of(row, 'office', words)} ({row['code']})"} for row in found]
    territory = dmc.MultiSelect(
        id=ids.place("add_office", "territory"),
        label=words("programme.territory"),
        description=words("programme.territory_hint"),
        data=places,
        value=[],
        searchable=True,
    )
    made = [
        _select("add_office", "agency", given, words),
        *_texts("add_office", ("code", "name_ms", "name_en"), words),
        territory,
        _date("add_office", "valid_from", words, value=numbers.day(texts.today())),
    ]
    return [_form("add_office", made, words), *([_changing("change_office", "office", known, words)] if known else [])]


def need_forms(found: Sequence[NeedRow], words: Words) -> list[Component]:
    """The forms of a new need, and of one that gets another name or ends."""
    rules = [{"value": rule, "label": words(f"programme.rule_{rule}")} for rule in RULES]
    known = [{"value": row["code"], "label": f"{name_of(row, 'need', words)} ({row['code']})"} for row in found]
    made = [
        *_texts("add_need", ("code", "name_ms", "name_en"), words),
        _select("add_need", "rule", rules, words),
        _date("add_need", "valid_from", words, value=numbers.day(texts.today())),
    ]
    return [_form("add_need", made, words), *([_changing("change_need", "need", known, words)] if known else [])]


def _changing(act: str, what: str, known: Options, words: Words) -> Component:
    chosen = _select(act, "code", known, words, label=words(f"programme.{what}"))
    fields = [chosen, *_texts(act, ("name_ms", "name_en"), words), _date(act, "valid_until", words, value="")]
    return _form(act, [html.P(words("programme.change_hint"), className="ek-footnote"), *fields], words)


def _texts(act: str, names: Sequence[str], words: Words) -> list[Component]:
    return [dmc.TextInput(id=ids.place(act, name), label=words(f"programme.{name}"), value="") for name in names]


def _date(act: str, name: str, words: Words, *, value: str) -> Component:
    label = words(f"programme.{name}")
    field: Component = dmc.TextInput(id=ids.place(act, name), label=label, value=value, **beside_day(label, words))
    return field


def _select(act: str, name: str, data: Options, words: Words, *, label: str = "") -> Component:
    field: Component = dmc.Select(
        id=ids.place(act, name),
        label=label or words(f"programme.{name}"),
        data=data,
        value=None,
        placeholder=words("form.choose"),
        allowDeselect=False,
    )
    return field


def _form(act: str, fields: Sequence[Component], words: Words) -> Component:
    button = html.Button(
        words(f"programme.act_{act}"),
        id={"type": ids.PLACE_ACT, "act": act},
        type="button",
        className="ek-button ek-button-main",
        n_clicks=0,
    )
    form = html.Div([*fields, html.Div(button, className="ek-actions")], className="ek-column-form", **SAVES)
    summary = html.Summary(words(f"programme.act_{act}"))
    return html.Details([summary, form], className="ek-panel ek-programme-form")
