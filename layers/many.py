"""Several maps of the same areas on one sheet, with one legend: two dates, a change, twelve months at a glance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import shapely

from layers.drawn import Polygon, Sheet, Text
from layers.footnote import footnote, how_classed
from layers.palettes import TOKENS
from layers.panels import lines_of
from layers.sheet import MARGIN, area_outlines, fill_of, map_projection, name_lines, names_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.choropleth import ChoroplethLayer, LegendRow
    from layers.drawn import Frame, Rings
    from layers.numbers import Words
    from layers.sheet import Shapes

_HEAD: Final = 46.0
_FOOT: Final = 76.0
_CAPTION: Final = 16.0
_GAP: Final = 8.0
_SMALL: Final = 8.0
_LETTER: Final = 0.56
_NAMED_UP_TO: Final = 2
_FINEST: Final = 0.3
"""Points that an outline may be off: less is seen by nobody at the size it is drawn."""


def many(
    named: Sequence[tuple[str, ChoroplethLayer]],
    shapes: Shapes,
    words: Words,
    *,
    title: str,
    size: tuple[float, float],
) -> Sheet:
    """Return the sheet of layers with what each is called, side by side in rows; all are on the first one's scale.

    ``shapes`` are the areas, EPSG:4326. Where there are one or two maps the areas have their names and values.
    """
    width, height = size
    frame = (MARGIN, MARGIN + _HEAD, width - MARGIN, height - MARGIN - _FOOT)
    geometries = [shapely.geometry.shape(feature["geometry"]) for feature in shapes["features"]]
    codes = [(str(one["properties"]["code"]), str(one["properties"]["name"])) for one in shapes["features"]]
    polygons: list[Polygon] = []
    names: list[Text] = []
    captions: list[Text] = []
    cells = _cells(frame, len(named), geometries)
    project, per_degree = map_projection(shapely.total_bounds(geometries), _below_caption(cells[0]))
    plain = shapely.simplify(geometries, _FINEST / per_degree, preserve_topology=True)
    outlines = [area_outlines(geometry, project) for geometry in plain]
    for cell, (caption, layer) in zip(cells, named, strict=True):
        left, top, right, _ = cell
        captions.append(Text(((left + right) / 2, top + 11), caption, 10.0, bold=True, centred=True))
        across, down = left - cells[0][0], top - cells[0][1]
        polygons += _map(layer, [_moved(parts, across, down) for parts in outlines], codes)
        if len(named) <= _NAMED_UP_TO:
            names += _names(layer, geometries, codes, _below_caption(cell))
    layer = named[-1][1]
    return Sheet(
        width=width,
        height=height,
        frame=frame,
        map=tuple(polygons),
        names=(*names, *captions),
        legend=tuple(_swatches([one for _, one in named], words, frame)),
        texts=(
            Text((MARGIN, MARGIN + 16), title, 16.0, bold=True),
            Text((MARGIN, MARGIN + 34), words(f"measure.{layer.measure.key}"), 11.0),
            *_legend([one for _, one in named], words, frame),
            *_foot(layer, words, frame),
        ),
    )


def _cells(frame: Frame, count: int, geometries: Sequence[shapely.Geometry]) -> list[Frame]:
    """Frames in rows, with as many columns as make the maps largest."""
    left, top, right, bottom = frame
    west, south, east, north = shapely.total_bounds(geometries)
    shape = (east - west or 1) / (north - south or 1)

    def across(columns: int) -> float:
        rows = math.ceil(count / columns)
        return float(min((right - left) / columns, ((bottom - top) / rows - _CAPTION) * shape))

    columns = max(range(1, count + 1), key=across)
    rows = math.ceil(count / columns)
    wide, high = (right - left - _GAP * (columns - 1)) / columns, (bottom - top - _GAP * (rows - 1)) / rows
    places = [divmod(place, columns) for place in range(count)]
    return [
        (x, y, x + wide, y + high)
        for x, y in ((left + column * (wide + _GAP), top + row * (high + _GAP)) for row, column in places)
    ]


def _below_caption(cell: Frame) -> Frame:
    left, top, right, bottom = cell
    return left, top + _CAPTION, right, bottom


def _moved(parts: Sequence[Rings], across: float, down: float) -> list[Rings]:
    """The outlines of an area in another of the cells, which are all as large."""
    return [tuple(tuple((x + across, y + down) for x, y in ring) for ring in rings) for rings in parts]


def _painted(layer: ChoroplethLayer, codes: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The colour of each area, and that of its hatching where it has any."""
    index = {code: place for place, code in enumerate(layer.codes)}
    rows = {row.class_index: row for row in layer.legend_rows}
    return [fill_of(rows.get(layer.classes[index[code]]) if code in index else None) for code, _ in codes]


def _map(
    layer: ChoroplethLayer, outlines: Sequence[Sequence[Rings]], codes: Sequence[tuple[str, str]]
) -> list[Polygon]:
    return [
        Polygon(rings, fill, TOKENS["map-edge"], hatch)
        for parts, (fill, hatch) in zip(outlines, _painted(layer, codes), strict=True)
        for rings in parts
    ]


def _names(
    layer: ChoroplethLayer, geometries: Sequence[shapely.Geometry], codes: Sequence[tuple[str, str]], frame: Frame
) -> list[Text]:
    project, _ = map_projection(shapely.total_bounds(geometries), frame)
    values = {
        code: written
        for code, written, found in zip(layer.codes, layer.written, layer.classes, strict=True)
        if found >= 0
    }
    painted = _painted(layer, codes)
    return names_apart(
        [
            name_lines(geometry, name, values.get(code, ""), fill, project)
            for geometry, (code, name), (fill, _) in zip(geometries, codes, painted, strict=True)
        ]
    )


def _rows(layers: Sequence[ChoroplethLayer]) -> list[LegendRow]:
    """The rows of all the maps: what is hidden or unknown in one of them has its row too."""
    rows = {row.class_index: row for layer in layers for row in layer.legend_rows}
    classes = [rows[place] for place in sorted(rows) if place >= 0]
    return [*classes, *(rows[place] for place in sorted(rows, reverse=True) if place < 0)]


def _places(layers: Sequence[ChoroplethLayer], words: Words, frame: Frame) -> list[tuple[float, LegendRow, str]]:
    rows = [(row, row.label or words(f"legend.{row.kind}")) for row in _rows(layers)]
    needs = [40 + _LETTER * _SMALL * len(label) for _, label in rows]
    tight = min(1.0, (frame[2] - frame[0]) / (sum(needs) or 1))
    return [(frame[0] + tight * sum(needs[:place]), row, label) for place, (row, label) in enumerate(rows)]


def _swatches(layers: Sequence[ChoroplethLayer], words: Words, frame: Frame) -> list[Polygon]:
    top = frame[3] + 22
    found = []
    for left, row, _ in _places(layers, words, frame):
        fill, hatch = fill_of(row)
        corners = ((left, top), (left + 18, top), (left + 18, top + 12), (left, top + 12), (left, top))
        found.append(Polygon((corners,), fill, TOKENS["line-strong"], hatch))
    return found


def _legend(layers: Sequence[ChoroplethLayer], words: Words, frame: Frame) -> list[Text]:
    how = Text((frame[0], frame[3] + 14), how_classed(layers[-1], words), _SMALL, TOKENS["muted"])
    return [how, *(Text((x + 22, frame[3] + 32), label, _SMALL) for x, _, label in _places(layers, words, frame))]


def _foot(layer: ChoroplethLayer, words: Words, frame: Frame) -> list[Text]:
    letters = int((frame[2] - frame[0]) / (_SMALL * _LETTER))
    lines = lines_of(" · ".join(footnote(layer.source, words)), letters)
    return [
        Text((frame[0], frame[3] + 50 + number * 11), line, _SMALL, TOKENS["muted"])
        for number, line in enumerate(lines)
    ]
