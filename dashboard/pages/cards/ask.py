"""The page on which an agency asks for identity cards and follows its own requests."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import once
from dashboard.components.detail_page import done
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.listing import shown
from dashboard.components.sortable import sortable
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.cards import ids
from dashboard.pages.cards.parts import request_state
from dashboard.sent.kinds import Code, LongText, Number
from layers import numbers
from queries import cards
from registry.cards.cards import RequestCards, file_numbers_in, request_cards
from registry.errors import InvalidInput
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.cards import RequestListRow
    from words import Words

PATH: Final = "/kad/mohon"
_FIELDS: Final = {
    "agency": ids.ASK_AGENCY,
    "purpose": ids.ASK_PURPOSE,
    "state_code": ids.ASK_STATE,
    "file_numbers": ids.ASK_NUMBERS,
}
_MOST: Final = 50


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.ASK_KEY, data=secrets.token_hex(16)),
            html.H1(words("nav.ask_cards")),
            html.P(words("card.ask_intro")),
            _form(words),
            html.Div(id=ids.ASK_MESSAGE, role="status"),
            html.H2(words("card.own_requests")),
            html.Div(skeleton(words("card.loading")), id=ids.ASK_OWN),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.ASK_STATE, "data"), Output(ids.ASK_OWN, "children"), Input(ids.ASK_KEY, "data"))
    @requires(Permission.REQUEST_CARDS)
    def show_own(_key: object) -> tuple[list[dict[str, str]], object]:
        with deps.reading() as conn:
            states = cards.states(conn)
            found, total = cards.requests(conn, own=True, limit=_MOST)
        offered = [{"value": row["code"], "label": row["name"]} for row in states]
        return offered, own_requests(found, total, current_words())

    @app.callback(
        Output(ids.ASK_KEY, "data"),
        Output(ids.ASK_MESSAGE, "children"),
        Output(ids.ASK_NUMBERS, "value"),
        *(Output(name, "error") for name in _FIELDS.values()),
        Input(ids.ASK_SEND, "n_clicks"),
        State(ids.ASK_KEY, "data"),
        *(State(name, "value") for name in _FIELDS.values()),
        prevent_initial_call=True,
        running=[(Output(ids.ASK_SEND, "disabled"), True, False)],
    )
    @requires(Permission.REQUEST_CARDS)
    def send(clicks: Number | None, key: Code | None, *inputs: LongText | None) -> tuple[object, ...]:
        words = current_words()
        if not clicks:
            return (no_update,) * (3 + len(_FIELDS))
        given = {name: value or "" for name, value in zip(_FIELDS, inputs, strict=True)}
        command = RequestCards(
            agency=given["agency"],
            purpose=given["purpose"],
            state_code=given["state_code"],
            file_numbers=file_numbers_in(given["file_numbers"]),
        )
        try:
            result = once(deps, f"card-request {key}", lambda session: _send(session, command))
        except InvalidInput as refusal:
            problems = [refusal.problems.get(name) for name in _FIELDS]
            return (no_update, None, no_update, *(words(f"problem.{name}") if name else None for name in problems))
        kept = result["request"] is not None
        left = no_update if not kept else ""
        return (secrets.token_hex(16), _message(result, words), left, *(None for _ in _FIELDS))


def own_requests(found: list[RequestListRow], total: int, words: Words) -> Component:
    """The agency's own requests: how far they are, and what could not be found."""
    if not found:
        return empty(words("card.no_requests"), words("card.no_requests_hint"))
    head = [
        words(f"card.{name}") for name in ("request", "requested_at", "office_asked", "cards_asked", "state", "note")
    ]
    rows: list[list[object]] = [
        [
            row["number"],
            numbers.day(row["requested_at"]),
            row["state_name"],
            numbers.count(row["asked"]),
            request_state(row["state"], words),
            " · ".join(part for part in (row["reason"], _missing(row["not_found"], words)) if part),
        ]
        for row in found
    ]
    return html.Div(
        [
            html.P(shown(0, len(found), total, words, key="card.shown")),
            sortable(head, rows, words, name="cards-own", label=words("card.own_requests"), total=total),
        ]
    )


def _send(session: Writes, command: RequestCards) -> dict[str, object]:
    made = request_cards(session, command)
    return {"request": made.request_id, "not_found": made.not_found}


def _message(result: dict[str, Any], words: Words) -> Component:
    missing = _missing(result["not_found"], words)
    if result["request"] is None:
        return html.P([words("card.nothing_found"), " ", missing], className="ek-refused")
    return done(" ".join(part for part in (words("card.sent"), missing) if part))


def _missing(not_found: list[str], words: Words) -> str:
    return words("card.not_found", numbers=", ".join(not_found)) if not_found else ""


def _form(words: Words) -> Component:
    return html.Div(
        [
            dmc.TextInput(id=ids.ASK_AGENCY, label=words("card.agency"), value="", withAsterisk=True),
            dmc.Select(
                id=ids.ASK_STATE,
                label=words("card.office_asked"),
                data=[],
                searchable=True,
                withAsterisk=True,
                placeholder=words("form.choose"),
                nothingFoundMessage=words("form.no_match"),
            ),
            dmc.Textarea(id=ids.ASK_PURPOSE, label=words("card.purpose"), value="", withAsterisk=True, minRows=2),
            dmc.Textarea(
                id=ids.ASK_NUMBERS,
                label=words("card.file_numbers"),
                description=words("card.file_numbers_hint"),
                value="",
                withAsterisk=True,
                minRows=4,
                autosize=True,
            ),
            html.Button(words("card.send"), id=ids.ASK_SEND, className="ek-button ek-button-main", n_clicks=0),
        ],
        className="ek-column-form",
        **SAVES,
    )
