"""The library: files to take away, where they are from, and for its writers the place to add one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dash import Dash, Input, Output, dcc, html

from dashboard import urlstate
from dashboard.bodies import takes
from dashboard.components.feedback import empty, skeleton
from dashboard.components.listing import pager, shown_of
from dashboard.components.upload_zone import Zone, size
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.kept_files import kept_file
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.articles import ids
from dashboard.pages.articles.parts import FILES_PATH, PATH, tags, title_of
from dashboard.sent.kinds import View
from dashboard.uploads import file_taken
from dashboard.urlstate import UrlState, whole
from layers import numbers
from queries import articles
from registry.articles.library import LARGEST, file_of, keep_file
from registry.errors import NotFound
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask, Response

    from dashboard.deps import Deps
    from queries.row_types.articles import LibraryFileRow
    from registry.uploads.refusals import UnreadableUpload
    from words import Words

__all__ = ["FILES_PATH", "layout", "register"]
ROWS: Final = 20
UPLOAD_ROUTE: Final = f"{FILES_PATH}/muat-naik"
_SENT: Final = "library_files"
_FAR: Final = 10_000
TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_ZONE: Final = Zone(
    name="articles",
    words="library.file",
    accept=".pdf,.docx,.xlsx,.ods",
    most_bytes=LARGEST,
    address=UPLOAD_ROUTE,
    page=FILES_PATH,
)


@dataclass(frozen=True)
class LibraryView(UrlState):
    """Which page of the library."""

    page: int = whole(1, at_least=1, at_most=_FAR, name="halaman")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words, state = current_words(), LibraryView.parse(query)
    adding = [html.H2(words("library.add")), _ZONE.view(words)] if may(Permission.WRITE_ARTICLES) else []
    trail = [{"label": words("nav.articles"), "href": PATH}, {"label": words("library.title")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("articles-library"), data=trail),
            urlstate.view_store(ids.FILES_VIEW, state),
            html.H1(words("library.title")),
            html.P(words("library.lead"), className="ek-lead"),
            html.Div(skeleton(words("article.loading"), lines=6), id=ids.FILES),
            *adding,
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``, and the routes that take a file in and give it out."""
    urlstate.follow(app, ids.FILES_VIEW)
    _ZONE.register(app)
    _routes(app.server, deps)

    @app.callback(Output(ids.FILES, "children"), Input(ids.FILES_VIEW, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(view: View) -> object:
        state, words = LibraryView.parse(view), current_words()
        with deps.reading() as conn:
            rows, total = articles.files(conn, limit=ROWS, offset=(state.page - 1) * ROWS)
        if not rows:
            return empty(words("library.none"), words("library.none_hint"))
        return [
            shown_of((state.page - 1) * ROWS, len(rows), total, words, key="library.shown"),
            html.Ol([_line(row, words) for row in rows], className="ek-ilmu-list"),
            pager(state.page, ROWS, total, lambda to: state.but(page=to).address(FILES_PATH), words),
        ]


def _routes(server: Flask, deps: Deps) -> None:
    @server.post(UPLOAD_ROUTE)
    @takes(LARGEST)
    @requires(Permission.WRITE_ARTICLES)
    @limited(_SENT)
    def take_library_file() -> Response:
        return file_taken(lambda upload: keep_file(deps.settings.home, deps.writing, upload), _problem)

    @server.get(f"{FILES_PATH}/<int:file>/muat-turun")
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def give_library_file(file: int) -> Response:
        with deps.reading() as conn:
            found = articles.file(conn, file) if file < 1 << 63 else None
        path = file_of(deps.settings.home, found["stored_name"] if found else "")
        if found is None or not path.is_file():
            raise NotFound
        answer = kept_file(path, TYPES[found["kind"]])
        # it came as it is: it is taken away, never shown in the register's own name
        called = f"ekasih-{found['file_id']}-v{found['version']}.{found['kind']}"
        answer.headers.set("Content-Disposition", "attachment", filename=called)
        return answer


def download_address(file_id: int) -> str:
    """Where a file is taken from."""
    return f"{FILES_PATH}/{file_id}/muat-turun"


def _line(row: LibraryFileRow, words: Words) -> Component:
    waits = (
        words("library.waits") if row["published_at"] is None else words("library.dated", day=numbers.day(row["dated"]))
    )
    title = title_of(row, words) or row["file_name"]
    about = f"{row['kind'].upper()} · {size(row['bytes'])} · {row['source'] or '-'} · {waits}"
    head = html.H2(dcc.Link(title, href=f"{FILES_PATH}/{row['file_id']}"))
    return html.Li([head, html.P([tags({"kind": "fail", "audience": row["audience"]}, words)[1], " ", about])])


def _problem(error: UnreadableUpload, words: Words) -> str:
    return words(f"library.problem_{error.reason}")
