"""The requests in a list: sorted by any column, ticked to be read and decided one under the other, and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.components.listing import Rows, answer_rows, shown
from dashboard.components.paged_grid import keep_ticked, paged_grid
from dashboard.components.sortable import page_of
from dashboard.components.sorting import Order, not_sorted
from dashboard.guards import requires
from dashboard.household.timeline import label_of, written_of
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.changes import ids
from dashboard.pages.changes.view import RequestsView
from dashboard.sent.kinds import Ends, Number, RowsAsked, View
from dashboard.taking import TableAsked, file_buttons, file_to_keep, kind_pressed
from layers import numbers
from queries import changes as reader
from registry.db import FILE
from registry.principals import Permission
from reports.spreadsheet import MOST_IN_BOOK

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.changes import RequestRow
    from reports.spreadsheet import Cell
    from words import Words

PAGE_ROWS: Final = 10
_ORDERS: Final[dict[str, Callable[[RequestRow], Any]]] = {
    "name": lambda row: row["head_name"],
    "kind": lambda row: row["kind"],
    "area": lambda row: row["district_name"],
    "requester": lambda row: row["requester"],
    "at": lambda row: row["requested_at"],
}
_IN_FILE: Final = ("file_no", "name", "kind", "district", "requester", "asked_at", "changes", "decider", "decided_at")


def section(words: Words) -> Component:
    """What is said of the list, its files, and the empty table."""

    def column(name: str, **more: object) -> dict[str, object]:
        return {"field": name, "headerName": words(f"changes.list_{name}"), **more}

    columns = [
        column("name", cellRenderer="EkRecord", flex=3, minWidth=200),
        column("kind", flex=2, minWidth=150),
        column("area", width=150),
        column("requester", flex=2, minWidth=150),
        column("at", width=170),
    ]
    return html.Div(
        [
            dcc.Store(id=ids.TICKED),
            dcc.Store(id=ids.READ),
            dcc.Download(id=ids.FILE),
            html.Div(
                [
                    html.P(id=ids.ROWS_NOTE, role="status", className="ek-find-note"),
                    html.Div(file_buttons(ids.CSV, ids.XLSX, words), className="ek-actions"),
                ],
                className="ek-files",
            ),
            html.P(words("changes.tick"), className="ek-footnote"),
            html.Div(paged_grid(ids.ROWS, columns, words, page_rows=PAGE_ROWS, ticks=True), className="ek-results"),
        ]
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the table and its files onto ``app``."""
    keep_ticked(app, ids.ROWS, ids.TICKED)
    app.clientside_callback(
        ClientsideFunction("ekasih_changes", "readAnew"),
        Output(ids.READ, "data"),
        Input(ids.VIEW, "data"),
        Input(ids.DONE, "data"),
    )

    def give_rows(view: View, asked: RowsAsked) -> Rows:
        words, state, start = current_words(), RequestsView.parse(view), asked.startRow
        order = Order.asked(asked, _ORDERS)
        with deps.reading() as conn:
            found, total = page_of(
                lambda limit, offset: reader.requests(conn, state=state.state, limit=limit, offset=offset),
                order,
                _ORDERS,
                start=start,
                rows=PAGE_ROWS,
            )
        message = shown(start, len(found), total, words, key="changes.shown") if total else words("changes.none")
        return [_row(row, words) for row in found], [message, *not_sorted(order, total, words)], total

    answer_rows(app, ids.ROWS, ids.ROWS_NOTE, ids.VIEW, permission=Permission.READ_PERSONS, read=give_rows)

    @app.callback(
        Output(ids.FILE, "data"),
        Input(ids.CSV, "n_clicks"),
        Input(ids.XLSX, "n_clicks"),
        State(ids.VIEW, "data"),
        State(ids.TICKED, "data"),
        prevent_initial_call=True,
        running=[(Output(name, "disabled"), True, False) for name in (ids.CSV, ids.XLSX)],
    )
    @requires(Permission.READ_PERSONS)
    @limited(DOWNLOADS)
    def take(csv: Number | None, xlsx: Number | None, view: View, ticked: Ends | None) -> object:
        if not csv and not xlsx:
            return no_update
        words, state, kind = current_words(), RequestsView.parse(view).state, kind_pressed(ids.XLSX)
        with deps.reading(patience=FILE) as conn:
            found, total = reader.requests(conn, state=state, ticked=ticked or None, limit=MOST_IN_BOOK)
        facts = {"list": "changes", "state": state, "as": kind, "rows": len(found)}
        deps.note_read("export", subject="worklist", facts=facts)
        cut = words("file.first_of", n=numbers.count(len(found)), total=numbers.count(total))
        asked = TableAsked(kind, f"kemaskini-{state}", words("changes.title"), (cut,) if total > len(found) else ())
        heads = [words(f"changes.file_{name}") for name in _IN_FILE]
        return file_to_keep(asked, heads, (_written(row, words) for row in found), words)


def _row(row: RequestRow, words: Words) -> dict[str, object]:
    kind, at = words(f"changes.kind.{row['kind']}"), numbers.moment(row["requested_at"])
    return {
        "id": row["request_id"],
        "href": f"/isi-rumah/{row['household_id']}",
        "name": row["head_name"],
        "note": f"{row['file_no']} · {kind}",
        "small": " · ".join(part for part in (row["district_name"], row["requester"], at) if part),
        "kind": kind,
        "area": row["district_name"],
        "requester": row["requester"] or "",
        "at": at,
    }


def _written(row: RequestRow, words: Words) -> list[Cell]:
    """One request: every field that it names with what it was and becomes."""
    missing = words("record.missing")
    changes = [
        f"{label}: {written_of(name, row['before'].get(name), words) or missing}"
        f" → {written_of(name, row['after'].get(name), words) or missing}"
        for name in row["after"] | row["before"]
        if (label := label_of(name, words))
    ]
    return [
        row["file_no"],
        row["head_name"],
        words(f"changes.kind.{row['kind']}"),
        row["district_name"],
        row["requester"],
        row["requested_at"],
        "; ".join(changes),
        row["decider"],
        row["decided_at"],
    ]
