"""The parts of a record as they are read: facts, members, incomes, aid, place, flags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components.aria import aria
from dashboard.components.forms import SAVES
from dashboard.components.tables import labelled
from dashboard.household import texts
from dashboard.household.facts import facts, known
from dashboard.household.parts import (
    ADD_MEMBER,
    AID,
    CHANGE_HEAD,
    INCOME,
    PARTS,
    PERSONAL,
    PLACE,
    REMOVE_AID,
    REMOVE_MEMBER,
    Part,
    choice_label,
    completeness,
)
from dashboard.pages.households import aid, ids, mukim
from layers import numbers, screen
from registry.mykad import masked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from queries.households import WholeRecord
    from queries.row_types.households import MemberRow, RecordRow
    from words import Words


def section(part: Part, body: Any, record: WholeRecord, words: Words, *, may_edit: bool) -> Component:
    """A component of the record: title, completeness, the button that opens its form, and its body."""
    known, asked = completeness(part, record.household, record.members)
    title_id = f"bahagian-{part.name}"
    note = [html.Span(words("record.complete", known=known, asked=asked), className="ek-part-note")] if asked else []
    form, label = {PERSONAL: (ADD_MEMBER, "record.add_member"), AID: (AID, "record.add_aid")}.get(
        part.name, (part.name, "record.edit")
    )
    button = [edit_button(words(label), form, named=words(f"part.{part.name}"))] if may_edit else []
    return html.Section(
        [
            html.Div([html.H2(words(f"part.{part.name}"), id=title_id), *note, *button], className="ek-part-head"),
            html.Div(body, id=ids.body(part.name), **SAVES),
        ],
        className="ek-part",
        **aria(labelledby=title_id),
    )


def edit_button(label: str, form: str, *, row: str = "", named: str = "", variant: str = "light") -> Component:
    """The button that opens a form; ``named`` is said after the label to who does not see where it stands."""
    extra: dict[str, Any] = {"aria-label": f"{label}: {named}"} if named else {}
    button: Component = dmc.Button(label, id=ids.edit(form, row), size="compact-sm", variant=variant, **extra)
    return button


def body_of(name: str, record: WholeRecord, words: Words, *, may_edit: bool, land_url: str | None = None) -> Component:
    """What the part ``name`` of the page shows while it is not being edited; ``land_url`` lies under its map."""
    if name == PERSONAL:
        return member_cards(record, words, may_edit=may_edit)
    if name == AID:
        return aid.aid(record, aid_table(record, words, may_edit=may_edit), words)
    if name == PLACE:
        return place(record, words, may_edit=may_edit, land_url=land_url)
    part = PARTS[name]
    if part.of_members:
        return member_table(part, record, words)
    return facts(part, record.household, words)


def member_cards(record: WholeRecord, words: Words, *, may_edit: bool) -> Component:
    """A card for each member, the head first."""
    cards = [member_card(member, words, may_edit=may_edit) for member in record.members]
    return html.Ul(cards, className="ek-members")


def member_card(member: MemberRow, words: Words, *, may_edit: bool) -> Component:
    """Who a member is: relationship, age, the masked identity number with a button that shows it, and the rest."""
    years = texts.age(member["birth_date"], texts.today())
    role = words("record.head") if member["is_head"] else choice_label("relationship", member["relationship"], words)
    brief = [
        words(f"sex.{member['sex']}") if member["sex"] else "",
        words.n("record.age", years) if years is not None else "",
    ]
    rest = [
        html.Div([html.Dt(words(f"field.{field.name}")), html.Dd(known(texts.value_text(field, member, words), words))])
        for field in PARTS[PERSONAL].fields
        if field.name not in {"name", "relationship", "id_no", "sex"}
    ]
    row = str(member["person_id"])
    buttons = [edit_button(words("record.edit"), PERSONAL, row=row, named=member["name"])] if may_edit else []
    if may_edit and not member["is_head"]:
        buttons += [
            edit_button(words("record.make_head"), CHANGE_HEAD, row=row, named=member["name"], variant="subtle"),
            edit_button(words("record.remove"), REMOVE_MEMBER, row=row, named=member["name"], variant="subtle"),
        ]
    return html.Li(
        [
            html.Div(
                [
                    html.Span(role, className="ek-tag ek-tag-head" if member["is_head"] else "ek-tag"),
                    html.H3(member["name"]),
                    html.P(" · ".join(text for text in brief if text)),
                ],
                className="ek-member-head",
            ),
            html.Dl([_identity(member, words), *rest], className="ek-member-facts"),
            html.Div(buttons, className="ek-member-buttons"),
        ],
        className="ek-member is-head" if member["is_head"] else "ek-member",
    )


def _identity(member: MemberRow, words: Words) -> Component:
    person_id = member["person_id"]
    number = masked(member["id_no"], kind=member["id_kind"])
    shown: list[Any] = [html.Span(number, id=ids.number(person_id), className="ek-number")] if number else []
    if number:
        shown.append(
            dmc.Button(
                words("record.reveal"),
                id=ids.reveal(person_id),
                size="compact-xs",
                variant="subtle",
                **aria(label=words("record.reveal_of", name=member["name"])),
            )
        )
    return html.Div([html.Dt(words("field.id_no")), html.Dd(shown or known("", words))])


def member_table(part: Part, record: WholeRecord, words: Words) -> Component:
    """One component of all members as a table; incomes with their sums."""
    money = part.name == INCOME
    names = [words(f"field.{field.name}") for field in part.fields]
    columns = [words("record.member"), *names, *([words("record.sum")] if money else [])]
    head = html.Tr([html.Th(name, scope="col") for name in columns])
    rows = []
    for member in record.members:
        values: Mapping[str, object] = member
        cells: list[Component] = [html.Th(member["name"], scope="row")]
        for field, name in zip(part.fields, names, strict=True):
            empty = money and values[field.source] == 0
            text = numbers.MISSING if empty else texts.value_text(field, member, words)
            cells.append(html.Td(known(text, words), **labelled(name)))
        if money:
            cells.append(html.Td(numbers.money(member["income_rm"]), **labelled(words("record.sum"))))
        rows.append(html.Tr(cells))
    table = [html.Caption(words(f"part.{part.name}"), className="ek-sr"), html.Thead(head), html.Tbody(rows)]
    if money:
        table.append(html.Tfoot(_income_foot(record, words)))
    return html.Table(table, className="ek-listing ek-money" if money else "ek-listing")


def _income_foot(record: WholeRecord, words: Words) -> list[Component]:
    household = record.household
    fields = PARTS[INCOME].fields
    incomes: Sequence[Mapping[str, Any]] = record.members
    sums = [sum(income[field.source] for income in incomes) for field in fields]
    cells = [html.Td(numbers.money(total), **labelled(words(f"field.{field.name}")))
             for field, total in zip(fields, sums, strict=True)]  # fmt: skip
    per_person = words.n("record.income_per_person", household["member_count"])
    return [
        html.Tr(
            [
                html.Th(words("record.income_all"), scope="row"),
                *cells,
                html.Td(html.B(numbers.money(household["income_rm"])), **labelled(words("record.sum"))),
            ]
        ),
        html.Tr(
            [
                html.Th(per_person, scope="row", colSpan=1 + len(fields)),
                html.Td(html.B(numbers.money(household["per_capita_rm"])), **labelled(words("record.sum"))),
            ]
        ),
    ]


def aid_table(record: WholeRecord, words: Words, *, may_edit: bool) -> Component:
    """What a family told of aid, newest first."""
    if not record.aid:
        return html.P(words("record.no_aid"), className="ek-none")
    names = [words(f"field.{name}") for name in ("programme", "agency", "given_on", "amount_rm", "frequency")]
    rows = []
    for told in record.aid:
        name: list[Component | str] = [told["programme"]]
        if told["member_name"]:
            name.append(html.Small(told["member_name"]))
        values = (
            told["agency"],
            numbers.day(told["given_on"]),
            numbers.money(told["amount_rm"]),
            choice_label("frequency", told["frequency"], words),
        )
        cells: list[Component] = [html.Th(name, scope="row")]
        cells += [html.Td(value, **labelled(label)) for label, value in zip(names[1:], values, strict=True)]
        if may_edit:
            remove = edit_button(
                words("record.remove"), REMOVE_AID, row=str(told["aid_id"]), named=told["programme"], variant="subtle"
            )
            cells.append(html.Td(remove))
        rows.append(html.Tr(cells))
    head: list[Component] = [html.Th(name, scope="col") for name in names]
    if may_edit:
        head.append(html.Td())
    caption = html.Caption(words(f"part.{AID}"), className="ek-sr")
    return html.Table([caption, html.Thead(html.Tr(head)), html.Tbody(rows)], className="ek-listing ek-aid")


def place(record: WholeRecord, words: Words, *, may_edit: bool, land_url: str | None) -> Component:
    """The point on a small map, how it was found and how exact it is, and the declared area against the computed."""
    household = record.household
    shown = screen.place_view(
        ids.PLACE_MAP,
        ids.PLACE_MARKER,
        words,
        latitude=household["latitude"],
        longitude=household["longitude"],
        accuracy_m=household["geom_accuracy_m"],
        land_url=land_url,
        zoom=11 if household["geom_accuracy_m"] < 5000 else 9,  # noqa: PLR2004 - metres
    )
    lines = [
        (words("place.method"), words(f"method.{household['geom_method']}")),
        (words("place.accuracy"), "± " + texts.distance(household["geom_accuracy_m"])),
        (words("place.point"), texts.point_text(household["longitude"], household["latitude"])),
        (words("place.declared"), texts.names(household["mukim_name"], household["district_name"])),
        (
            words("place.computed"),
            known(texts.names(household["computed_mukim_name"], household["computed_district_name"]), words),
        ),
    ]
    return html.Div(
        [
            shown,
            html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in lines], className="ek-place-facts"),
            *_agreement(household, words),
            *(mukim.proposal(household, words) if may_edit else []),
            *([edit_button(words("place.move"), PLACE)] if may_edit else []),
        ]
    )


def _agreement(household: RecordRow, words: Words) -> list[Component]:
    """Whether the point lies in the declared district, with the accuracy of the boundaries it was held against."""
    outside, accuracy = household["outside_district_m"], household["boundary_accuracy_m"]
    if household["boundary_source"] is None or accuracy is None:
        return []
    note = words(
        "place.boundary_approximate" if household["boundary_approximate"] else "place.boundary",
        source=household["boundary_source"],
        distance=texts.distance(accuracy),
    )
    if outside is not None:
        state = "near" if outside <= accuracy else "far"
    elif household["computed_district_code"] == household["district_code"]:
        state = "same"
    else:
        return [html.P(note, className="ek-footnote")]
    text = words(f"place.{state}", distance=texts.distance(outside))
    return [html.P(text, className=f"ek-agreement is-{state}"), html.P(note, className="ek-footnote")]


def flags(record: WholeRecord, words: Words) -> Component:
    """What is odd or missing and not put right yet."""
    if not record.flags:
        return html.P(words("record.no_flags"), className="ek-none")
    named: dict[int | None, str] = {member["member_no"]: member["name"] for member in record.members}
    items = []
    for flag in record.flags:
        who = named.get(flag["member_no"])
        text: list[Component] = [html.B(words(f"flag.{flag['code']}"))]
        if who:
            text.append(html.Span(who))
        text.append(html.Small(numbers.day(flag["raised_at"])))
        items.append(html.Li(text))
    return html.Ul(items, className="ek-flags")
