"""The vote book on screen: a year's line for each programme and office, sorted at a press, and taken away as a file."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP, exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.vote_book import entry, ids
from dashboard.sent.kinds import Number, View
from dashboard.taking import TableAsked, file_buttons, file_to_keep
from dashboard.urlstate import UrlState, whole
from layers import numbers
from queries import accounts, ledger
from registry.principals import Permission
from reports.vote_book import COLUMNS, book_rows, percent_text, source_text, vote_book_pdf, votes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from reports.vote_book import Vote
    from words import Words

PATH: Final = "/buku-vot"
_FIRST, _LAST = 2000, 2100
_PDF: Final = "application/pdf"


@dataclass(frozen=True)
class BookView(UrlState):
    """Which fiscal year."""

    year: int = whole(0, at_least=_FIRST, at_most=_LAST, name="tahun")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    buttons = [
        *file_buttons(ids.CSV, ids.XLSX, words),
        html.Button("PDF", id=ids.PDF, type="button", className="ek-button", n_clicks=0),
    ]
    return html.Div(
        [
            dcc.Store(id=trail_of("votes"), data=[{"label": words("nav.vote_book")}]),
            urlstate.view_store(ids.VIEW, BookView.parse(query)),
            dcc.Download(id=ids.FILE),
            html.H1(words("nav.vote_book")),
            html.P(words("vote.intro")),
            html.Div(buttons, className="ek-actions"),
            html.Div(skeleton(words("vote.loading"), block=True), id=ids.BOOK, className="ek-spaced"),
            entry.form(words),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    entry.register(app, deps)

    @app.callback(Output(ids.BOOK, "children"), Input(ids.VIEW, "data"), Input(ids.KEY, "data"))
    @requires(Permission.READ_LEDGER)
    def show(view: View, _posted: object) -> list[Component]:
        words = current_words()
        year, years, votes = _book(deps, view, words)
        if not years:
            return [empty(words("vote.none"), words("vote.none_hint"))]
        chosen = [_year(one, words, here=one == year) for one in years]
        return [
            html.Nav(chosen, className="ek-actions", **aria(label=words("vote.year"))),
            _table(votes, year, words),
            html.P(words("vote.how"), className="ek-footnote"),
            html.P(source_text(votes, words), className="ek-footnote"),
        ]

    @app.callback(
        Output(ids.FILE, "data"),
        Input(ids.CSV, "n_clicks"),
        Input(ids.XLSX, "n_clicks"),
        Input(ids.PDF, "n_clicks"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_LEDGER)
    @limited(DOWNLOADS)
    def keep(csv: Number | None, xlsx: Number | None, pdf: Number | None, view: View) -> object:
        if not (csv or xlsx or pdf):
            return no_update
        words = current_words()
        year, _years, votes = _book(deps, view, words)
        kind = {ids.XLSX: "xlsx", ids.PDF: "pdf"}.get(str(ctx.triggered_id), "csv")
        deps.note_read("export", subject="ledger_entry", facts={"list": "vote_book", "year": year})
        name = f"buku-vot-{year}"
        if kind == "pdf":
            with deps.reading() as conn:
                sample = accounts.register_state(conn).sample
            content = base64.b64encode(vote_book_pdf(votes, year, words, sample=sample)).decode()
            return {"filename": f"{name}.pdf", "type": _PDF, "content": content, "base64": True}
        title = words("vote.title", year=str(year))
        asked = TableAsked(kind, name, title, (words("vote.how"), source_text(votes, words)))
        return file_to_keep(asked, _head(words, codes=True), book_rows(votes, words), words)


def _book(deps: Deps, view: View, words: Words) -> tuple[int, list[int], list[Vote]]:
    """The year that is shown, all that there are, and the lines of its book."""
    with deps.reading() as conn:
        years = ledger.years(conn)
        asked = BookView.parse(view).year
        this = datetime.now(UTC).year
        year = asked or next((one for one in years if one <= this), years[-1] if years else this)
        found = ledger.votes(conn, year)
    return year, years, votes_of(found, words.language)


def _head(words: Words, *, codes: bool = False) -> list[str]:
    shown = ("programme_code", "programme", "office_code", "office") if codes else ("programme", "office")
    return [words(f"vote.{name}") for name in (*shown, *COLUMNS, "percent")]


def _table(votes: Sequence[Vote], year: int, words: Words) -> Component:
    rows: list[list[Any]] = [
        [
            vote.programme_name,
            vote.office_name or html.Strong(words("vote.whole")),
            *(_money(getattr(vote, name)) for name in COLUMNS),
            percent_text(vote),
        ]
        for vote in votes
    ]
    table = sortable(_head(words), rows, words, name="vote-book", label=words("vote.title", year=str(year)))
    closed = sorted({vote.programme for vote in votes if vote.closed_on})
    note = html.P(words("vote.closed", programmes=", ".join(closed)), className="ek-footnote") if closed else html.Div()
    return html.Div([table, note])


def _year(year: int, words: Words, *, here: bool) -> Component:
    marked: Any = aria(current="true") if here else {}
    looks = "ek-button ek-button-main" if here else "ek-button"
    address = BookView(year=year).address(PATH)
    link: Component = html.A(
        str(year), href=address, className=looks, title=words("vote.title", year=str(year)), **STEP, **marked
    )
    return link


def _money(amount: Any) -> Component:
    if amount is None:
        return html.Span(numbers.MISSING)
    return exactly(numbers.money(amount), int(amount * 100))
