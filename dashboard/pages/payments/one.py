"""The page of one list of payments: its rows, its release by another person, and the file that goes out."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.acting import answered, pressed
from dashboard.components.detail_page import DetailIds, detail_layout, done, sentence
from dashboard.components.feedback import empty
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.components.tables import facts
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.payments import ids
from dashboard.pages.payments.texts import PATH as LISTS_PATH
from dashboard.pages.payments.texts import amount, state_badge
from dashboard.sent.kinds import Clicks, Number, whole_number
from dashboard.taking import file_buttons
from layers import numbers
from queries import ledger
from registry.ledger.payments import call_off, release_list
from registry.mykad import masked
from registry.principals import Permission
from reports.payments import payments_file
from reports.spreadsheet import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.ledger import PaymentListHeadRow, PaymentRow
    from registry.errors import RegistryError
    from registry.principals import Principal
    from words import Words

PATH: Final = "/bayaran/<listed>"
_IDS: Final = DetailIds(
    record=ids.LIST,
    loaded=ids.LIST_LOADED,
    done=ids.LIST_DONE,
    message=ids.LIST_MESSAGE,
    content=ids.LIST_CONTENT,
    trail="payments-one",
)


def layout(listed: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    extra = [
        dcc.Download(id=ids.LIST_FILE),
        dcc.Store(id=ids.LIST_OFF_DONE),
        html.Div(id=ids.LIST_OFF_MESSAGE, role="status"),
    ]
    words = current_words()
    offered = file_buttons(ids.LIST_CSV, ids.LIST_XLSX, words)
    buttons = html.Div(offered, id=ids.LIST_FILES, className="ek-actions", hidden=True)
    return detail_layout(_IDS, listed, loading=words("payment.loading"), extra=extra, below=[buttons])


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.LIST_CONTENT, "children"),
        Output(trail_of(_IDS.trail), "data"),
        Output(ids.LIST_FILES, "hidden"),
        Input(ids.LIST, "data"),
        Input(ids.LIST_DONE, "data"),
        Input(ids.LIST_OFF_DONE, "data"),
    )
    @requires(Permission.READ_LEDGER)
    def show(listed: Number | None, _done: object, _off: object) -> tuple[object, object, bool]:
        words = current_words()
        with deps.reading() as conn:
            found = ledger.payment_list(conn, listed) if listed is not None else None
            rows = ledger.payments(conn, found["id"]) if found else []
        if found is None:
            return empty(words("payment.no_list"), words("error.not_found"), page=True), no_update, True
        deps.note_read("read", subject="payment_list", subject_id=listed)
        trail = [{"label": words("nav.payments"), "href": LISTS_PATH}, {"label": found["number"]}]
        person = deps.person()
        kept = found["state"] == "dilepaskan" and person.may(Permission.MAKE_PAYMENTS)
        return _page(found, rows, person, words), trail, not kept

    @app.callback(
        Output(ids.LIST_FILE, "data"),
        Input(ids.LIST_CSV, "n_clicks"),
        Input(ids.LIST_XLSX, "n_clicks"),
        State(ids.LIST, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.MAKE_PAYMENTS)
    @limited(DOWNLOADS)
    def keep(csv: Number | None, xlsx: Number | None, listed: Number | None) -> object:
        if not (csv or xlsx) or listed is None:
            return no_update
        with deps.reading() as conn:
            found = ledger.payment_list(conn, listed)
            rows = ledger.payments(conn, listed) if found and found["state"] == "dilepaskan" else []
        if not rows:
            return no_update
        kind = "xlsx" if ctx.triggered_id == ids.LIST_XLSX else "csv"
        deps.note_read("export", subject="payment_list", subject_id=listed)
        file = {"filename": f"{rows[0]['list_number']}.{kind}", "type": KINDS[kind]}
        content = payments_file(kind, rows)
        if isinstance(content, str):
            return file | {"content": content}
        return file | {"content": base64.b64encode(content).decode(), "base64": True}

    _acting(app, deps)


def _acting(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.LIST_DONE, "data"),
        Output(ids.LIST_MESSAGE, "children"),
        Input({"type": ids.LIST_RELEASE, "list": ALL}, "n_clicks"),
        State(ids.LIST, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.RELEASE_PAYMENTS)
    def release(_clicks: Clicks, listed: Number | None) -> tuple[object, object]:
        words = current_words()
        if pressed() is None or listed is None:
            return no_update, no_update
        day = datetime.now(numbers.MALAYSIA).date()
        return answered(
            deps,
            f"payment-release {listed}",
            lambda session: {"sent": release_list(session, listed, day=day)},
            message=lambda result: done(words("payment.released", n=numbers.count(result["sent"]))),
            refused=lambda error: _refused(error, words),
        )

    @app.callback(
        Output(ids.LIST_OFF_DONE, "data"),
        Output(ids.LIST_OFF_MESSAGE, "children"),
        Input({"type": ids.LIST_CALL_OFF, "payment": ALL}, "n_clicks"),
        State(ids.LIST, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_LEDGER)
    def take_off(_clicks: Clicks, listed: Number | None) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None or listed is None:
            return no_update, no_update
        payment = whole_number(asked["payment"]) or None

        def act(session: Any) -> dict[str, object]:
            call_off(session, listed, payment)
            return {"off": payment or 0}

        return answered(
            deps,
            f"payment-off {listed} {payment}",
            act,
            message=lambda _result: done(words("payment.called_off")),
            refused=lambda error: _refused(error, words),
        )


def _page(found: PaymentListHeadRow, rows: Sequence[PaymentRow], person: Principal, words: Words) -> Component:
    programme = found["programme_ms"] if words.language == "ms" else found["programme_en"]
    held = [row for row in rows if row["state"] != "dibatalkan"]
    entries: list[tuple[str, object]] = [
        (words("payment.programme"), f"{found['programme']} · {programme}"),
        (words("payment.office"), found["office"] or words("payment.all_offices")),
        (words("payment.rows"), numbers.count(len(held))),
        (words("payment.amount"), numbers.money(sum(row["amount"] for row in held))),
        (words("payment.made_by"), f"{found['made_by'] or numbers.MISSING}, {numbers.moment(found['made_at'])}"),
    ]
    if found["released_by"]:
        entries.append(
            (words("payment.released_by"), f"{found['released_by']}, {numbers.moment(found['released_at'])}")
        )
    open_ = found["state"] == "disediakan"
    return html.Article(
        [
            html.H1([words("payment.list_title", number=found["number"]), " ", state_badge(found["state"], words)]),
            facts(entries),
            _steps(found, person, words) if open_ else html.Div(),
            _table(rows, words, open_=open_),
        ]
    )


def _steps(found: PaymentListHeadRow, person: Principal, words: Words) -> Component:
    parts: list[Component] = []
    if person.may(Permission.RELEASE_PAYMENTS) and not found["own"]:
        parts.append(_button(ids.LIST_RELEASE, "list", found["id"], words("payment.release"), main=True))
    if person.may(Permission.MAKE_PAYMENTS) or person.may(Permission.RELEASE_PAYMENTS):
        parts.append(_button(ids.LIST_CALL_OFF, "payment", 0, words("payment.call_off")))
    note = [html.P(words("payment.another_releases"), className="ek-footnote")] if found["own"] else []
    return html.Div([*note, html.Div(parts, className="ek-actions")], **SAVES)


def _table(rows: Sequence[PaymentRow], words: Words, *, open_: bool) -> Component:
    names = ["payment", "case", "office", "payee", "id_no", "account", "amount", "state"]
    head = [words(f"payment.{name}") for name in (*names, *(["off"] if open_ else []))]
    drawn: list[list[Any]] = [[*_row(row, words), *([_off(row, words)] if open_ else [])] for row in rows]
    return sortable(head, drawn, words, name="payments-rows", label=words("payment.rows_of"), fixed=1 if open_ else 0)


def _row(row: PaymentRow, words: Words) -> list[Any]:
    state: Any = state_badge(row["state"], words)
    if row["changed"]:
        state = html.Div([state, " ", words("payment.changed_account")])
    elif row["reason"]:
        state = html.Div([state, f" {row['reason']}"])
    return [
        row["number"],
        row["case_no"],
        row["office"],
        row["payee_name"] or numbers.MISSING,
        masked(row["id_no"], kind="mykad") or numbers.MISSING,
        f"{row['bank_code']} {row['account_no']}" if row["account_no"] else numbers.MISSING,
        amount(row["amount"]),
        state,
    ]


def _off(row: PaymentRow, words: Words) -> Any:
    if row["state"] != "disediakan":
        return ""
    return _button(ids.LIST_CALL_OFF, "payment", row["id"], words("payment.take_off"))


def _button(kind: str, named: str, value: int, label: str, *, main: bool = False) -> Component:
    looks = "ek-button ek-button-main" if main else "ek-button"
    button: Component = html.Button(label, id={"type": kind, named: value}, className=looks, n_clicks=0)
    return button


def _refused(error: RegistryError, words: Words) -> Component:
    return html.P(sentence(error.key, error.values, words), className="ek-refused")
