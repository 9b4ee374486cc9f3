"""What the page of one held row shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.components.forms import ASKS, SAVES
from dashboard.components.tables import facts, ruled
from dashboard.household import given, texts
from dashboard.pages.held_aid import ids
from layers import numbers
from registry.aid.settling import REASONS
from registry.mykad import masked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.households import WholeRecord
    from queries.row_types.given_aid import HeldOneRow, InTheWayRow
    from queries.row_types.households import MemberRow
    from words import Words

_LEFT_OUT: Final = frozenset({"no_rujukan", "nama", "no_kp", "tarikh_lahir", "no_fail", "daerah", "negeri"})
"""Cells that are told elsewhere on the page: the reference in its title, the person beside the record."""


def page(
    found: HeldOneRow, record: WholeRecord | None, way: Sequence[InTheWayRow], words: Words, *, overrides: bool
) -> Component:
    """All of it; ``overrides``: whether who looks at it may let aid overlap."""
    head = html.Div(
        [
            html.H1(words("held_aid.title", reference=found["reference"])),
            html.Span(words(f"held_aid.why_{found['code']}"), className="ek-tag"),
            html.Span(words(f"held_aid.fate_{found['fate']}"), className="ek-tag"),
        ],
        className="ek-record-title",
    )
    parts: list[Component] = [
        head,
        html.P(words(f"held_aid.what_{found['code']}")),
        html.H2(words("held_aid.delivered")),
        _delivered(found, words),
    ]
    if not found["reversal"]:
        parts += [
            html.H2(words("held_aid.for_whom")),
            *([_find(words)] if found["fate"] == "held" else []),
            html.Div(persons(found, record, found["person_id"], way, words), id=ids.PERSONS),
        ]
    parts.append(_acts(found, words, overrides=overrides) if found["fate"] == "held" else _settled(found, words))
    return html.Article(parts, className="ek-held-aid")


def _delivered(found: HeldOneRow, words: Words) -> Component:
    """The row as it came, with the programme and the period as they were read."""
    entries: list[tuple[str, Any]] = [(words("held_aid.agency"), given.name_of(found, "agency", words))]
    programme = dict.fromkeys(name for what in ("programme", "kind") if (name := given.name_of(found, what, words)))
    if programme:
        entries.append((words("given.programme"), " · ".join(programme)))
    if need := given.name_of(found, "need", words):
        entries.append((words("given.need"), need))
    if found["begins"] is not None:
        entries.append((words("held_aid.period"), given.period_text(found["begins"], found["ends"], words)))
    cells = [(name, value) for name, value in sorted(found["given"].items()) if value and name not in _LEFT_OUT]
    entries += [(words(f"held_aid.cell_{name}"), value) for name, value in cells if words.has(f"held_aid.cell_{name}")]
    return facts(entries)


def persons(
    found: HeldOneRow, record: WholeRecord | None, chosen: int | None, way: Sequence[InTheWayRow], words: Words
) -> list[Component]:
    """What was delivered of the person beside the members of a household, one of whom is chosen; what is in the way."""
    cells = found["given"]
    told = [
        words("held_aid.as_delivered"),
        cells.get("nama") or numbers.MISSING,
        masked(_digits(cells.get("no_kp")), kind="mykad") or numbers.MISSING,
        cells.get("tarikh_lahir") or numbers.MISSING,
        cells.get("no_fail") or numbers.MISSING,
    ]
    head = [words(f"held_aid.{name}") for name in ("source", "name", "id_no", "birth_date", "file_no")]
    rows: list[list[Any]] = [told]
    if record is not None:
        rows += [_member(member, record, words) for member in record.members]
    parts: list[Component] = [ruled(head, rows, label=words("held_aid.for_whom"), named=True)]
    if record is None:
        return [*parts, html.P(words("held_aid.nobody"), className="ek-none")]
    home = record.household
    link = dcc.Link(words("held_aid.see_record", number=home["file_no"]), href=f"/isi-rumah/{home['household_id']}")
    area = texts.names(home["mukim_name"], home["district_name"])
    parts.append(html.P([link, f" · {area}"], className="ek-footnote"))
    if found["fate"] == "held":
        parts.append(_choice(record, chosen, words))
    parts += [
        html.H2(words("held_aid.in_the_way")),
        html.Div(in_the_way(way, words), id=ids.IN_THE_WAY, role="status"),
    ]
    return parts


def _digits(number: str | None) -> str:
    """An identity number as it is stored: without what people write between its parts."""
    return re.sub(r"[\s\-]", "", number or "")


def _member(member: MemberRow, record: WholeRecord, words: Words) -> list[Any]:
    return [
        words("record.head") if member["is_head"] else words("record.member"),
        member["name"],
        masked(member["id_no"], kind=member["id_kind"]) or numbers.MISSING,
        numbers.day(member["birth_date"]),
        record.household["file_no"],
    ]


def _choice(record: WholeRecord, chosen: int | None, words: Words) -> Component:
    """Whom the aid is for: one member of the household."""
    radios = [dmc.Radio(label=member["name"], value=str(member["person_id"])) for member in record.members]
    group: Component = dmc.RadioGroup(
        dmc.Stack(radios, gap="xs"),
        id=ids.field("person"),
        label=words("held_aid.choose"),
        value=str(chosen) if chosen is not None else None,
    )
    return html.Div(group, className="ek-held-aid-choice", **SAVES)


def _find(words: Words) -> Component:
    """Another household, by the number of its file or of one of its persons."""
    return html.Div(
        [
            dmc.TextInput(
                id=ids.FIND_TEXT,
                label=words("held_aid.find"),
                description=words("held_aid.find_hint"),
                value="",
                attributes={"input": {"autoComplete": "off", "spellCheck": "false"}},
            ),
            html.Button(words("held_aid.find_button"), id=ids.FIND, type="button", className="ek-button", n_clicks=0),
            html.P(id=ids.FOUND, role="status", className="ek-footnote"),
        ],
        className="ek-held-aid-find",
        role="search",
        **ASKS,
    )


def in_the_way(way: Sequence[InTheWayRow], words: Words) -> Component:
    """What meets the same need on some of the same days."""
    if not way:
        return html.P(words("held_aid.nothing_in_the_way"), className="ek-none")
    head = [words(f"given.{name}") for name in ("agency", "programme")]
    head += [words("held_aid.period"), words("held_aid.reference"), words("given.amount")]
    rows: list[list[Any]] = [
        [
            given.name_of(row, "agency", words),
            [given.name_of(row, "programme", words), *([html.Small(row["member_name"])] if row["member_name"] else [])],
            given.period_text(row["begins"], row["ends"], words),
            row["reference"] or numbers.MISSING,
            numbers.money(row["amount_rm"]),
        ]
        for row in way
    ]
    return ruled(head, rows, label=words("held_aid.in_the_way"), named=True)


def _acts(found: HeldOneRow, words: Words, *, overrides: bool) -> Component:
    """The reason, and the presses that settle the row."""
    parts: list[Component] = [
        html.H2(words("held_aid.settle")),
        dmc.Textarea(
            id=ids.field("reason"),
            label=words("held_aid.reason"),
            description=words("held_aid.reason_hint"),
            autosize=True,
            minRows=2,
            attributes={"input": {"maxLength": 500}},
            value="",
        ),
    ]
    presses = [_button("accept", words, main=True), _button("refuse", words)]
    parts.append(html.Div(presses, className="ek-actions"))
    if found["exclusive"] and not found["reversal"]:
        parts += _override(found, words) if overrides else [
            html.P(words("error.aid_override_not_permitted"), className="ek-footnote")
        ]  # fmt: skip
    return html.Div(parts, className="ek-column-form", **SAVES)


def _override(found: HeldOneRow, words: Words) -> list[Component]:
    reasons = ("bencana",) if found["once"] else REASONS
    return [
        html.H3(words("held_aid.override")),
        html.P(words("held_aid.override_note"), className="ek-footnote"),
        dmc.Select(
            id=ids.field("override"),
            label=words("held_aid.override_reason"),
            data=[{"value": reason, "label": words(f"override.{reason}")} for reason in reasons],
            value=None,
            placeholder=words("form.choose"),
            clearable=False,
        ),
        dmc.Textarea(
            id=ids.field("words"),
            label=words("held_aid.override_words"),
            description=words("held_aid.override_words_hint"),
            autosize=True,
            minRows=2,
            attributes={"input": {"maxLength": 500}},
            value="",
        ),
        dmc.TextInput(
            id=ids.field("evidence"),
            label=words("held_aid.evidence"),
            attributes={"input": {"maxLength": 100}},
            value="",
        ),
        html.Div(_button("override", words), className="ek-actions"),
    ]


def _button(step: str, words: Words, *, main: bool = False) -> Component:
    look = "ek-button ek-button-main" if main else "ek-button"
    return html.Button(
        words(f"held_aid.step_{step}"),
        id={"type": ids.STEP, "step": step},
        type="button",
        className=look,
        n_clicks=0,
        **aria(label=words(f"held_aid.step_{step}")),
    )


def _settled(found: HeldOneRow, words: Words) -> Component:
    return facts(
        [
            (words("held_aid.settled"), words(f"held_aid.fate_{found['fate']}")),
            (words("held_aid.settled_by"), found["settled_by"] or numbers.MISSING),
            (words("held_aid.settled_at"), numbers.moment(found["settled_at"])),
            (words("held_aid.reason"), found["settled_reason"] or numbers.MISSING),
        ]
    )
