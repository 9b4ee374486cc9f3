"""The page of one file of answers: how many moved money, and the rows that somebody must look at, to take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.components.detail_page import DetailIds, detail_layout
from dashboard.components.feedback import empty
from dashboard.components.sortable import sortable
from dashboard.components.tables import facts
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.payments import ids
from dashboard.pages.payments.texts import PATH as LISTS_PATH
from dashboard.sent.kinds import Number
from layers import numbers
from queries import ledger
from registry.principals import Permission
from reports.payments import rejected_file
from reports.spreadsheet import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.ledger import AnswerFileRow, RejectedAnswerRow
    from words import Words

PATH: Final = "/bayaran/jawapan/<file>"
_IDS: Final = DetailIds(
    record=ids.FILE,
    loaded=ids.FILE_LOADED,
    done=ids.FILE_DONE,
    message=ids.FILE_MESSAGE,
    content=ids.FILE_CONTENT,
    trail="payments-file",
)
_FATES: Final = ("accepted", "unchanged", "held", "rejected")


def layout(file: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    keep = html.Button(
        words("payment.keep_rejected"), id=ids.FILE_KEEP, type="button", className="ek-button", n_clicks=0
    )
    kept = html.Div(keep, id=ids.FILE_PART, className="ek-actions", hidden=True)
    return detail_layout(
        _IDS,
        file,
        loading=words("payment.loading"),
        extra=[dcc.Download(id=ids.FILE_DOWNLOAD)],
        below=[kept],
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.FILE_CONTENT, "children"),
        Output(trail_of(_IDS.trail), "data"),
        Output(ids.FILE_PART, "hidden"),
        Input(ids.FILE, "data"),
    )
    @requires(Permission.MAKE_PAYMENTS)
    def show(file: Number | None) -> tuple[object, object, bool]:
        words = current_words()
        with deps.reading() as conn:
            found = ledger.answer_file(conn, file) if file is not None else None
            rows = ledger.rejected(conn, found["id"]) if found else []
        if found is None:
            return empty(words("payment.no_file"), words("error.not_found"), page=True), no_update, True
        trail = [{"label": words("nav.payments"), "href": LISTS_PATH}, {"label": found["name"]}]
        return _page(found, rows, words), trail, not rows

    @app.callback(
        Output(ids.FILE_DOWNLOAD, "data"),
        Input(ids.FILE_KEEP, "n_clicks"),
        State(ids.FILE, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.MAKE_PAYMENTS)
    @limited(DOWNLOADS)
    def keep(clicks: Number | None, file: Number | None) -> object:
        if not clicks or file is None:
            return no_update
        with deps.reading() as conn:
            rows = ledger.rejected(conn, file)
        if not rows:
            return no_update
        deps.note_read("export", subject="payment_answer_file", subject_id=file)
        content = rejected_file(rows, current_words())
        return {"filename": f"jawapan-ditolak-{file}.csv", "type": KINDS["csv"], "content": content}


def _page(found: AnswerFileRow, rows: Sequence[RejectedAnswerRow], words: Words) -> Component:
    entries = [
        (words("payment.received_on"), numbers.day(found["received_on"])),
        *((words(f"payment.{fate}"), numbers.count(found[fate])) for fate in _FATES),
    ]
    names = ("row", "list", "payment", "answer", "processed_on", "amount", "why")
    drawn: list[list[Any]] = [
        [
            str(row["row_no"]),
            row["list_number"],
            row["number"],
            row["status"],
            row["processed"],
            row["amount"],
            words(f"answer.{row['result']}"),
        ]
        for row in rows
    ]
    head = [words(f"payment.{name}") for name in names]
    label = words("payment.rejected_rows")
    table = (
        sortable(head, drawn, words, name="payments-rejected", label=label)
        if rows
        else html.P(words("payment.none_rejected"))
    )
    return html.Article(
        [html.H1(words("payment.file_title", name=found["name"])), facts(entries), html.H2(label), table]
    )
