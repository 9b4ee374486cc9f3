"""What a case says: its form part by part, and what was held back beside the record it conflicts with."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.components.badges import status_badge
from dashboard.components.tables import labelled
from dashboard.household import texts
from dashboard.household.facts import facts
from dashboard.household.parts import AID, INCOME, LOCATION, PARTS, PERSONAL, Part, choice_label
from layers import numbers
from registry.cases.draft import DraftMember, Registration, completeness, may_earn, read_draft
from registry.households import rules
from registry.mykad import masked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from queries.households import WholeRecord
    from queries.row_types.cases import CaseRow
    from words import Words


def form_content(case: CaseRow, words: Words) -> Component:
    """The nine components as the form has them, with how much of each is answered."""
    form, _problems = read_draft(case["draft"], today=texts.today())
    answered = completeness(case["draft"], today=texts.today())
    sections = [_section(part, _body(part, form, case, words), answered[part.name], words) for part in PARTS.values()]
    return html.Div(sections, className="ek-record-main")


def beside(case: CaseRow, registered: WholeRecord | None, words: Words) -> Component:
    """Why a household was held back, and both families side by side; of another office's only that it has it."""
    form, _problems = read_draft(case["draft"], today=texts.today())
    mine = [_who(member.values, words) for member in form.members]
    theirs: Component
    if registered is not None:
        theirs = html.Div(
            [
                html.P(
                    [
                        dcc.Link(
                            registered.household["file_no"], href=f"/isi-rumah/{registered.household['household_id']}"
                        ),
                        " ",
                        status_badge(registered.household["status"], words),
                    ]
                ),
                _people([_who(member, words) for member in registered.members], words),
            ]
        )
    elif case["conflicting_district"]:
        theirs = html.P(words("case.held_elsewhere", district=case["conflicting_district"]))
    else:
        theirs = html.P(words("case.held_in_delivery", number=case["conflicting_file_no"] or numbers.MISSING))
    return html.Section(
        [
            html.H2(words("case.held_title")),
            html.P(words(f"case.held_{case['held_code']}")),
            html.Div(
                [
                    html.Div([html.H3(words("case.held_said")), html.P(case["held_file_no"]), _people(mine, words)]),
                    html.Div([html.H3(words("case.held_registered")), theirs]),
                ],
                className="ek-case-beside",
            ),
        ],
        className="ek-part",
        **aria(label=words("case.held_title")),
    )


def _section(part: Part, body: Component, answered: tuple[int, int], words: Words) -> Component:
    known, asked = answered
    note = [html.Span(words("record.complete", known=known, asked=asked), className="ek-part-note")] if asked else []
    title_id = f"bahagian-{part.name}"
    return html.Section(
        [html.Div([html.H2(words(f"part.{part.name}"), id=title_id), *note], className="ek-part-head"), body],
        className="ek-part",
        **aria(labelledby=title_id),
    )


def _body(part: Part, form: Registration, case: CaseRow, words: Words) -> Component:
    if part.name == LOCATION:
        named = {"district_name": case["district_name"], "mukim_name": case["mukim_name"]}
        return facts(part, form.location | named, words)
    if part.name == AID:
        return _aid(form, words)
    if part.of_members:
        return _members(part, form, words)
    return facts(part, form.dwelling if part.name == "kediaman" else form.assets, words)


def _members(part: Part, form: Registration, words: Words) -> Component:
    if not form.members:
        return html.P(words("case.no_members"), className="ek-footnote")
    fields = [field for field in part.fields if field.name != "name"]
    names = [words(f"field.{field.name}") for field in fields]
    names += [words("case.income_said")] if part.name == INCOME else []
    rows = []
    for member in form.members:
        row = {**member.values, **{f"{source}_rm": amount for source, amount in member.income.items()}}
        if part.name == PERSONAL:
            row["id_no"] = masked(rules.identity(row["id_no"])[0], kind=rules.identity(row["id_no"])[1])
        values = [texts.value_text(field, row, words) for field in fields]
        if part.name == INCOME:
            values.append(_income_said(member, words))
        cells = [html.Td(value or "—", **labelled(name)) for name, value in zip(names, values, strict=True)]
        rows.append(html.Tr([html.Th(member.values["name"] or words("case.no_name"), scope="row"), *cells]))
    return _table([words("record.member"), *names], rows)


def _income_said(member: DraftMember, words: Words) -> str:
    """What a member said of the income in all: an amount, that there is none, or nothing yet."""
    if member.has_said:
        total = sum(member.income.values(), Decimal(0))
        return numbers.money(total) if total else words("field.no_income")
    return words("case.income_unsaid") if may_earn(member, today=texts.today()) else ""


def _aid(form: Registration, words: Words) -> Component:
    if not form.aid:
        return html.P(words("case.no_aid"), className="ek-footnote")
    names = {member.key: member.values["name"] for member in form.members}
    columns = ("agency", "programme", "person_id", "given_on", "amount_rm", "frequency")
    labels = [words(f"field.{name}") for name in columns]
    rows = []
    for aid in form.aid:
        values = (
            aid["agency"],
            aid["programme"],
            names.get(aid["member"] or ""),
            numbers.day(aid["given_on"]) if aid["given_on"] else None,
            numbers.money(aid["amount_rm"]) if aid["amount_rm"] is not None else None,
            choice_label("frequency", aid["frequency"], words),
        )
        cells = [html.Td(value or "—", **labelled(label)) for label, value in zip(labels, values, strict=True)]
        rows.append(html.Tr(cells))
    return _table(labels, rows)


def _table(labels: list[str], rows: Sequence[Component]) -> Component:
    head = html.Thead(html.Tr([html.Th(label, scope="col") for label in labels]))
    table = html.Table([head, html.Tbody([*rows])], className="ek-listing")
    return html.Div(table, className="ek-case-scroll", tabIndex=0, role="group", **aria(label=labels[0]))


def _who(member: Mapping[str, Any], words: Words) -> tuple[str, str, str]:
    """Name, relationship and masked number of a member."""
    number, kind = rules.identity(member["id_no"])
    return (
        member["name"] or words("case.no_name"),
        choice_label("relationship", member["relationship"], words),
        masked(number, kind=kind or "mykad"),
    )


def _people(people: list[tuple[str, str, str]], words: Words) -> Component:
    labels = [words("record.member"), words("field.relationship"), words("field.id_no")]
    rows = [
        html.Tr(
            [
                html.Th(name, scope="row"),
                html.Td(role or "—", **labelled(labels[1])),
                html.Td(number or "—", **labelled(labels[2])),
            ]
        )
        for name, role, number in people
    ]
    return _table(labels, rows)
