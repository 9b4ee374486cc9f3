"""Gives the map of an area's parts as a file: a sheet of A4 with its source and legend, and the picture of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import drawn_files
from dashboard.areas import COUNTRY
from dashboard.boundary_files import boundary_file_of, land_around, shapes_of
from layers.sheet import sheet
from registry.errors import NotFound
from reports.map_sheet import SIZES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from dash.development.base_component import Component
    from flask import Response

    from dashboard.drilling import Drilled
    from words import Words


def map_file(found: Drilled, kind: str, home: Path, words: Words, *, title: str, name: str, also: str = "") -> Response:
    """The map as ``svg``, else as PDF; ``also`` is said of it under its title, ``name`` is what the file is called.

    Raises:
        NotFound: there are no boundaries to draw.

    """
    file = boundary_file_of(home, level=found.level, within=COUNTRY if found.box else found.within)
    if file is None:
        raise NotFound
    shapes: Any = shapes_of(home, file)
    if found.box:
        # one area alone is drawn of the country's file, and nothing but it
        kept = [one for one in shapes["features"] if one["properties"]["code"] in found.layer.codes]
        shapes = {"type": "FeatureCollection", "features": kept}
    if not shapes["features"]:
        raise NotFound
    drawn = sheet(found.layer, shapes, words, title=title, size=SIZES["a4"], around=land_around(home), also=also)
    return drawn_files.drawn_file(drawn, kind, words, title=title, name=name)


def map_links(
    route: str, query: Mapping[str, str], words: Words, *, kinds: Sequence[str] = ("pdf", "png", "svg")
) -> Component:
    """What the map of a page can be taken away as; ``query`` is the page's address."""
    return drawn_files.file_links(route, query, words, label="profile.take_map", kinds=kinds)
