"""Gives the maps of two dates, a change or twelve months as a file: a sheet, its picture, its table."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from flask import Response, request

from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.poverty_map.dates.drawing import dates_sheet, title_of
from dashboard.pages.poverty_map.dates.reading import read_dates
from dashboard.pages.poverty_map.dates.table import number_rows, written_rows
from dashboard.pages.poverty_map.dates.view import FILES_ROUTE, MONTHS, DatesView
from layers.drawn import svg
from layers.footnote import footnote
from registry.errors import NotFound
from registry.principals import Permission
from reports.map_sheet import SIZES, map_pdf
from reports.spreadsheet import csv_file, workbook

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.deps import Deps
    from dashboard.pages.poverty_map.dates.reading import Dates
    from words import Words

KINDS: Final = {
    "a4": "application/pdf",
    "a3": "application/pdf",
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_HIDDEN: Final = "*"
_ENDINGS: Final = {"a4": "pdf", "a3": "a3.pdf"}


def register(server: Flask, deps: Deps) -> None:
    """Add the route, which takes the address of the page and ``as``, a kind of file."""

    @server.get(FILES_ROUTE)
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def dates_file() -> Response:
        words = current_words()
        view = DatesView.parse(request.args.to_dict())
        asked = request.args.get("as", "a4")
        kind = asked if asked in KINDS else "a4"
        with deps.reading() as conn:
            found = read_dates(conn, view, deps.person(), words)
        if not found.place.known:
            raise NotFound
        made = _made(found, kind, words, deps)
        deps.note_read(
            "export", subject="map", facts={"level": found.place.view.level, "within": found.place.view.within}
        )
        answer = Response(made, mimetype=KINDS[kind])
        answer.headers["Content-Disposition"] = f'attachment; filename="{_file_name(found, kind)}"'
        return answer


def _made(found: Dates, kind: str, words: Words, deps: Deps) -> bytes | str:
    if kind in {"csv", "xlsx"}:
        head, rows = number_rows(found, words)
        if kind == "csv":
            return csv_file(head, rows)
        notes = [words("map.few_note"), *footnote(found.layers[-1].source, words)]
        return workbook(title_of(found, words), head, rows, notes=notes)
    drawn = dates_sheet(found, deps.settings.home, words, size=SIZES["a3" if kind == "a3" else "a4"])
    if kind == "svg":
        return svg(drawn)
    head, written = written_rows(found, words)
    foot = " · ".join(footnote(found.layers[-1].source, words))
    if found.view.mode == MONTHS:
        # twelve columns have no room for the words
        few = words("map.few")
        written = [[_HIDDEN if cell == few else cell for cell in row] for row in written]
        foot = f"{_HIDDEN} {few} · {foot}"
    return map_pdf(drawn, title=title_of(found, words), head=head, rows=written, foot=foot, language=words.language)


def _file_name(found: Dates, kind: str) -> str:
    plain = unicodedata.normalize("NFKD", found.place.area.name).encode("ascii", "ignore").decode()
    parts = ("ekasih-peta", found.view.mode, plain, found.place.view.level, found.layers[-1].measure.key)
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-") + f".{_ENDINGS.get(kind, kind)}"
