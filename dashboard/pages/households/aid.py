"""The part of a record on aid: needs that are met, what agencies gave, and apart from it what the family told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, dcc, html

from dashboard.components.tables import labelled
from dashboard.guards import may
from dashboard.household import given
from dashboard.household.parts import AID
from dashboard.pages.households import programmes, protecting
from layers import numbers
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.households import WholeRecord
    from queries.row_types.given_aid import GivenRow
    from words import Words

_FIRST: Final = 6
"""How many lines are shown at once; older ones open with a press."""


def aid(record: WholeRecord, told: Component, words: Words) -> Component:
    """All of it; ``told`` is the table of what the family said."""
    return html.Div(
        [
            *_needs(record, words),
            html.H3(words("given.lines")),
            *_lines(record, words),
            html.H3(words("given.by_family")),
            html.P(words("given.by_family_note"), className="ek-footnote"),
            told,
        ],
        className="ek-given",
    )


def cards(record: WholeRecord, words: Words) -> list[tuple[str, Component, str]]:
    """What stands beside the record: whether its place is protected, and which programmes would take it."""
    protected = record.household["place_protected"]
    return [
        (words("protect.title"), protecting.card(words, protected=protected), "ek-part-protected"),
        (words("programme.why_title"), programmes.question(words), "ek-part-programmes"),
    ]


def register(app: Dash, deps: Deps) -> None:
    """Wire what these cards do onto ``app``."""
    programmes.register(app, deps)
    protecting.register(app, deps)


def _needs(record: WholeRecord, words: Words) -> list[Component]:
    met = given.need_texts(record, words)
    if not met:
        return [html.P(words("given.none_met"), className="ek-none")]
    return [html.Ul([html.Li(line) for line in met], className="ek-needs")]


def _lines(record: WholeRecord, words: Words) -> list[Component]:
    lines = record.given
    parts: list[Component] = []
    if lines:
        parts.append(_table(record, lines[:_FIRST], words))
        if len(lines) > _FIRST:
            older = lines[_FIRST:]
            summary = html.Summary(words.n("given.older", len(older)))
            parts.append(html.Details([summary, _table(record, older, words)]))
        parts.append(html.P(" ".join(given.total_texts(record, words)), className="ek-footnote"))
    else:
        parts.append(html.P(words("given.none"), className="ek-none"))
        if record.held["held"]:
            amount = numbers.money(record.held["held_rm"])
            parts.append(html.P(words.n("given.held", record.held["held"], amount=amount), className="ek-footnote"))
    if record.held["held"] and may(Permission.SETTLE_AID):
        parts.append(html.P(dcc.Link(words("given.see_held"), href=given.HELD_PATH)))
    return parts


def _table(record: WholeRecord, lines: Sequence[GivenRow], words: Words) -> Component:
    names = [words(f"given.{name}") for name in ("programme", "agency", "day", "need", "amount")]
    members = {member["member_no"]: member["name"] for member in record.members}
    rows = [_row(line, names, members.get(line["member_no"] or 0), words) for line in lines]
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in names]))
    caption = html.Caption(words(f"part.{AID}"), className="ek-sr")
    return html.Table([caption, head, html.Tbody(rows)], className="ek-listing ek-aid")


def _row(line: GivenRow, names: list[str], member: str | None, words: Words) -> Component:
    back = line["reversed_on"] is not None
    amount = numbers.money(line["amount_rm"]) if line["amount_rm"] is not None else words("given.not_told")
    first: list[Component | str] = [given.programme_text(line, words)]
    first += [html.Small(text) for text in (member, line["reference"]) if text]
    first += [html.Span(mark, className="ek-tag") for mark in given.marks_of(line, words)]
    need = [
        given.name_of(line, "need", words),
        html.Small(given.period_text(line["begins"], line["ends"], words)),
    ]
    quantity = given.quantity_text(line)
    values: list[Any] = [
        given.name_of(line, "agency", words) or words("given.hidden_agency"),
        numbers.day(line["day"]),
        need,
        [html.S(amount) if back else amount, *([html.Small(quantity)] if quantity else [])],
    ]
    cells: list[Component] = [html.Th(first, scope="row")]
    cells += [html.Td(value, **labelled(name)) for name, value in zip(names[1:], values, strict=True)]
    return html.Tr(cells, className="is-reversed" if back else None)
