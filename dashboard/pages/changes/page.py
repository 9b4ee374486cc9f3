"""Requests for changes: what was asked for, before and after, what it would do, and the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import pressed
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.listing import Tab, pager, tabs
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.changes import cards, ids, listing
from dashboard.pages.changes.view import STATES, RequestsView
from dashboard.sent.kinds import Clicks, Ends, Names, Text, View, whole_number
from queries import changes as reader
from registry.changes import requests as changes
from registry.errors import InvalidInput
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

PATH = "/kemaskini"
_PAGE = 20


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("changes"), data=[{"label": words("changes.title")}]),
            dcc.Store(id=ids.DONE),
            urlstate.view_store(ids.VIEW, RequestsView.parse(query)),
            html.H1(words("changes.title")),
            html.P(words("changes.lead")),
            html.Nav(id=ids.TABS, className="ek-tasks", **aria(label=words("changes.states"))),
            html.Div(id=ids.MESSAGE, role="status", className="ek-flash-place"),
            listing.section(words),
            html.P(id=ids.NOTE, className="ek-find-note"),
            html.Div(skeleton(words("changes.loading"), lines=4), id=ids.LIST),
        ],
        className="ek-page ek-households",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    _deciding(app, deps)
    listing.register(app, deps)

    @app.callback(
        Output(ids.LIST, "children"),
        Output(ids.NOTE, "children"),
        Output(ids.TABS, "children"),
        Input(ids.VIEW, "data"),
        Input(ids.DONE, "data"),
        Input(ids.TICKED, "data"),
    )
    @requires(Permission.READ_PERSONS)
    def show(view: View, _done: object, ticked: Ends | None) -> tuple[object, object, object]:
        words, state, principal = current_words(), RequestsView.parse(view), deps.person()
        with deps.reading() as conn:
            page = {"limit": _PAGE, "offset": 0 if ticked else _PAGE * (state.page - 1)}
            found, total = reader.requests(conn, state=state.state, ticked=ticked or None, **page)
        deps.note_read("read", subject="worklist", facts={"list": "changes", "state": state.state})
        if not found:
            return empty(words("changes.none"), words("changes.none_note")), None, _tabs(state, words)
        items = [cards.card(row, principal, words) for row in found]
        here = 1 if ticked else state.page
        more = pager(here, _PAGE, len(found) if ticked else total, lambda to: state.but(page=to).address(PATH), words)
        return (
            html.Div([*items, more]),
            words.n("changes.ticked" if ticked else "changes.count", total),
            _tabs(state, words),
        )


def _deciding(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.ACT_TYPE, "request": ALL, "action": ALL}, "n_clicks"),
        State({"type": ids.REASON_TYPE, "request": ALL}, "value"),
        State({"type": ids.REASON_TYPE, "request": ALL}, "id"),
        prevent_initial_call=True,
    )
    @requires(Permission.REQUEST_CHANGES)
    def decide(_clicks: Clicks, reasons: list[Text | None], names: Names) -> tuple[object, object]:
        asked = pressed()
        if asked is None:
            return no_update, no_update
        request, action = whole_number(asked["request"]), str(asked["action"])
        given = {whole_number(name["request"]): text or "" for name, text in zip(names, reasons, strict=True)}
        message = _carried(deps, request, action, given.get(request, ""), current_words())
        return {"request": request, "action": action}, message


def _carried(deps: Deps, request: int, action: str, reason: str, words: Words) -> Component:
    """Take the decision, and say what came of it."""
    try:
        with deps.writing() as session:
            outcome = action
            if action == "approve":
                outcome = "approve" if changes.approve(session, request, reason=reason) is not None else "stale"
            elif action == "refuse":
                changes.refuse(session, request, reason=reason)
            else:
                changes.withdraw(session, request)
    except InvalidInput as refusal:
        key = "changes.need_reason" if "reason" in refusal.problems else "changes.cannot"
        return html.Div(words(key), className="ek-problems", role="alert")
    return html.Div(words(f"changes.said.{outcome}"), className="ek-flash")


def _tabs(state: RequestsView, words: Words) -> Component:
    return tabs(
        [
            Tab(words(f"changes.state.{name}"), state.but(state=name, page=1).address(PATH), name == state.state)
            for name in STATES
        ]
    )
