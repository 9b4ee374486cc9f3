"""The board of support: load, first answers and solutions in time, the oldest, reopened, content, articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from dash import Dash, Input, Output, dcc, html

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.feedback import empty, skeleton
from dashboard.components.listing import Tab, tabs
from dashboard.components.sortable import sortable
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.support import ids
from dashboard.pages.support.parts import BOARD_PATH, PATH, card
from dashboard.sent.kinds import View
from dashboard.urlstate import UrlState, choice
from layers import numbers
from layers.numbers import MALAYSIA
from poverty.months import month_before
from queries import support
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.support import TicketBoardRow, TicketLoadRow
    from words import Words

MONTHS: Final = ("3", "1", "12")


@dataclass(frozen=True)
class BoardView(UrlState):
    """Over how many months."""

    months: str = choice(*MONTHS, name="bulan")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.support"), "href": PATH}, {"label": words("support.board")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("support-board"), data=trail),
            urlstate.view_store(ids.BOARD_VIEW, BoardView.parse(query)),
            html.H1(words("support.board")),
            html.Div(skeleton(words("support.loading"), lines=6), id=ids.BOARD, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.BOARD_VIEW)

    @app.callback(Output(ids.BOARD, "children"), Input(ids.BOARD_VIEW, "data"))
    @requires(Permission.HANDLE_SUPPORT)
    def show(view: View) -> list[Component]:
        words, state = current_words(), BoardView.parse(view)
        since = month_before(datetime.now(MALAYSIA).date(), int(state.months) - 1)
        with deps.reading() as conn:
            kinds = support.board(conn, since=since, by_place=False)
            places = support.board(conn, since=since, by_place=True)
            load = support.load(conn)
        return [_spans(state, words), *_told(kinds, places, load, words)]


def _spans(state: BoardView, words: Words) -> Component:
    offered = [
        Tab(words("support.months", n=months), BoardView(months=months).address(BOARD_PATH), months == state.months)
        for months in sorted(MONTHS, key=int)
    ]
    return html.Nav(tabs(offered), className="ek-tasks", **aria(label=words("support.span")))


def _told(
    kinds: Sequence[TicketBoardRow], places: Sequence[TicketBoardRow], load: Sequence[TicketLoadRow], words: Words
) -> list[Component]:
    if not kinds and not load:
        return [empty(words("support.none"), words("support.none_hint"))]
    return [
        _figures(kinds, load, words),
        card(words("support.load"), _load(load, words)),
        card(words("support.by_kind"), _table(kinds, words, name="kind")),
        card(words("support.by_place"), _table(places, words, name="place")),
        html.P(words("support.board_note"), className="ek-footnote"),
    ]


def _figures(kinds: Sequence[TicketBoardRow], load: Sequence[TicketLoadRow], words: Words) -> Component:
    total = {
        name: sum(int(row[name]) for row in kinds)
        for name in (
            "opened", "open_now", "answered", "answered_in_time", "solved", "solved_in_time", "reopened", "articles",
            "rated", "rating_sum",
        )
    }  # fmt: skip
    oldest = min((row["oldest_at"] for row in load), default=None)
    shown = [
        ("open_now", numbers.count(total["open_now"])),
        ("late", numbers.count(sum(row["late"] for row in load))),
        ("oldest", "—" if oldest is None else numbers.day(oldest)),
        ("answered_in_time", share(total["answered_in_time"], total["answered"])),
        ("solved_in_time", share(total["solved_in_time"], total["solved"])),
        ("reopened_share", share(total["reopened"], total["opened"])),
        ("satisfied", average(total["rating_sum"], total["rated"])),
        ("articles", numbers.count(total["articles"])),
    ]
    return figure_cards([figure_card(Figure(words(f"support.figure_{name}"), value)) for name, value in shown])


def _load(rows: Sequence[TicketLoadRow], words: Words) -> Component:
    head = [words(f"support.{name}") for name in ("handler", "figure_open_now", "figure_late", "figure_oldest")]
    cells = [
        [
            row["handler_name"] or words("support.nobody"),
            numbers.count(row["tickets"]),
            numbers.count(row["late"]),
            numbers.day(row["oldest_at"]),
        ]
        for row in rows
    ]
    return sortable(head, cells, words, name="support-load", label=words("support.load"))


def _table(rows: Sequence[TicketBoardRow], words: Words, *, name: str) -> Component:
    columns = (
        "opened_count", "figure_open_now", "figure_answered_in_time", "figure_solved_in_time", "figure_reopened_share",
        "figure_satisfied", "figure_articles",
    )  # fmt: skip
    head = [words(f"support.{name}"), *(words(f"support.{column}") for column in columns)]
    cells = [
        [
            words(f"support.kind_{row['code']}") if name == "kind" else row["name"] or row["code"],
            numbers.count(row["opened"]),
            numbers.count(row["open_now"]),
            share(row["answered_in_time"], row["answered"]),
            share(row["solved_in_time"], row["solved"]),
            share(row["reopened"], row["opened"]),
            average(row["rating_sum"], row["rated"]),
            numbers.count(row["articles"]),
        ]
        for row in rows
    ]
    return sortable(head, cells, words, name=f"support-{name}", label=words(f"support.by_{name}"))


def share(part: int, whole: int) -> str:
    """A share as people read it, with what it is of; a dash for a share of nothing."""
    return "—" if not whole else f"{100 * part / whole:.0f}% ({numbers.count(part)}/{numbers.count(whole)})"


def average(total: int, count: int) -> str:
    """An average of ratings out of five; a dash where nobody rated."""
    return "—" if not count else f"{total / count:.1f} / 5 ({numbers.count(count)})"
