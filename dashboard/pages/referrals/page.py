"""The list of referrals: what came to the own office, what it sent, what is late on either side, what is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.listing import Tab, pager, shown_of, tabs
from dashboard.components.sortable import Heads, order_field, order_of, ordered, page_of
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.referrals import ids
from dashboard.pages.referrals.parts import NEW_PATH, PATH, about_text, address, party_name, state_tag
from dashboard.sent.kinds import View
from dashboard.urlstate import UrlState, choice, whole
from layers import numbers
from queries import referrals
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.referrals import ReferralListRow
    from words import Words

ROWS: Final = 25
_FAR: Final = 100_000
_ORDERS: Final[dict[str, Callable[[ReferralListRow], Any]]] = {
    "nombor": lambda row: row["number"],
    "perihal": lambda row: (row["head_name"] or row["area_name"] or "").casefold(),
    "daripada": lambda row: row["from_ms"].casefold(),
    "kepada": lambda row: row["to_ms"].casefold(),
    "keadaan": lambda row: row["state"],
    "dihantar": lambda row: row["sent_on"],
    "tempoh": lambda row: row["due_on"],
}
"""What the list is put in order by, for each column."""


@dataclass(frozen=True)
class ReferralsView(UrlState):
    """Which list, which page of it, in which order."""

    which: str = choice(*referrals.LISTS, name="senarai")
    page: int = whole(1, at_least=1, at_most=_FAR, name="halaman")
    order: str = order_field(*_ORDERS)


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("referrals"), data=[{"label": words("nav.referrals")}]),
            urlstate.view_store(ids.VIEW, ReferralsView.parse(query)),
            html.Div(
                [
                    html.H1(words("nav.referrals")),
                    dcc.Link(words("referral.new"), href=NEW_PATH, className="ek-button ek-button-main"),
                ],
                className="ek-part-head",
            ),
            html.Nav(id=ids.TABS, className="ek-tasks", **aria(label=words("referral.lists"))),
            html.Div(skeleton(words("referral.loading"), lines=6), id=ids.LIST),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)

    @app.callback(Output(ids.LIST, "children"), Output(ids.TABS, "children"), Input(ids.VIEW, "data"))
    @requires(Permission.REFER)
    def show(view: View) -> tuple[object, object]:
        state, words = ReferralsView.parse(view), current_words()
        with deps.reading() as conn:
            found, total = page_of(
                lambda limit, offset: referrals.listed(conn, which=state.which, limit=limit, offset=offset),
                order_of(state.order),
                _ORDERS,
                start=(state.page - 1) * ROWS,
                rows=ROWS,
            )
            counted = referrals.counts(conn)
        deps.note_read("read", subject="worklist", facts={"list": "referrals", "which": state.which})
        known = {"kepada": counted["received"], "lewat": counted["late"]}
        return _list(found, total, state, words), _tabs(state, known, words)


def _tabs(state: ReferralsView, counts: dict[str, int], words: Words) -> Component:
    return tabs(
        [
            Tab(
                words(f"referral.list_{name}"),
                state.but(which=name, page=1, order="").address(PATH),
                name == state.which,
                counts.get(name),
            )
            for name in referrals.LISTS
        ]
    )


def _list(found: list[ReferralListRow], total: int, state: ReferralsView, words: Words) -> Component:
    if not found:
        return empty(words("referral.none"), words("referral.none_hint"))
    head = [words(f"referral.{name}") for name in ("number", "about", "from", "to", "state", "sent_on", "due_on")]
    start = (state.page - 1) * ROWS
    by = Heads(tuple(_ORDERS), state.order, lambda to: state.but(order=to, page=1).address(PATH), total)
    rows = [_row(row, words) for row in found]
    return html.Div(
        [
            shown_of(start, len(found), total, words, key="referral.shown"),
            ordered(head, rows, words, name="referrals", label=words("nav.referrals"), by=by),
            pager(state.page, ROWS, total, lambda to: state.but(page=to).address(PATH), words),
        ]
    )


def _row(row: ReferralListRow, words: Words) -> list[object]:
    decision = [html.Br(), html.Small(words(f"referral.decision_{row['decision']}"))] if row["decision"] else []
    return [
        dcc.Link(row["number"], href=address(row["number"])),
        about_text(row, row["head_name"], words),
        party_name(row["from_party"], row, "from", words),
        party_name(row["to_party"], row, "to", words),
        html.Span([*state_tag(row["state"], words, late=row["late"]), *decision]),
        numbers.day(row["sent_on"]),
        numbers.day(row["due_on"]),
    ]
