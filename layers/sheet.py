"""Lays a choropleth out on a sheet, as shapes and words at their places: what the picture and the printed map draw."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import shapely

from layers import bubbles, numbers
from layers.choropleth import ChoroplethLayer, LegendKind, LegendRow
from layers.colour import contrast
from layers.drawn import Frame, Place, Polygon, Rings, Sheet, Text
from layers.footnote import footnote, how_classed
from layers.palettes import TOKENS, hatch_over

if TYPE_CHECKING:
    from layers.numbers import Words

Shapes = Mapping[str, Any]

MARGIN = 28.0
_TITLE, _TEXT, _SMALL = 18.0, 10.0, 8.0
_HEAD, _LEGEND = 52.0, 74.0
_LETTER = 0.56
_GROUND_ROOM = 3.0
_SCALE_SHARE = 0.22
_METRES = 111_320.0
_CORNERS = 48
_SIZE_STEP = 110.0
_ROOM_BELOW = 18.0
HATCHED = {
    LegendKind.NO_DATA: ("no-data", "no-data-hatch"),
    LegendKind.TOO_FEW: ("too-few", "too-few-hatch"),
    LegendKind.APART: ("apart", "apart-hatch"),
}


@dataclass(frozen=True, slots=True)
class MapPart:
    """A map in its frame with its legend below: what a sheet is made of, beside its head."""

    map: tuple[Polygon, ...]
    names: tuple[Text, ...]
    legend: tuple[Polygon, ...]
    texts: tuple[Text, ...]


def sheet(
    layer: ChoroplethLayer,
    shapes: Shapes,
    words: Words,
    *,
    title: str,
    size: tuple[float, float],
    around: Shapes | None = None,
    circles: bool = False,
    also: str = "",
) -> Sheet:
    """Return the sheet of a layer; ``shapes`` are its areas and ``around`` the countries beside them, EPSG:4326.

    ``size`` is width and height in points. Areas without a shape are in no picture; the table has them.
    With ``circles`` the counts are drawn as such, over plain areas. ``also`` is said in small print under the title.
    """
    width, height = size
    said = _lines(also, int((width - 2 * MARGIN) / (_SMALL * _LETTER))) if also else []
    top = MARGIN + _HEAD + 11 * max(0, len(said) - 1)
    frame = (MARGIN, top, width - MARGIN, height - MARGIN - _LEGEND)
    part = map_part(layer, shapes, words, frame, around=around, circles=circles)
    return Sheet(
        width=width,
        height=height,
        frame=frame,
        map=part.map,
        names=part.names,
        legend=part.legend,
        texts=(*_head(layer, words, title, said), *part.texts),
    )


def map_part(
    layer: ChoroplethLayer,
    shapes: Shapes,
    words: Words,
    frame: Frame,
    *,
    around: Shapes | None = None,
    circles: bool = False,
    footed: bool = True,
) -> MapPart:
    """Return the map of a layer within a frame, and its legend in the room below that; as :func:`sheet` has it.

    ``footed``: with source, day and rule in small print below the legend.
    """
    geometries = [shapely.geometry.shape(feature["geometry"]) for feature in shapes["features"]]
    project, per_degree = map_projection(shapely.total_bounds(geometries), frame)
    polygons = list(_surroundings(around, project))
    names: list[list[Text]] = []
    index = {code: place for place, code in enumerate(layer.codes)}
    kinds = {row.class_index: row for row in layer.legend_rows}
    spots: dict[str, Place] = {}
    for feature, geometry in zip(shapes["features"], geometries, strict=True):
        place = index.get(feature["properties"]["code"])
        row = None if place is None else kinds.get(layer.classes[place])
        fill, hatch = fill_of(row)
        if circles:
            spots[str(feature["properties"]["code"])] = _middle(geometry, project)
            fill = TOKENS["map-zero"] if row and row.kind is LegendKind.CLASS else fill
        if place is not None and layer.unsure and layer.unsure[place] and not circles:
            hatch = hatch_over(fill)
        edge = TOKENS["line-strong" if circles else "map-edge"]
        polygons += area_polygons(geometry, project, fill=fill, hatch=hatch, edge=edge)
        value = layer.written[place] if place is not None and row and row.kind is LegendKind.CLASS else ""
        names.append(name_lines(geometry, str(feature["properties"]["name"]), value, fill, project))
    if circles:
        rounds, names = _circles(layer, spots)
        polygons += rounds
    return MapPart(
        map=tuple(polygons),
        names=tuple(names_apart(names)),
        legend=(
            *(_sizes(layer, frame) if circles else _swatches(layer, words, frame)),
            *_scale_bar(frame, per_degree),
            *_north(frame),
        ),
        texts=(
            *_legend(layer, words, frame, circles=circles),
            *(_footed(layer, words, frame) if footed else ()),
            *_scale_words(frame, per_degree, words),
        ),
    )


def _mercator(latitude: float) -> float:
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def map_projection(bounds: Any, frame: Frame) -> tuple[Callable[[Place], Place], float]:
    """Return how longitude and latitude become points, and how many points a degree of longitude is."""
    west, south, east, north = (float(edge) for edge in bounds)
    low, high = _mercator(south), _mercator(north)
    left, top, right, bottom = frame
    room = 14.0
    scale = min((right - left - 2 * room) / ((east - west) or 1), (bottom - top - 2 * room) / ((high - low) or 1))
    x0, y0 = (left + right) / 2 - scale * (west + east) / 2, (top + bottom) / 2 + scale * (low + high) / 2

    def project(place: Place) -> Place:
        return (x0 + scale * place[0], y0 - scale * _mercator(place[1]))

    return project, scale


def area_polygons(
    geometry: Any, project: Callable[[Place], Place], *, fill: str, hatch: str = "", edge: str = TOKENS["map-edge"]
) -> list[Polygon]:
    """Return the parts of an area as they are drawn."""
    return [Polygon(rings, fill, edge, hatch) for rings in area_outlines(geometry, project)]


def area_outlines(geometry: Any, project: Callable[[Place], Place]) -> list[Rings]:
    """Return the outline of each part of an area, in points."""
    return [
        tuple(
            tuple(project((x, y)) for x, y in shapely.get_coordinates(ring).tolist())
            for ring in (part.exterior, *part.interiors)
        )
        for part in shapely.get_parts(geometry)
    ]


def _surroundings(around: Shapes | None, project: Callable[[Place], Place]) -> Iterable[Polygon]:
    for feature in (around or {}).get("features", []):
        geometry = shapely.geometry.shape(feature["geometry"])
        yield from area_polygons(geometry, project, fill=TOKENS["map-neighbour"], edge=TOKENS["map-coast"])


def fill_of(row: LegendRow | None) -> tuple[str, str]:
    """Return the colour of a row of the legend, and that of its hatching where it has any; no row is no data."""
    return _fill(row.kind, row.colour) if row else _fill(LegendKind.NO_DATA, "")


def _fill(kind: LegendKind, colour: str) -> tuple[str, str]:
    if kind is LegendKind.CLASS:
        return colour, ""
    ground, hatch = HATCHED[kind]
    return TOKENS[ground], TOKENS[hatch]


def name_lines(geometry: Any, name: str, value: str, fill: str, project: Callable[[Place], Place]) -> list[Text]:
    """Return an area's name with its value below, where its largest part has room for it."""
    largest = max(shapely.get_parts(geometry), key=shapely.area)
    spot = _middle(geometry, project)
    west, _, east, _ = shapely.bounds(largest)
    room = project((east, 0.0))[0] - project((west, 0.0))[0]
    size = 8.5
    if max(len(name), len(value)) * size * _LETTER > room * 1.2:
        return []
    ink = max((TOKENS["ink"], TOKENS["paper"]), key=lambda colour: contrast(colour, fill))
    lines = [Text(spot, name, size, ink, bold=True, centred=True, halo=fill)]
    if value:
        below = (spot[0], spot[1] + size + 2)
        lines.append(Text(below, value, size, ink, centred=True, halo=fill))
    return lines


def _middle(geometry: Any, project: Callable[[Place], Place]) -> Place:
    """A place within the largest part of an area."""
    largest = max(shapely.get_parts(geometry), key=shapely.area)
    found: Place = project(tuple(shapely.get_coordinates(shapely.point_on_surface(largest))[0]))
    return found


def _circles(layer: ChoroplethLayer, spots: Mapping[str, Place]) -> tuple[list[Polygon], list[list[Text]]]:
    """The circles with their names in or below them, and the hatched marks of what is hidden."""
    sizes = bubbles.radii(layer) | dict.fromkeys(bubbles.marked(layer), bubbles.MARK)
    index = {code: place for place, code in enumerate(layer.codes)}
    codes = sorted((code for code in sizes if code in spots), key=lambda code: -sizes[code])
    placed = bubbles.set_apart([bubbles.Circle(*spots[code], sizes[code]) for code in codes])
    rounds, names = [], []
    for code, circle in zip(codes, placed, strict=True):
        hidden = layer.classes[index[code]] < 0
        colour, hatch = _fill(LegendKind.TOO_FEW, "") if hidden else (bubbles.fill(layer), "")
        rounds.append(_round(circle, colour, hatch))
        lines = [layer.names[index[code]], *([] if hidden else [layer.written[index[code]]])]
        size = 8.5
        wide = max(map(len, lines)) * size * _LETTER
        inside = not hidden and math.hypot(wide, 2 * size) <= 2 * circle.radius
        ink = max((TOKENS["ink"], TOKENS["paper"]), key=partial(contrast, colour)) if inside else TOKENS["ink"]
        top = circle.y if inside else circle.y + circle.radius + size
        halo = colour if inside else TOKENS["paper"]
        names.append(
            [
                Text((circle.x, top + step * (size + 1)), line, size, ink, bold=step == 0, centred=True, halo=halo)
                for step, line in enumerate(lines)
            ]
        )
    return rounds, names


def _round(circle: bubbles.Circle, fill: str, hatch: str = "") -> Polygon:
    turns = [2 * math.pi * step / _CORNERS for step in range(_CORNERS + 1)]
    ring = tuple((circle.x + circle.radius * math.cos(t), circle.y + circle.radius * math.sin(t)) for t in turns)
    return Polygon((ring,), fill, TOKENS["ink"] if hatch else TOKENS["paper"], hatch, weight=1.0)


def _sizes(layer: ChoroplethLayer, frame: Frame) -> Iterable[Polygon]:
    for x, radius, _ in _size_places(layer, frame):
        yield _round(bubbles.Circle(x, frame[3] + 29, radius), bubbles.fill(layer))
    if bubbles.marked(layer):
        x = frame[0] + _SIZE_STEP * (len(_examples(layer)) + 0.5)
        yield _round(bubbles.Circle(x, frame[3] + 29, bubbles.MARK), *_fill(LegendKind.TOO_FEW, ""))


def _examples(layer: ChoroplethLayer) -> list[tuple[int, float]]:
    """The counts of the legend whose circles have room beneath the map."""
    return [(count, radius) for count, radius in bubbles.examples(layer) if radius <= _ROOM_BELOW]


def _size_places(layer: ChoroplethLayer, frame: Frame) -> Iterable[tuple[float, float, str]]:
    """Where the circles of the legend stand: their middle, radius, and the count they stand for."""
    for step, (count, radius) in enumerate(reversed(_examples(layer))):
        yield frame[0] + _SIZE_STEP * (step + 0.5), radius, numbers.count(count)


def names_apart(names: Sequence[Sequence[Text]]) -> list[Text]:
    """Return the names, each with its value, that lie on none before them."""
    taken: list[Frame] = []
    kept: list[Text] = []
    for lines in filter(None, names):
        half = max(len(text.words) * text.size * _LETTER / 2 for text in lines)
        x, y = lines[0].place
        box = (x - half, y - lines[0].size, x + half, lines[-1].place[1])
        if all(box[2] < other[0] or box[0] > other[2] or box[3] < other[1] or box[1] > other[3] for other in taken):
            taken.append(box)
            kept += lines
    return kept


def _head(layer: ChoroplethLayer, words: Words, title: str, said: Sequence[str]) -> list[Text]:
    return [
        Text((MARGIN, MARGIN + _TITLE), title, _TITLE, bold=True),
        Text((MARGIN, MARGIN + _TITLE + 18), words(f"measure.{layer.measure.key}"), _TEXT + 2),
        *(
            Text((MARGIN, MARGIN + _TITLE + 31 + 11 * number), line, _SMALL, TOKENS["muted"])
            for number, line in enumerate(said)
        ),
    ]


def _columns(layer: ChoroplethLayer, words: Words, frame: Frame) -> list[float]:
    """Where the rows of the legend begin, side by side, each as wide as what it says."""
    left, _, right, _ = frame
    needs = [40 + _LETTER * _SMALL * len(_label(row, words)) for row in layer.legend_rows]
    tight = min(1.0, (right - left) / (sum(needs) or 1))
    return [left + tight * sum(needs[:place]) for place in range(len(needs))]


def _label(row: LegendRow, words: Words) -> str:
    return f"{row.label or words(f'legend.{row.kind}')} ({row.areas})"


def _swatches(layer: ChoroplethLayer, words: Words, frame: Frame) -> Iterable[Polygon]:
    top = frame[3] + 22
    for left, row in zip(_columns(layer, words, frame), layer.legend_rows, strict=True):
        fill, hatch = _fill(row.kind, row.colour)
        corners = ((left, top), (left + 18, top), (left + 18, top + 12), (left, top + 12), (left, top))
        yield Polygon((corners,), fill, TOKENS["line-strong"], hatch)


def _legend(layer: ChoroplethLayer, words: Words, frame: Frame, *, circles: bool = False) -> Iterable[Text]:
    left, bottom = frame[0], frame[3]
    how = words("legend.circles") if circles else how_classed(layer, words)
    yield Text((left, bottom + 14), how, _SMALL, TOKENS["muted"])
    for x, radius, count in _size_places(layer, frame) if circles else ():
        yield Text((x + radius + 4, bottom + 32), count, _SMALL)
    if circles and bubbles.marked(layer):
        x = left + _SIZE_STEP * (len(_examples(layer)) + 0.5)
        yield Text((x + bubbles.MARK + 4, bottom + 32), words("legend.too_few"), _SMALL)
    for x, row in () if circles else zip(_columns(layer, words, frame), layer.legend_rows, strict=True):
        yield Text((x + 22, bottom + 32), _label(row, words), _SMALL)


def _footed(layer: ChoroplethLayer, words: Words, frame: Frame) -> Iterable[Text]:
    left, _, right, bottom = frame
    letters = int((right - left) / (_SMALL * _LETTER))
    for number, line in enumerate(_lines(" · ".join(footnote(layer.source, words)), letters)):
        yield Text((left, bottom + 50 + number * 11), line, _SMALL, TOKENS["muted"])


def _lines(text: str, letters: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) + 1 > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def scale_km(per_degree: float, width: float) -> int:
    """Return the round number of kilometres that fills about a fifth of a map's width near the equator."""
    most = width * _SCALE_SHARE / per_degree * _METRES / 1000
    size = 10 ** math.floor(math.log10(most)) if most >= 1 else 1
    return int(next(size * step for step in (5, 2, 1) if size * step <= max(most, 1)))


def _bar(frame: Frame, per_degree: float) -> tuple[float, float, float, int]:
    kilometres = scale_km(per_degree, frame[2] - frame[0])
    length = kilometres * 1000 / _METRES * per_degree
    return frame[2] - 14 - length, frame[3] - 12, length, kilometres


def _scale_bar(frame: Frame, per_degree: float) -> Iterable[Polygon]:
    x, y, length, _ = _bar(frame, per_degree)
    for start, fill in ((0.0, TOKENS["ink"]), (0.5, TOKENS["paper"])):
        left, right = x + start * length, x + (start + 0.5) * length
        yield Polygon((((left, y - 4), (right, y - 4), (right, y), (left, y), (left, y - 4)),), fill, TOKENS["ink"])


def _scale_words(frame: Frame, per_degree: float, words: Words) -> Iterable[Text]:
    x, y, length, kilometres = _bar(frame, per_degree)
    yield Text((x + length / 2, y - 8), f"{kilometres} km", _SMALL, centred=True)
    yield Text((frame[2] - 20, frame[1] + 16), words("sheet.north"), _TEXT, bold=True, centred=True)


def _north(frame: Frame) -> Iterable[Polygon]:
    x, y = frame[2] - 20, frame[1] + 20
    yield Polygon((((x, y), (x + 6, y + 18), (x, y + 14), (x - 6, y + 18), (x, y)),), TOKENS["ink"], TOKENS["ink"])
