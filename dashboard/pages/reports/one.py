"""One edition: its pages as they are printed, its files, and what proves that a file is the one that was made."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html
from flask import Response

from dashboard.components.detail_page import fact_list
from dashboard.components.feedback import empty, skeleton
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.reports import ids
from dashboard.pages.reports.parts import KINDS, PATH, VERIFY_PATH, file_address, known_number, page_address
from dashboard.sent.kinds import Code
from layers import numbers
from queries import reporting
from registry.errors import NotFound
from registry.principals import Permission
from registry.reporting import typeset
from registry.reporting.editions import content_in, file_of

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask

    from dashboard.deps import Deps
    from queries.row_types.reporting import OneEditionRow
    from words import Words

ONE_PATH: Final = f"{PATH}/<number>"
_SHOWN: Final = 12
"""Pages that are shown; a map book has many."""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def layout(number: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.NUMBER, data=known_number(number)),
            dcc.Store(id=trail_of("report"), data=[]),
            html.Div(skeleton(words("report.loading"), block=True), id=ids.BODY, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``, and the routes of files and pages."""
    _routes(app.server, deps)

    @app.callback(Output(ids.BODY, "children"), Output(trail_of("report"), "data"), Input(ids.NUMBER, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(number: Code | None) -> tuple[list[Component], list[dict[str, str]]]:
        words = current_words()
        trail = [{"label": words("nav.reports"), "href": PATH}, {"label": number or ""}]
        with deps.reading() as conn:
            found = reporting.edition(conn, number) if number else None
        if found is None:
            return [empty(words("report.no_such"), words("report.no_such_hint"))], trail[:1]
        if found["table_id"] is not None:
            # the first page tells of it until it was opened
            deps.note_read("read", subject="report", subject_id=found["id"], facts={"number": found["number"]})
        return _body(found, words), trail


def _routes(server: Flask, deps: Deps) -> None:
    def edition(number: str) -> OneEditionRow:
        with deps.reading() as conn:
            found = reporting.edition(conn, number) if known_number(number) else None
        if found is None:
            raise NotFound
        return found

    @server.get(f"{PATH}/<number>/fail/<kind>")
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def report_file(number: str, kind: str) -> Response:
        found = edition(number)
        if kind not in KINDS:
            raise NotFound
        answer = Response(file_of(found, kind), mimetype=KINDS[kind])
        deps.note_read("export", subject="report", subject_id=found["id"], facts={"number": number, "kind": kind})
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers["Content-Disposition"] = f'attachment; filename="ekasih-laporan-{number}.{kind}"'
        return answer

    @server.get(f"{PATH}/<number>/halaman/<int:page>")
    @requires(Permission.READ_AGGREGATES)
    def report_page(number: str, page: int) -> Response:
        found = edition(number)
        if not 1 <= page <= min(found["pages"], _SHOWN):
            raise NotFound
        content_in(found)
        answer = Response(_pages(found["content"])[page - 1], mimetype="image/svg+xml")
        answer.headers["Cache-Control"] = "private, max-age=600"
        answer.headers["Content-Security-Policy"] = _POLICY
        return answer


@lru_cache(maxsize=4)
def _pages(content: str) -> tuple[str, ...]:
    """The first pages of what was kept; who asks was told that they may read it."""
    return tuple(typeset.pages_of(content)[:_SHOWN])


def _body(found: OneEditionRow, words: Words) -> list[Component]:
    number = found["number"]
    files: list[Any] = [
        html.A(kind.upper(), href=file_address(number, kind), download="", className="ek-button") for kind in KINDS
    ]
    shown = min(found["pages"], _SHOWN)
    pictures = [
        html.Img(
            src=page_address(number, page),
            alt=words("report.page", n=page, total=found["pages"]),
            className="ek-report-page",
        )
        for page in range(1, shown + 1)
    ]
    more = [html.P(words("report.pages_more", n=shown), className="ek-footnote")] if shown < found["pages"] else []
    return [
        html.H1(found["title"]),
        html.Div(files, className="ek-actions", role="group"),
        _facts(found, words),
        html.H2(words("report.preview")),
        *more,
        html.Div(pictures, className="ek-report-pages"),
    ]


def _facts(found: OneEditionRow, words: Words) -> Component:
    hashes: Any = found
    pairs: list[tuple[str, Any]] = [
        (words("report.edition"), found["number"]),
        (words("report.month"), numbers.month(found["month"], words)),
        (words("report.made_on"), numbers.moment(found["made_at"])),
        (words("report.snapshot"), numbers.count(found["snapshot"])),
        (words("report.figures"), words("report.exact" if found["exact"] else "report.as_told")),
        (words("report.program"), found["program"]),
        *(
            (
                words("report.file_hash", kind=kind.upper()),
                html.A(
                    html.Code(hashes[f"{kind}_sha256"], className="ek-checksum"),
                    href=f"{VERIFY_PATH}/{hashes[f'{kind}_sha256']}",
                ),
            )
            for kind in KINDS
        ),
    ]
    if found["sample"]:
        pairs.append((words("release.kind_of_data"), words("source.sample")))
    return fact_list(pairs)
