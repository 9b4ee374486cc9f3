"""The drawings of a report: maps and courses in lines, as the same layers draw them on screen."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

import pandas as pd
import shapely

from layers.breaks import Scheme
from layers.choropleth import choropleth
from layers.drawn import Sheet, svg
from layers.measures import MEASURES
from layers.palettes import SIZES, STATUS_COLOURS
from layers.sheet import map_part
from layers.trend import trend_svg
from registry.areas.boundary_files import FOLDER, web_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layers.measures import Measure
    from registry.reporting.figures import Counted, Moment
    from registry.reporting.scope import Scope

TYPE: Final = "Bitstream Vera Sans"
"""The type of all papers; it comes along with the library that writes the others."""
_SIZE: Final = (720.0, 440.0)
_LEGEND: Final = 40.0
_FINE: Final = 1 / 900
_LEAST: Final = 2


def measure_of(parts: Sequence[Counted]) -> Measure:
    """What a map draws: the share of the poor where the census tells the households, else how many there are."""
    return MEASURES["poor_rate" if any(part.census for part in parts) else "poor"]


def map_svg(
    scope: Scope, level: str, within: str, parts: Sequence[Counted], *, size: tuple[float, float] = _SIZE
) -> str:
    """The map of areas in classes with its legend; empty where there are no boundaries of them."""
    shapes = shapes_inside(scope.home, level, within)
    if shapes is None or not parts:
        return ""
    frame = pd.DataFrame(
        [(p.code, p.name, p.tegar, p.miskin, p.census, p.poor is None) for p in parts],
        columns=["area_code", "area_name", "tegar", "miskin", "census_households", "suppressed"],
    ).astype({"tegar": object, "miskin": object, "census_households": object})
    layer = choropleth(frame, measure=measure_of(parts), scheme=Scheme.JENKS, source=scope.source(level), level=level)
    width, height = size
    edges = (1.0, 1.0, width - 1.0, height - _LEGEND)
    part = map_part(layer, shapes, scope.words, edges, footed=False)
    return in_type(svg(Sheet(width, height, edges, part.map, part.names, part.legend, part.texts)))


def course_svg(scope: Scope, course: Sequence[Moment]) -> str:
    """The course of the poor over the months; empty where fewer than two are told."""
    points = [(one.month, None if one.poor is None else float(one.poor)) for one in course]
    if len(points) < _LEAST:
        return ""
    return in_type(trend_svg(points, scope.words, colour=STATUS_COLOURS["miskin"]))


def in_type(drawn: str) -> str:
    """The drawing in the type of papers, so that a document holds one type alone."""
    return drawn.replace(escape(SIZES["font"], {'"': "&quot;"}), TYPE)


def shapes_inside(home: Path, level: str, within: str) -> dict[str, Any] | None:
    """The boundaries of the areas of a level inside an area, as fine as a page shows them."""
    files = web_files(home, level=level, parent=within)
    if not files:
        return None
    return _shapes(home / FOLDER / files[0].name)


@lru_cache(maxsize=200)
def _shapes(path: Path) -> dict[str, Any]:
    found: Any = json.loads(gzip.decompress(path.read_bytes()))["features"]
    geometries = [shapely.geometry.shape(feature["geometry"]) for feature in found]
    west, _, east, _ = shapely.total_bounds(geometries)
    drawn = shapely.coverage_simplify(geometries, (east - west) * _FINE)
    features = [
        {"properties": feature["properties"], "geometry": shapely.geometry.mapping(geometry)}
        for feature, geometry in zip(found, drawn, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}
