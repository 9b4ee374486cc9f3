"""An officer's round as a file, in the order that the list on the page begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import Dash, Input, Output, State, no_update

from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.visits import ids
from dashboard.pages.visits.stops import in_turn, read_place
from dashboard.sent.kinds import Number, View
from dashboard.taking import TableAsked, file_to_keep, kind_pressed
from queries import visits
from registry.db import FILE
from registry.principals import Permission

if TYPE_CHECKING:
    from dashboard.deps import Deps

_COLUMNS: Final = ("stop", "case_no", "name", "address", "village", "mukim", "district", "phone", "due", "late")


def register(app: Dash, deps: Deps) -> None:
    """Wire the file onto ``app``."""

    @app.callback(
        Output(ids.ROUND_FILE, "data"),
        Input(ids.ROUND_CSV, "n_clicks"),
        Input(ids.ROUND_XLSX, "n_clicks"),
        State(ids.HERE, "data"),
        prevent_initial_call=True,
        running=[(Output(name, "disabled"), True, False) for name in (ids.ROUND_CSV, ids.ROUND_XLSX)],
    )
    @requires(Permission.VISIT)
    @limited(DOWNLOADS)
    def take(csv: Number | None, xlsx: Number | None, here: View | None) -> object:
        if not csv and not xlsx:
            return no_update
        words, kind = current_words(), kind_pressed(ids.ROUND_XLSX)
        with deps.reading(patience=FILE) as conn:
            found, _total = visits.own_round(conn)
        deps.note_read("export", subject="worklist", facts={"list": "round", "as": kind, "rows": len(found)})
        rows = [
            [
                stop,
                row["number"],
                row["head_name"] or words("case.no_name"),
                row["address"],
                row["village"],
                row["mukim_name"],
                row["district_name"],
                row["phone"],
                row["due_on"],
                words("case.overdue") if row["overdue"] else None,
            ]
            for stop, row in enumerate(in_turn(found, read_place(here)), start=1)
        ]
        heads = [words(f"file.column_{name}") for name in _COLUMNS]
        return file_to_keep(TableAsked(kind, "lawatan", words("visit.round")), heads, rows, words)
