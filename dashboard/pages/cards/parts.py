"""What the pages of identity cards share: tables, states, a reason to give, and the file to print."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.detail_page import sentence
from dashboard.components.sortable import Heads, ordered, sortable
from layers import numbers
from registry.cards.cards import print_cards
from registry.errors import DatabaseAway, InvalidInput
from registry.inquiries.inquiries import card_codes
from registry.mykad import masked
from reports.card_sheet import CardFace, sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.cards import CardRow
    from registry.errors import RegistryError
    from words import Words

OPEN_PATH: Final = "/k/"


def request_state(state: str, words: Words) -> Component:
    """How far a request is."""
    return html.Span(words(f"card.request_{state}"), className="ek-tag")


def card_state(row: CardRow, words: Words) -> Component:
    """Whether a card is in force."""
    return html.Span(words(f"card.card_{row['standing']}"), className="ek-tag")


def link(text: str, href: str) -> Component:
    """A link to another page of cards."""
    return dcc.Link(text, href=href)


def refused(error: RegistryError, words: Words) -> Component:
    """What was refused, beside the buttons; a database that is away is told by the frame."""
    if isinstance(error, DatabaseAway):
        raise error
    if isinstance(error, InvalidInput):
        return html.P(words("card.reason_missing"), className="ek-refused")
    return html.P(sentence(error.key, error.values, words), className="ek-refused")


def reason_field(name: object, words: Words) -> Component:
    """Where a reason is typed."""
    field: Component = dmc.Textarea(
        id=name, label=words("card.reason"), description=words("card.reason_hint"), value=""
    )
    return field


def step_button(kind: str, step: str, words: Words, *, main: bool = False) -> Component:
    """A button of a step: the callback reads which one from its id."""
    look = "ek-button ek-button-main" if main else "ek-button"
    return html.Button(words(f"card.step_{step}"), id={"type": kind, "step": step}, className=look, n_clicks=0)


def card_table(found: Sequence[CardRow], words: Words, *, by: Heads | None = None) -> Component:
    """Cards with their household, their term and whether they are in force; ``by`` where they are a page of more."""
    head = [words(f"card.{name}") for name in ("number", "file_no", "name", "district", "valid_until", "state")]
    rows: list[list[object]] = [
        [
            link(row["number"], f"/kad/{row['card_id']}"),
            row["file_no"] or words("card.gone"),
            row["head_name"] or "",
            row["district_name"],
            numbers.day(row["valid_until"]),
            card_state(row, words),
        ]
        for row in found
    ]
    label = words("card.register")
    if by is None:
        return sortable(head, rows, words, name="cards-own-register", label=label)
    return ordered(head, rows, words, name="cards", label=label, by=by)


def printed(deps: Deps, found: Sequence[CardRow], words: Words, *, sample: bool) -> dict[str, object]:
    """The sheet of cards as a file to take away; each gets a new code, and the codes of earlier prints end."""
    with deps.writing() as session:
        tokens = print_cards(session, [row["card_id"] for row in found])
        homes = [row["household_id"] for row in found if row["household_id"] is not None]
        codes = card_codes(session, homes, key=deps.settings.portal_key)
    base = deps.settings.public_url
    faces = [
        CardFace(
            number=row["number"],
            name=row["head_name"] or "",
            id_no=masked(row["id_no"], kind=row["id_kind"]),
            file_no=row["file_no"] or "",
            issued_on=row["issued_on"],
            valid_until=row["valid_until"],
            office=f"{row['district_name']}, {row['state_name']}",
            address=f"{base}{OPEN_PATH}{tokens[row['card_id']]}",
            check_code=codes.get(row["household_id"] or 0, ""),
            check_at=f"{base}/awam/kod",
            sample=sample,
        )
        for row in found
    ]
    made = sheets(faces, words, language=words.language)
    name = found[0]["number"].lower() if len(found) == 1 else str(found[0]["request_number"]).lower()
    return {
        "content": base64.b64encode(made).decode(),
        "filename": f"kad-{name}.pdf",
        "type": "application/pdf",
        "base64": True,
    }


def printable(found: Sequence[CardRow]) -> list[CardRow]:
    """The cards that may be printed: in force, with a household behind them, oldest first."""
    usable = [row for row in found if row["standing"] == "valid" and row["household_id"]]
    return sorted(usable, key=lambda row: int(row["card_id"]))
