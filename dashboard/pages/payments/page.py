"""Payments: the lists, cases that can be paid, what waits for an answer, and the files of answers that came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard import urlstate
from dashboard.components.feedback import empty, skeleton
from dashboard.components.listing import shown
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP
from dashboard.components.upload_zone import Zone
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.payments import ids, making, sending
from dashboard.pages.payments.texts import FILE_PATH, PATH, PaymentsView, amount, state_badge
from dashboard.sent.kinds import View
from layers import numbers
from queries import ledger
from registry.ledger.answer_files import LARGEST
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.ledger import AnswerFileRow, PaymentListRow, UnansweredRow
    from words import Words

_ROWS: Final = 50
_ZONE: Final = Zone(
    name="payments",
    words="payment.zone",
    accept=".csv,.xlsx",
    most_bytes=LARGEST,
    address=sending.UPLOAD_ROUTE,
    page=FILE_PATH,
)


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    loading = words("payment.loading")
    return html.Div(
        [
            dcc.Store(id=trail_of("payments"), data=[{"label": words("nav.payments")}]),
            urlstate.view_store(ids.VIEW, PaymentsView.parse(query)),
            html.H1(words("nav.payments")),
            html.P(words("payment.intro")),
            html.Div(skeleton(loading), id=ids.LISTS, className="ek-spaced"),
            making.section(words),
            html.Div(skeleton(loading), id=ids.WAITING, className="ek-spaced"),
            html.H2(words("payment.answers")),
            html.P(words("payment.answers_intro")),
            _ZONE.view(words),
            html.Div(skeleton(loading), id=ids.ANSWERS, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    sending.register(app.server, deps)
    making.register(app, deps)
    _ZONE.register(app)

    @app.callback(
        Output(ids.LISTS, "children"),
        Output(ids.WAITING, "children"),
        Output(ids.ANSWERS, "children"),
        Input(ids.VIEW, "data"),
        Input(ids.MADE, "data"),
    )
    @requires(Permission.READ_LEDGER)
    def show(view: View, _made: object) -> tuple[object, object, object]:
        words, state = current_words(), PaymentsView.parse(view)
        with deps.reading() as conn:
            lists = ledger.lists(conn, before=state.before or None, limit=_ROWS + 1)
            waiting, total = ledger.unanswered(conn, limit=_ROWS)
            files = ledger.answer_files(conn, limit=_ROWS)
        return _lists(lists, state, words), _waiting(waiting, total, words), _files(files, words)


def _lists(found: Sequence[PaymentListRow], state: PaymentsView, words: Words) -> list[Component]:
    title = html.H2(words("payment.lists"))
    if not found:
        return [title, empty(words("payment.no_lists"), words("payment.no_lists_hint"))]
    head = [
        words(f"payment.{name}") for name in ("list", "programme", "listed_on", "rows", "amount", "state", "made_by")
    ]
    rows: list[list[Any]] = [
        [
            html.A(row["number"], href=f"{PATH}/{row['id']}", **STEP),
            row["programme"],
            numbers.day(row["listed_on"]) if row["listed_on"] else numbers.MISSING,
            numbers.count(row["payments"]),
            amount(row["amount"]),
            state_badge(row["state"], words),
            row["made_by"] or numbers.MISSING,
        ]
        for row in found[:_ROWS]
    ]
    whole = len(found) <= _ROWS and not state.before
    table = sortable(
        head, rows, words, name="payments", label=words("payment.lists"), total=len(rows) if whole else len(rows) + 1
    )
    links = []
    if state.before:
        links.append(
            html.A(words("payment.newest"), href=state.but(before=0).address(PATH), className="ek-button", **STEP)
        )
    if len(found) > _ROWS:
        older = state.but(before=found[_ROWS - 1]["id"]).address(PATH)
        links.append(html.A(words("payment.older"), href=older, className="ek-button", **STEP))
    return [title, table, html.Div(links, className="ek-actions")]


def _waiting(found: Sequence[UnansweredRow], total: int, words: Words) -> list[Component]:
    title = html.H2(words("payment.waiting"))
    if not found:
        return [title, html.P(words("payment.none_waiting"))]
    head = [words(f"payment.{name}") for name in ("payment", "list", "office", "case", "amount", "sent_on", "days")]
    rows: list[list[Any]] = [
        [
            row["number"],
            html.A(row["list_number"], href=f"{PATH}/{row['list_id']}", **STEP) if row["list_id"] else numbers.MISSING,
            row["office"],
            row["case_no"],
            amount(row["amount"]),
            numbers.day(row["sent_on"]),
            numbers.count(row["days"]),
        ]
        for row in found
    ]
    return [
        title,
        html.P(shown(0, len(found), total, words, key="payment.shown"), className="ek-footnote"),
        sortable(head, rows, words, name="payments-waiting", label=words("payment.waiting"), total=total),
    ]


def _files(found: Sequence[AnswerFileRow], words: Words) -> list[Component]:
    if not found:
        return [html.P(words("payment.no_answers"))]
    head = [words(f"payment.{name}") for name in ("file", "received_on", "accepted", "unchanged", "held", "rejected")]
    rows: list[list[Any]] = [
        [
            html.A(row["name"], href=f"{FILE_PATH}/{row['id']}", **STEP),
            numbers.day(row["received_on"]),
            *(numbers.count(row[name]) for name in ("accepted", "unchanged", "held", "rejected")),
        ]
        for row in found
    ]
    return [sortable(head, rows, words, name="payments-answers", label=words("payment.answers"))]
