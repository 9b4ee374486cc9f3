"""Gives the map one is looking at as a file: a page that opens with no internet, a picture, a sheet, its table."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from flask import Response, request

from dashboard.areas import COUNTRY
from dashboard.boundary_files import boundary_file_of, land_around, shapes_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.poverty_map.reading import DOWNLOAD_ROUTE, Drawing, drawable, read_drawing, read_place
from dashboard.pages.poverty_map.table import number_table, written_table
from dashboard.pages.poverty_map.view import MapView
from layers.drawn import svg
from layers.footnote import footnote
from layers.sheet import sheet
from registry.errors import NotFound
from registry.principals import Permission
from reports.map_sheet import SIZES, map_pdf
from reports.spreadsheet import csv_file, workbook

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from dashboard.deps import Deps
    from words import Words

HTML: Final = "html"
KINDS: Final = {
    HTML: "text/html",
    "svg": "image/svg+xml",
    "a4": "application/pdf",
    "a3": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TABLES: Final = ("csv", "xlsx")
ENDINGS: Final = {"a4": "pdf", "a3": "a3.pdf"}


def register(server: Flask, deps: Deps) -> None:
    """Add the route ``/muat-turun/peta?…``, which takes the address of the map it gives and ``as``, a kind of file."""

    @server.get(DOWNLOAD_ROUTE)
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def map_file() -> Response:
        words = current_words()
        principal = deps.person()
        view = drawable(MapView.parse(request.args.to_dict()), deps.settings.home)
        with deps.reading() as conn:
            place = read_place(conn, view, principal, words)
            drawing = read_drawing(conn, place)
        if not place.known:
            raise NotFound
        asked = request.args.get("as", HTML)
        kind = asked if asked in KINDS else HTML
        made = _made(drawing, kind, deps.settings.home, words)
        facts = {"level": place.view.level, "within": place.view.within}
        deps.note_read("export", subject="map", facts=facts)
        answer = Response(made, mimetype=KINDS[kind])
        answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(drawing, kind)}"'
        return answer


def _made(drawing: Drawing, kind: str, home: Path, words: Words) -> bytes | str:
    """The file of one kind.

    Raises:
        NotFound: there is nothing to draw.

    """
    if kind in TABLES:
        return _table(drawing, kind, words)
    view = drawing.place.view
    file = boundary_file_of(home, level=view.level, within=view.within)
    if file is None:
        raise NotFound
    shapes, title = shapes_of(home, file), title_of(drawing, words)
    if kind == HTML:
        # loaded with the first file asked for, or beside serving: a server that starts needs it last
        from layers.export import NothingToExportError, export_html  # noqa: PLC0415

        try:
            return export_html(drawing.layer, shapes, words, title=title, lang=words.language, circles=view.in_bubbles)
        except NothingToExportError:
            raise NotFound from None
    size = SIZES["a3" if kind == "a3" else "a4"]
    around = land_around(home)
    drawn = sheet(drawing.layer, shapes, words, title=title, size=size, around=around, circles=view.in_bubbles)
    if kind == "svg":
        return svg(drawn)
    head, rows = written_table(drawing, words)
    foot = " · ".join(footnote(drawing.place.source, words))
    return map_pdf(drawn, title=title, head=head, rows=rows, foot=foot, language=words.language)


def _table(drawing: Drawing, kind: str, words: Words) -> bytes | str:
    """The table beside the map: in a workbook with numbers, and with its sources below."""
    head, rows = number_table(drawing, words)
    if kind == "csv":
        return csv_file(head, rows)
    place = drawing.place
    few = "reach.rounded" if place.view.of_aid and not place.footing.live else "map.few_note"
    notes = [words(few), *footnote(place.source, words)]
    return workbook(title_of(drawing, words), head, rows, notes=notes)


def title_of(drawing: Drawing, words: Words) -> str:
    """Where the map is of, and of which areas: "Perak: Daerah"."""
    place = drawing.place
    whole = place.lineage[-2] if place.view.is_leaf and len(place.lineage) > 1 else place.area
    name = words("map.country") if whole.code == COUNTRY else whole.name
    strata = place.view.strata_alone
    level = words(f"level.{place.view.level}")
    return f"{name}: {level}" if strata is None else f"{name}: {level}, {words(f'strata.{strata}')}"


def file_name(drawing: Drawing, kind: str = HTML) -> str:
    """A name that any file system takes: ``ekasih-peta-perak-district-tegar-2026-11-15.html``."""
    place = drawing.place
    view, day = place.view, place.source.as_of
    plain = unicodedata.normalize("NFKD", place.area.name).encode("ascii", "ignore").decode()
    parts = ("ekasih-peta", plain, view.level, view.measure, day.isoformat())
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-") + f".{ENDINGS.get(kind, kind)}"
