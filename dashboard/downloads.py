"""The map to take away: one HTML file of what the map page shows, that opens without any network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flask import Response, abort, request

from dashboard.boundary_files import boundary_file_of, shapes_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.peta.drawing import read_drawing
from dashboard.pages.peta.view import COUNTRY, MapView
from layers.export import NothingToExportError, export_html
from registry.principals import Permission

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.deps import Deps

ROUTE: Final = "/muat-turun/peta"


def register(server: Flask, deps: Deps) -> None:
    """Add the route: the query is that of the map page, and hidden counts are as hidden as there."""

    @server.get(ROUTE)
    @requires(Permission.READ_AGGREGATES)
    def take_map_away() -> Response:
        words, view, principal = current_words(), MapView.parse(request.args), deps.principal()
        assert principal is not None  # noqa: S101 - the guard has let nobody else in
        with deps.reading() as conn:
            drawing = read_drawing(conn, view, principal, words)
        file = boundary_file_of(deps.settings.home, level=drawing.view.level, within=drawing.view.within)
        if file is None or not drawing.known:
            abort(404)
        place = words("peta.country") if drawing.area.code == COUNTRY else drawing.area.name
        title = f"{words(f'measure.{drawing.view.drawn_measure.key}')}, {place}"
        try:
            page = export_html(
                drawing.layer, shapes_of(deps.settings.home, file), words, title=title, lang=words.language
            )
        except NothingToExportError:
            abort(404)
        name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        answer = Response(page, mimetype="text/html")
        answer.headers["Content-Disposition"] = f'attachment; filename="ekasih-{name}.html"'
        return answer
