"""Gives the map one is looking at as one file that opens with no internet."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from flask import Response, request

from dashboard.areas import COUNTRY
from dashboard.boundary_files import boundary_file_of, shapes_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.poverty_map.reading import DOWNLOAD_ROUTE, Drawing, drawable, read_drawing, read_place
from dashboard.pages.poverty_map.view import MapView
from registry.errors import NotFound
from registry.principals import Permission

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.deps import Deps
    from words import Words


def register(server: Flask, deps: Deps) -> None:
    """Add the route ``/muat-turun/peta?…``, which takes the address of the map it gives."""

    @server.get(DOWNLOAD_ROUTE)
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def map_file() -> Response:
        # loaded with the first file asked for, or beside serving: a server that starts needs it last
        from layers.export import NothingToExportError, export_html  # noqa: PLC0415

        words = current_words()
        principal = deps.person()
        view = drawable(MapView.parse(request.args.to_dict()), deps.settings.home)
        with deps.reading() as conn:
            place = read_place(conn, view, principal, words)
            drawing = read_drawing(conn, place)
        file = boundary_file_of(deps.settings.home, level=place.view.level, within=place.view.within)
        if file is None or not place.known:
            raise NotFound
        shapes = shapes_of(deps.settings.home, file)
        try:
            page = export_html(drawing.layer, shapes, words, title=title_of(drawing, words), lang=words.language)
        except NothingToExportError:
            raise NotFound from None
        deps.note_read("export", subject="map", facts={"level": place.view.level, "within": place.view.within})
        answer = Response(page, mimetype="text/html")
        answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(drawing)}"'
        return answer


def title_of(drawing: Drawing, words: Words) -> str:
    """Where the map is of, and of which areas: "Perak: Daerah"."""
    place = drawing.place
    whole = place.lineage[-2] if place.view.is_leaf and len(place.lineage) > 1 else place.area
    name = words("map.country") if whole.code == COUNTRY else whole.name
    strata = place.view.strata_alone
    level = words(f"level.{place.view.level}")
    return f"{name}: {level}" if strata is None else f"{name}: {level}, {words(f'strata.{strata}')}"


def file_name(drawing: Drawing) -> str:
    """A name that any file system takes: ``ekasih-peta-perak-district-tegar-2026-11-15.html``."""
    place = drawing.place
    view, day = place.view, place.source.as_of
    plain = unicodedata.normalize("NFKD", place.area.name).encode("ascii", "ignore").decode()
    parts = ("ekasih-peta", plain, view.level, view.measure, day.isoformat())
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-") + ".html"
