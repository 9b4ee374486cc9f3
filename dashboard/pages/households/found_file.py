"""What a search found, as a file: the question that was asked, under the same limits and in the same log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.guards import requires
from dashboard.household.filed import file_head, file_row
from dashboard.household.searching import may_look_up, searched
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.households import found_reviews, ids
from dashboard.pages.households.asked import Asked
from dashboard.sent.kinds import Ends, Number
from dashboard.taking import TableAsked, file_buttons, file_to_keep, kind_pressed
from layers import numbers
from queries import households, worklists
from registry.db import FILE
from registry.principals import Permission
from registry.refusals import TooManyChecks
from reports.spreadsheet import MOST_IN_BOOK

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

MOST: Final = MOST_IN_BOOK


def buttons(words: Words) -> Component:
    """The buttons of the file, which stand with what was found, and what is said of it."""
    return html.Div(
        [
            dcc.Download(id=ids.FILE),
            html.P(id=ids.FILE_NOTE, role="status", className="ek-footnote"),
            html.P(words("search.tick"), className="ek-footnote"),
            html.Div([*found_reviews.button(words), *file_buttons(ids.CSV, ids.XLSX, words)], className="ek-actions"),
            html.Div(id=ids.REVIEWED, role="status"),
        ],
        className="ek-files",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the file onto ``app``."""

    @app.callback(
        Output(ids.FILE, "data"),
        Output(ids.FILE_NOTE, "children"),
        Input(ids.CSV, "n_clicks"),
        Input(ids.XLSX, "n_clicks"),
        State(ids.ASKED, "data"),
        State(ids.TICKED, "data"),
        prevent_initial_call=True,
        running=[(Output(name, "disabled"), True, False) for name in (ids.CSV, ids.XLSX)],
    )
    @requires(Permission.READ_PERSONS)
    @limited(DOWNLOADS)
    def take(
        csv: Number | None, xlsx: Number | None, asked: Asked | None, ticked: Ends | None
    ) -> tuple[object, object]:
        question, filters = (asked or Asked()).read()
        if not (csv or xlsx) or not (question.asks or filters.asks):
            return no_update, no_update
        words, kind = current_words(), kind_pressed(ids.XLSX)
        if ticked:
            return _ticked(deps, kind, ticked, words), None
        if not may_look_up(deps, question):
            return no_update, html.Span(words(f"error.{TooManyChecks.key}"), role="alert")
        with deps.reading(patience=FILE) as conn:
            found = households.find(conn, question, filters, limit=MOST)
        facts = searched(question, filters, found.total, secret=deps.settings.secret_key)
        deps.note_read("export", subject="search", facts={**facts, "as": kind, "rows": len(found.rows)})
        file = TableAsked(kind, "isi-rumah", words("search.title"), _cut(found, words))
        made = file_to_keep(file, file_head(words), (file_row(row, words) for row in found.rows), words)
        return made, list(file.notes)


def _ticked(deps: Deps, kind: str, ticked: list[int], words: Words) -> object:
    """The rows that are ticked, whatever found them: they are asked for by their numbers."""
    with deps.reading(patience=FILE) as conn:
        found = worklists.of_households(conn, ticked)
    deps.note_read("export", subject="search", facts={"by": ["ticked"], "as": kind, "rows": len(found)})
    file = TableAsked(kind, "isi-rumah", words("search.title"))
    return file_to_keep(file, file_head(words), (file_row(row, words) for row in found), words)


def _cut(found: households.Found, words: Words) -> tuple[str, ...]:
    """What is said, on the page and in a workbook, where more was found than a file holds."""
    if found.total <= len(found.rows):
        return ()
    return (words("file.first_of", n=numbers.count(len(found.rows)), total=numbers.count(found.total)),)
