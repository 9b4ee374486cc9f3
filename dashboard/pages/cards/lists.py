"""The state office's page of identity cards: the requests to decide on, and the register of cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html

from dashboard import urlstate
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import ASKS
from dashboard.components.listing import pager, shown
from dashboard.components.tables import ruled
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.cards import ids, opening
from dashboard.pages.cards.parts import card_table, link, request_state
from dashboard.sent.kinds import Text, View
from dashboard.urlstate import UrlState, whole
from layers import numbers
from queries import cards
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.cards import RequestListRow
    from words import Words

PATH: Final = "/kad"
ROWS: Final = 25
_LONGEST: Final = 40
_FAR: Final = 100_000


@dataclass(frozen=True)
class CardsView(UrlState):
    """Which page of the requests and of the cards."""

    requests: int = whole(1, at_least=1, at_most=_FAR, name="permohonan")
    cards: int = whole(1, at_least=1, at_most=_FAR, name="kad")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    find = html.Div(
        [
            dmc.TextInput(id=ids.NUMBER, label=words("card.find"), description=words("card.find_hint"), value=""),
            html.Button(words("card.find_button"), id=ids.FIND, className="ek-button", n_clicks=0),
        ],
        className="ek-cards-find",
        role="search",
        **ASKS,
    )
    return html.Div(
        [
            urlstate.view_store(ids.VIEW, CardsView.parse(query)),
            html.H1(words("nav.cards")),
            html.H2(words("card.requests")),
            html.Div(skeleton(words("card.loading")), id=ids.REQUESTS),
            html.H2(words("card.register")),
            find,
            html.Div(skeleton(words("card.loading")), id=ids.CARDS),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    opening.register(app, deps)

    @app.callback(Output(ids.REQUESTS, "children"), Input(ids.VIEW, "data"))
    @requires(Permission.ISSUE_CARDS)
    def show_requests(view: View) -> object:
        state = CardsView.parse(view)
        with deps.reading() as conn:
            found, total = cards.requests(conn, own=False, limit=ROWS, offset=(state.requests - 1) * ROWS)
        return _requests(found, total, state, current_words())

    @app.callback(
        Output(ids.CARDS, "children"),
        Input(ids.VIEW, "data"),
        Input(ids.FIND, "n_clicks"),
        Input(ids.NUMBER, "n_submit"),
        State(ids.NUMBER, "value"),
    )
    @requires(Permission.ISSUE_CARDS)
    def show_cards(view: View, _clicks: object, _entered: object, number: Text | None) -> object:
        state, message = CardsView.parse(view), (number or "").strip()[:_LONGEST] or None
        start = 0 if message else (state.cards - 1) * ROWS
        with deps.reading() as conn:
            found, total = cards.cards(conn, wanted=message, limit=ROWS, offset=start)
        deps.note_read("read", subject="worklist", facts={"list": "cards", "found": total})
        words = current_words()
        if not found:
            return empty(words("card.no_card_found" if message else "card.no_cards"), words("card.no_cards_hint"))
        parts = [
            html.P(shown(start, len(found), total, words, key="card.shown"), role="status"),
            card_table(found, words),
        ]
        return parts if message else [*parts, _steps(state, "cards", total, words)]


def _requests(found: list[RequestListRow], total: int, state: CardsView, words: Words) -> list[Component]:
    if not found:
        return [empty(words("card.no_requests"), words("card.no_requests_hint"))]
    head = [
        words(f"card.{name}") for name in ("request", "requested_at", "agency", "cards_asked", "office_asked", "state")
    ]
    rows: list[list[object]] = [
        [
            link(row["number"], f"/kad/permohonan/{row['request_id']}"),
            numbers.day(row["requested_at"]),
            row["agency"],
            numbers.count(row["asked"]),
            row["state_name"],
            request_state(row["state"], words),
        ]
        for row in found
    ]
    start = (state.requests - 1) * ROWS
    return [
        html.P(shown(start, len(found), total, words, key="card.shown")),
        ruled(head, rows, label=words("card.requests")),
        _steps(state, "requests", total, words),
    ]


def _steps(state: CardsView, which: str, total: int, words: Words) -> Component:
    """Links to the page before and the page after."""
    page: int = getattr(state, which)
    label = words("card.requests" if which == "requests" else "card.register")
    return pager(page, ROWS, total, lambda to: state.but(**{which: to}).address(PATH), words, label=label)
