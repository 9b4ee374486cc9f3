"""Own tickets, and for who handles support the lists of those that wait, each read on from a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dash import Dash, Input, Output, dcc, html

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.listing import Tab, tabs
from dashboard.components.tables import STEP, ruled
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.support import ids
from dashboard.pages.support.parts import (
    BOARD_PATH,
    CALENDAR_PATH,
    NEW_PATH,
    PATH,
    TEMPLATES_PATH,
    address,
    state_tag,
    time_text,
)
from dashboard.sent.kinds import View
from dashboard.urlstate import UrlState, choice, code
from layers import numbers
from queries import support
from queries.support import After
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from queries.row_types.support import OwnTicketRow, QueuedTicketRow
    from words import Words

ROWS: Final = 25
_OWN: Final = "dibuka"


@dataclass(frozen=True)
class SupportView(UrlState):
    """Which list, and after which ticket."""

    which: str = choice("", _OWN, *support.LISTS, name="senarai")
    after: str = code(pattern=r"[0-9]{1,19}-[0-9]{1,18}", name="selepas")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    ways = [dcc.Link(words("support.new"), href=NEW_PATH, className="ek-button ek-button-main")]
    if may(Permission.HANDLE_SUPPORT):
        ways += [
            dcc.Link(words("support.board"), href=BOARD_PATH, className="ek-button"),
            dcc.Link(words("support.calendar"), href=CALENDAR_PATH, className="ek-button"),
            dcc.Link(words("support.templates"), href=TEMPLATES_PATH, className="ek-button"),
        ]
    return html.Div(
        [
            dcc.Store(id=trail_of("support"), data=[{"label": words("nav.support")}]),
            urlstate.view_store(ids.VIEW, SupportView.parse(query)),
            html.Div(
                [html.H1(words("nav.support")), html.Div(ways, className="ek-case-ways")], className="ek-part-head"
            ),
            html.Nav(id=ids.TABS, className="ek-tasks", **aria(label=words("support.lists"))),
            html.Div(skeleton(words("support.loading"), lines=6), id=ids.LIST),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)

    @app.callback(Output(ids.LIST, "children"), Output(ids.TABS, "children"), Input(ids.VIEW, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(view: View) -> tuple[object, object]:
        state, words = SupportView.parse(view), current_words()
        handles = may(Permission.HANDLE_SUPPORT)
        which = (state.which or support.LISTS[0]) if handles else _OWN
        with deps.reading() as conn:
            listed = _list(conn, which, After.parse(state.after), words)
            counted = support.counts(conn) if handles else {}
        if which != _OWN:
            deps.note_read("read", subject="worklist", facts={"list": "support", "which": which})
        return listed, _tabs(which, counted, words) if handles else []


def _tabs(which: str, counts: dict[str, int], words: Words) -> Component:
    return tabs(
        [
            Tab(words(f"support.list_{name}"), SupportView(which=name).address(PATH), name == which, counts.get(name))
            for name in (*support.LISTS, _OWN)
        ]
    )


def _list(conn: Reads, which: str, after: After | None, words: Words) -> Component:
    if which == _OWN:
        own = support.own(conn, before=after.ticket if after else None, limit=ROWS + 1)
        head = [words(f"support.{name}") for name in ("number", "subject", "kind", "state", "opened", "due")]
        rows = [_own_row(row, words) for row in own[:ROWS]]
        following = After(own[ROWS - 1]["opened_at"], own[ROWS - 1]["ticket_id"]) if len(own) > ROWS else None
    else:
        found = support.queue(conn, which=which, after=after, limit=ROWS + 1)
        last = "solved" if which == "selesai" else "turn"
        names = ("number", "subject", "kind", "priority", "state", "place", "handler", last)
        head = [words(f"support.{name}") for name in names]
        rows = [_queue_row(row, words, solved=which == "selesai") for row in found[:ROWS]]
        following = After(found[ROWS - 1]["at"], found[ROWS - 1]["ticket_id"]) if len(found) > ROWS else None
    if not rows:
        return empty(words("support.none"), words("support.none_hint"))
    return html.Div([ruled(head, rows, label=words("nav.support"), named=True), _pager(which, after, following, words)])


def _pager(which: str, after: After | None, following: After | None, words: Words) -> Component:
    view = SupportView(which=which)
    links = []
    if after is not None:
        links.append(html.A(words("support.first"), href=view.address(PATH), className="ek-button", **STEP))
    if following is not None:
        to = view.but(after=following.written()).address(PATH)
        links.append(html.A(words("grid.next"), href=to, className="ek-button", **STEP))
    return html.Nav(links, className="ek-actions", **aria(label=words("grid.pages"))) if links else html.Div()


def _own_row(row: OwnTicketRow, words: Words) -> list[object]:
    over = row["state"] in {"selesai", "tutup", "digabung"}
    due = row["solve_due_at"] if row["answered"] else row["answer_due_at"]
    return [
        dcc.Link(row["number"], href=address(row["number"])),
        row["subject"],
        words(f"support.kind_{row['kind']}"),
        html.Span(state_tag(row["state"], words)),
        numbers.moment(row["opened_at"]),
        "—" if over else time_text(due, words, wound=row["state"] == "menunggu_pelapor"),
    ]


def _queue_row(row: QueuedTicketRow, words: Words, *, solved: bool) -> list[object]:
    waits = row["state"] == "menunggu_pelapor"
    when = row["solved_at"] if solved else None if waits or not row["wound"] else row["at"]
    return [
        dcc.Link(row["number"], href=address(row["number"])),
        row["subject"],
        words(f"support.kind_{row['kind']}"),
        str(row["priority"]),
        html.Span(state_tag(row["state"], words, late=row["late"], exposure=row["exposure"])),
        row["place_name"],
        row["handler_name"] or "—",
        time_text(when, words, wound=row["wound"]),
    ]
