"""The state office's page of identity cards: the requests to decide on, and the register of cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html

from dashboard import urlstate
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import ASKS
from dashboard.components.listing import pager, shown
from dashboard.components.sortable import Heads, order_field, order_of, ordered, page_of
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
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.cards import CardRow, RequestListRow
    from words import Words

PATH: Final = "/kad"
ROWS: Final = 25
_LONGEST: Final = 40
_FAR: Final = 100_000


_REQUESTS: Final[dict[str, Callable[[RequestListRow], Any]]] = {
    "nombor": lambda row: row["number"],
    "masa": lambda row: row["requested_at"],
    "agensi": lambda row: row["agency"].casefold(),
    "kad": lambda row: row["asked"],
    "negeri": lambda row: row["state_name"],
    "keadaan": lambda row: row["state"],
}
_CARDS: Final[dict[str, Callable[[CardRow], Any]]] = {
    "nombor": lambda row: row["number"],
    "fail": lambda row: row["file_no"],
    "nama": lambda row: row["head_name"],
    "daerah": lambda row: row["district_name"],
    "tamat": lambda row: row["valid_until"],
    "keadaan": lambda row: row["standing"],
}
"""What the two lists are put in order by, for each column."""


@dataclass(frozen=True)
class CardsView(UrlState):
    """Which page of the requests and of the cards, and in which order."""

    requests: int = whole(1, at_least=1, at_most=_FAR, name="permohonan")
    cards: int = whole(1, at_least=1, at_most=_FAR, name="kad")
    requests_order: str = order_field(*_REQUESTS, name="susun-permohonan")
    cards_order: str = order_field(*_CARDS, name="susun-kad")


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
            found, total = page_of(
                lambda limit, offset: cards.requests(conn, own=False, limit=limit, offset=offset),
                order_of(state.requests_order),
                _REQUESTS,
                start=(state.requests - 1) * ROWS,
                rows=ROWS,
            )
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
            found, total = page_of(
                lambda limit, offset: cards.cards(conn, wanted=message, limit=limit, offset=offset),
                order_of(state.cards_order),
                _CARDS,
                start=start,
                rows=ROWS,
            )
        deps.note_read("read", subject="worklist", facts={"list": "cards", "found": total})
        words = current_words()
        if not found:
            return empty(words("card.no_card_found" if message else "card.no_cards"), words("card.no_cards_hint"))
        parts = [
            html.P(shown(start, len(found), total, words, key="card.shown"), role="status"),
            card_table(found, words, by=_heads(state, "cards", tuple(_CARDS), total)),
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
        ordered(
            head,
            rows,
            words,
            name="cards-requests",
            label=words("card.requests"),
            by=_heads(state, "requests", tuple(_REQUESTS), total),
        ),
        _steps(state, "requests", total, words),
    ]


def _heads(state: CardsView, which: str, columns: Sequence[str], total: int) -> Heads:
    """The heads of one of the two lists, each the address of its first page in another order."""
    order = f"{which}_order"
    return Heads(columns, getattr(state, order), lambda to: state.but(**{order: to, which: 1}).address(PATH), total)


def _steps(state: CardsView, which: str, total: int, words: Words) -> Component:
    """Links to the page before and the page after."""
    page: int = getattr(state, which)
    label = words("card.requests" if which == "requests" else "card.register")
    return pager(page, ROWS, total, lambda to: state.but(**{which: to}).address(PATH), words, label=label)
