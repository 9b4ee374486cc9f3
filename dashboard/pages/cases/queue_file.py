"""The queue of cases as a file: the part of it that is shown, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import Dash, Input, Output, State, no_update

from dashboard.casework import read_case, state_name
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.cases import ids
from dashboard.pages.cases.queue_view import QueueView
from dashboard.sent.kinds import Codes, Number, View
from dashboard.taking import TableAsked, file_to_keep, kind_pressed
from queries import cases
from registry.db import FILE
from registry.principals import Permission

if TYPE_CHECKING:
    from dashboard.deps import Deps
    from queries.row_types.cases import CaseListRow
    from reports.spreadsheet import Cell
    from words import Words

_COLUMNS: Final = ("case_no", "name", "channel", "state", "district", "mukim", "assigned", "due", "late", "updated")


def register(app: Dash, deps: Deps) -> None:
    """Wire the file onto ``app``."""

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
    def take(csv: Number | None, xlsx: Number | None, view: View, ticked: Codes | None) -> object:
        if not csv and not xlsx:
            return no_update
        words, state, kind = current_words(), QueueView.parse(view), kind_pressed(ids.XLSX)
        asked = TableAsked(kind, f"kes-{state.state or 'semua'}", words("nav.cases"))
        numbers = [pair[0] for value in ticked or [] if (pair := read_case(value)) is not None]
        heads = [words(f"file.column_{name}") for name in _COLUMNS]
        with deps.reading(patience=FILE) as conn:
            found = cases.of_numbers(conn, numbers) if numbers else cases.whole(conn, state.filters)
            rows = (_written(row, words) for row in found)
            made = file_to_keep(asked, heads, rows, words)
        facts = {"list": "cases", **state.query(), "as": kind, "rows": len(numbers) or None}
        deps.note_read("export", subject="worklist", facts=facts)
        return made


def _written(row: CaseListRow, words: Words) -> list[Cell]:
    """One case; a closed one is due no more."""
    return [
        row["number"],
        row["head_name"] or words("case.no_name"),
        words(f"case.channel_{row['channel']}"),
        state_name(row["state_ms"], row["state_en"], words),
        row["district_name"],
        row["mukim_name"],
        row["assigned_name"],
        row["due_on"] if row["is_open"] else None,
        words("case.overdue") if row["overdue"] else None,
        row["updated_at"],
    ]
