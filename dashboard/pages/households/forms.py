"""The forms of a record: one opens at a time, in the place of what it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components.days import beside_day
from dashboard.components.tables import labelled
from dashboard.household import texts
from dashboard.household.options import Options, options_of
from dashboard.household.parts import (
    ADD_MEMBER,
    AID,
    CHANGE_HEAD,
    HOSTS,
    INCOME,
    OTHER_FIELDS,
    PARTS,
    PERSONAL,
    PLACE,
    REMOVE_AID,
    REMOVE_MEMBER,
    Field,
    fields_of,
)
from dashboard.pages.households import ids
from dashboard.pages.households.sections import aid_table, member_card
from layers import numbers, screen
from registry.mykad import written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dash.development.base_component import Component

    from queries.households import WholeRecord
    from queries.row_types.households import MemberRow
    from words import Words

CORRECTION = Field("correction", "choice", required=True)
_NUMERIC = {"money": "decimal", "whole": "numeric", "acres": "decimal", "degrees": "decimal"}
_SEARCHABLE_FROM = 12


@dataclass(frozen=True, slots=True)
class Areas:
    """The districts that may be chosen, the mukim of the one that is, and the file with what lies under a map."""

    districts: Options
    mukims: Options
    land_url: str | None


def form_of(form: str, row: str, record: WholeRecord, words: Words, *, areas: Areas) -> Component:
    """The form ``form`` (of the member or aid ``row``) with what the record says now."""
    if form in {PERSONAL, REMOVE_MEMBER, CHANGE_HEAD}:
        return _among_members(form, row, record, words)
    special = _SPECIAL.get(form)
    if special is not None:
        return special(row, record, words)
    if form == PLACE:
        return _place(record, words, land_url=areas.land_url)
    if PARTS[form].of_members:
        return _member_fields(form, record, words)
    return _group(form, record, words, areas=areas)


def host_of(form: str | None) -> str | None:
    """The part of the page that a form opens in."""
    return HOSTS.get(form) if form else None


def control(
    field: Field, row: str, value: str | None, words: Words, *, options: Options | None = None, label: str | None = None
) -> Component:
    """One input with its label; ``label`` replaces the field's own and is then read out only."""
    named: dict[str, Any] = (
        {"label": words(f"field.{field.name}"), "withAsterisk": field.required}
        if label is None
        else {"aria-label": label}
    )
    box = ids.field(field.name, row)
    if field.kind in {"choice", "yes_no", "sex", "strata", "area", "reason", "accuracy"}:
        data = options if options is not None else options_of(field, value, words)
        inner = dmc.Select(
            id=box,
            data=data,
            value=value,
            clearable=not field.required,
            allowDeselect=False,
            searchable=len(data) > _SEARCHABLE_FROM,
            placeholder=words("form.choose"),
            clearButtonProps={"aria-label": words("form.clear"), "tabIndex": -1},
            nothingFoundMessage=words("form.no_match"),
            **named,
        )
    else:
        hint = {"date": words("form.date_hint"), "money": "RM", "acres": None}.get(field.kind)
        if hint and label is None:
            named["description"] = hint if field.kind == "date" else None
        if field.kind == "date":
            named |= beside_day(label or words(f"field.{field.name}"), words)
        inner = dmc.TextInput(
            id=box,
            value=value or "",
            leftSection=html.Span("RM") if field.kind == "money" else None,
            attributes={"input": {"inputMode": _NUMERIC.get(field.kind, "text"), "autoComplete": "off"}},
            **named,
        )
    return html.Div(inner, className="ek-field ek-wide" if field.wide else "ek-field")


def _group(form: str, record: WholeRecord, words: Words, *, areas: Areas) -> Component:
    """The fields of a component of the household, one beside another."""
    offered = {"district_code": areas.districts, "mukim_code": areas.mukims}
    if form == AID:
        offered = {"person_id": [{"value": str(m["person_id"]), "label": m["name"]} for m in record.members]}
    values: Mapping[str, object] = {} if form == AID else record.household
    controls = [
        control(field, "", texts.input_text(field, values), words, options=offered.get(field.name))
        for field in fields_of(form)
    ]
    extra = [aid_table(record, words, may_edit=False)] if form == AID else []
    return html.Div([html.Div(controls, className="ek-form"), *extra])


def _among_members(form: str, row: str, record: WholeRecord, words: Words) -> Component:
    """The cards of the members, with a form in the place of one."""
    cards = []
    for member in record.members:
        if str(member["person_id"]) != row:
            cards.append(member_card(member, words, may_edit=False))
        elif form == PERSONAL:
            cards.append(_member_form(member, row, words))
        else:
            cards.append(_question(form, member, words))
    return html.Ul(cards, className="ek-members")


def _member_form(member: MemberRow, row: str, words: Words) -> Component:
    controls = []
    for field in PARTS[PERSONAL].fields:
        if field.name == "relationship" and member["is_head"]:
            continue
        value = texts.input_text(field, member)
        if field.name == "id_no":
            value = written(member["id_no"], kind=member["id_kind"])
        controls.append(control(field, row, value, words))
    note = [html.P(words("form.head_note"), className="ek-footnote")] if member["is_head"] else []
    hint = html.Div(id=ids.hint(row), className="ek-hint", role="status")
    return html.Li([html.Div(controls, className="ek-form"), hint, *note], className="ek-member is-open")


def _question(form: str, member: MemberRow, words: Words) -> Component:
    key = "form.remove_member" if form == REMOVE_MEMBER else "form.change_head"
    controls = [control(field, "", None, words) for field in OTHER_FIELDS[form]]
    asked = [html.H3(words(key, name=member["name"])), html.P(words(f"{key}_note")), *controls]
    return html.Li(asked, className="ek-member is-open")


def _add_member(_row: str, record: WholeRecord, words: Words) -> Component:
    personal = [control(field, "", None, words) for field in PARTS[PERSONAL].fields]
    income = [control(field, "", None, words) for field in PARTS[INCOME].fields]
    form = html.Div(
        [
            html.H3(words("form.add_member")),
            html.Div(personal, className="ek-form"),
            html.Div(id=ids.hint(""), className="ek-hint", role="status"),
            html.H3(words("form.own_income")),
            html.Div(income, className="ek-form"),
        ],
        className="ek-member is-open",
    )
    cards = [member_card(member, words, may_edit=False) for member in record.members]
    return html.Div([form, html.Ul(cards, className="ek-members")])


def _member_fields(form: str, record: WholeRecord, words: Words) -> Component:
    """A table of inputs: a row for each member, a column for each field."""
    part = PARTS[form]
    names = [words(f"field.{field.name}") for field in part.fields]
    rows = []
    for member in record.members:
        row = str(member["person_id"])
        cells: list[Component] = [html.Th(member["name"], scope="row")]
        for field, name in zip(part.fields, names, strict=True):
            label = words("form.of_member", name=member["name"], label=name)
            inner = control(field, row, texts.input_text(field, member), words, label=label)
            cells.append(html.Td(inner, **labelled(name)))
        rows.append(html.Tr(cells))
    head = html.Tr([html.Th(words("record.member"), scope="col"), *(html.Th(name, scope="col") for name in names)])
    return html.Table([html.Thead(head), html.Tbody(rows)], className="ek-listing ek-inputs")


def _income(_row: str, record: WholeRecord, words: Words) -> Component:
    reasons = [{"value": key, "label": words(f"form.correction_{key}")} for key in ("no", "yes")]
    question = control(CORRECTION, "", "no", words, options=reasons)
    line = words(
        "form.income_note",
        food=numbers.money(record.household["food_per_capita_rm"], sen=False),
        pgk=numbers.money(record.household["pgk_per_capita_rm"], sen=False),
    )
    return html.Div([html.P(line, className="ek-form-note"), _member_fields(INCOME, record, words), question])


def _remove_aid(row: str, record: WholeRecord, words: Words) -> Component:
    aid = next((item for item in record.aid if str(item["aid_id"]) == row), None)
    name = aid["programme"] if aid else ""
    asked = html.Div(
        [html.H3(words("form.remove_aid", name=name)), html.P(words("form.remove_aid_note"))],
        className="ek-member is-open",
    )
    return html.Div([asked, aid_table(record, words, may_edit=False)])


def _place(record: WholeRecord, words: Words, *, land_url: str | None) -> Component:
    household = record.household
    *controls, measured = (
        control(field, "", texts.input_text(field, household), words) for field in OTHER_FIELDS[PLACE]
    )
    device: dict[str, Any] = {"data-ek-device": "true", "data-failed": words("visit.locate_failed")}
    device |= {"data-locating": words("visit.locating"), "data-rough": words("visit.located_rough")}
    return html.Div(
        [
            screen.place_view(
                ids.PLACE_EDIT_MAP,
                ids.PLACE_EDIT_MARKER,
                words,
                latitude=household["latitude"],
                longitude=household["longitude"],
                draggable=True,
                former=words("place.former", distance=texts.distance(household["geom_accuracy_m"])),
                accuracy_m=household["geom_accuracy_m"],
                land_url=land_url,
            ),
            html.P(words("place.how"), className="ek-footnote"),
            html.Div(
                [
                    html.Button(words("place.device"), type="button", className="ek-button", **device),
                    html.P(role="status", className="ek-footnote"),
                ],
                className="ek-place-device",
            ),
            html.Div(controls, className="ek-form"),
            html.Div(measured, id=ids.PLACE_MEASURED, className="ek-form", hidden=True),
            html.Div(id=ids.PLACE_COMPARED, className="ek-compared", role="status"),
        ]
    )


def _member(record: WholeRecord, row: str) -> MemberRow | None:
    return next((member for member in record.members if str(member["person_id"]) == row), None)


_SPECIAL: dict[str, Callable[[str, WholeRecord, Words], Component]] = {
    ADD_MEMBER: _add_member,
    REMOVE_AID: _remove_aid,
    INCOME: _income,
}
