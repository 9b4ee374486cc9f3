"""The page of one request for identity cards: the decision, the issue, and the sheet to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, pressed
from dashboard.components.detail_page import DetailIds, detail_layout, done
from dashboard.components.feedback import empty
from dashboard.components.forms import SAVES
from dashboard.components.tables import facts
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.cards import ids
from dashboard.pages.cards.lists import PATH as LISTS_PATH
from dashboard.pages.cards.parts import (
    card_table,
    printable,
    printed,
    reason_field,
    refused,
    request_state,
    step_button,
)
from dashboard.sent.kinds import Clicks, Number, Seen, Text
from layers import numbers
from queries import accounts, cards
from registry.cards.cards import DecideRequest, IssueCards, decide_request, issue_cards
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.cards import CardRow, RequestRow
    from words import Words

PATH: Final = "/kad/permohonan/<request>"
_MOST: Final = 100
_IDS: Final = DetailIds(
    record=ids.REQUEST,
    loaded=ids.REQUEST_LOADED,
    done=ids.REQUEST_DONE,
    message=ids.REQUEST_MESSAGE,
    content=ids.REQUEST_CONTENT,
    trail="cards-request",
)


def layout(request: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    file = dcc.Download(id=ids.REQUEST_FILE)
    return detail_layout(_IDS, request, loading=current_words()("card.loading"), extra=[file])


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.REQUEST_CONTENT, "children"),
        Output(ids.REQUEST_LOADED, "data"),
        Output(trail_of(_IDS.trail), "data"),
        Input(ids.REQUEST, "data"),
        Input(ids.REQUEST_DONE, "data"),
    )
    @requires(Permission.ISSUE_CARDS)
    def show(request: Number | None, _done: object) -> tuple[object, object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = cards.request(conn, request) if request is not None else None
            made, _total = cards.cards(conn, request_id=request, limit=_MOST) if found else ([], 0)
        if found is None:
            return empty(words("card.no_request"), words("error.not_found"), page=True), None, no_update
        deps.note_read("read", subject="card_request", subject_id=request)
        trail = [{"label": words("nav.cards"), "href": LISTS_PATH}, {"label": found["number"]}]
        return _page(found, made, words), {"version": found["version"]}, trail

    @app.callback(
        Output(ids.REQUEST_DONE, "data"),
        Output(ids.REQUEST_MESSAGE, "children"),
        Input({"type": ids.REQUEST_STEP, "step": ALL}, "n_clicks"),
        State({"type": ids.REQUEST_REASON, "step": ALL}, "value"),
        State(ids.REQUEST, "data"),
        State(ids.REQUEST_LOADED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ISSUE_CARDS)
    def take(
        _clicks: Clicks, reasons: list[Text | None], request: Number | None, loaded: Seen | None
    ) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None or request is None or not loaded:
            return no_update, no_update
        reason = next((text or "" for text in reasons), "")
        step, version = str(asked["step"]), loaded.version
        return answered(
            deps,
            f"card-step {request} {version} {step}",
            lambda session: _take(session, step, request, version, reason),
            message=lambda result: done(_message(result, words)),
            refused=lambda error: refused(error, words),
        )

    @app.callback(
        Output(ids.REQUEST_FILE, "data"),
        Input({"type": ids.REQUEST_PRINT, "step": ALL}, "n_clicks"),
        State(ids.REQUEST, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ISSUE_CARDS)
    @limited(DOWNLOADS)
    def print_sheet(_clicks: Clicks, request: Number | None) -> object:
        if pressed() is None or request is None:
            return no_update
        with deps.reading() as conn:
            made, _total = cards.cards(conn, request_id=request, limit=_MOST)
            sample = accounts.register_state(conn).sample
        found = printable(made)
        return printed(deps, found, current_words(), sample=sample) if found else no_update


def _take(session: Writes, step: str, request: int, version: int, reason: str) -> dict[str, object]:
    if step == "issue":
        issued = issue_cards(session, IssueCards(request_id=request, version=version))
        return {"step": step, "cards": len(issued.cards), "without": issued.without}
    approve = step == "approve"
    decide_request(session, DecideRequest(request_id=request, version=version, approve=approve, reason=reason))
    return {"step": step}


def _message(result: dict[str, Any], words: Words) -> str:
    if result["step"] != "issue":
        return words(f"card.did_{result['step']}")
    without = result["without"]
    message = words.n("card.did_issue", int(result["cards"]))
    return f"{message} {words('card.without', numbers=', '.join(without))}" if without else message


def _page(found: RequestRow, made: list[CardRow], words: Words) -> Component:
    entries: list[tuple[str, object]] = [
        (words("card.agency"), found["agency"]),
        (words("card.purpose"), found["purpose"]),
        (words("card.requested_at"), numbers.moment(found["requested_at"])),
        (words("card.office_asked"), found["state_name"]),
        (words("card.file_numbers"), ", ".join(found["file_numbers"])),
    ]
    if found["decided_at"]:
        entries.append((words("card.decided_at"), numbers.moment(found["decided_at"])))
    if found["reason"]:
        entries.append((words("card.reason"), found["reason"]))
    parts: list[Component] = [
        html.H1([words("card.request_title", number=found["number"]), " ", request_state(found["state"], words)]),
        facts(entries),
        _steps(found, words),
    ]
    if made:
        parts += [html.H2(words("card.register")), card_table(made, words), _print(made, words)]
    return html.Article(parts)


def _steps(found: RequestRow, words: Words) -> Component:
    if found["own"]:
        return html.P(words("error.case_step_same_person"), className="ek-footnote")
    if found["state"] == "approved":
        button = step_button(ids.REQUEST_STEP, "issue", words, main=True)
        return html.Div(button, className="ek-actions")
    if found["state"] != "requested":
        return html.Div()
    buttons = [
        step_button(ids.REQUEST_STEP, "approve", words, main=True),
        step_button(ids.REQUEST_STEP, "refuse", words),
    ]
    reason = reason_field({"type": ids.REQUEST_REASON, "step": "decide"}, words)
    return html.Div([reason, html.Div(buttons, className="ek-actions")], className="ek-column-form", **SAVES)


def _print(made: list[CardRow], words: Words) -> Component:
    if not printable(made):
        return html.Div()
    button = step_button(ids.REQUEST_PRINT, "print", words, main=True)
    return html.Div([button, html.P(words("card.print_note"), className="ek-footnote")])
