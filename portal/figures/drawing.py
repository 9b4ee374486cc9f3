"""Draws a release: five classes, outlines of areas, a course of months. Values in, figures for a template out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from portal.figures.reading import Area, Point, Release

CLASSES: Final = 5
WIDTH: Final = 1000
"""Of a map, in its own units."""
_MARGIN: Final = 8
_COURSE: Final = (640, 200)
_EDGE: Final = 12
Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An area on a map: its outline as an SVG path, its class from 1 to 5, or how it is told where it has none."""

    area: Area
    path: str
    look: str


@dataclass(frozen=True, slots=True)
class Map:
    """A map: how high it is at a width of 1,000, what is drawn, and the bounds of its classes."""

    height: int
    drawn: Sequence[Drawn]
    bounds: Sequence[tuple[Any, Any]]


def classes(values: Iterable[Decimal | int | None]) -> list[tuple[Any, Any]]:
    """The lowest and highest value of up to five classes with about as many areas each."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return []
    cuts = sorted({round(place * len(known) / CLASSES) for place in range(CLASSES + 1)})
    groups = [known[low:high] for low, high in pairwise(cuts)]
    found: list[tuple[Any, Any]] = []
    for group in groups:
        low, high = group[0], group[-1]
        if found and low <= found[-1][1]:
            # equal values are of one class
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found


def look_of(release: Release, code: str, measure: str, bounds: Sequence[tuple[Any, Any]]) -> str:
    """The class of an area's colour; ``few`` for below 10, ``none`` where nothing is told."""
    value = release.value(code, measure)
    if value is None:
        return "few" if release.told(code, measure).how == "bawah10" else "none"
    return str(next((place for place, (_, high) in enumerate(bounds, start=1) if value <= high), len(bounds)))


def draw(release: Release, within: str, measure: str) -> Map:
    """The areas inside one, coloured by a measure."""
    areas = release.inside(within)
    rings = {area.code: rings_of(area) for area in areas}
    corners = [corner for one in rings.values() for ring in one for corner in ring]
    bounds = classes(release.value(area.code, measure) for area in areas)
    if not corners:
        return Map(0, [], bounds)
    frame = Frame.around(corners, WIDTH)
    drawn = [
        Drawn(area, frame.path(rings[area.code]), look_of(release, area.code, measure, bounds))
        for area in areas
        if rings[area.code]
    ]
    return Map(frame.height, drawn, bounds)


def rings_of(area: Area) -> list[Ring]:
    """The outlines of an area, islands and holes alike."""
    if area.shape is None:
        return []
    shape = json.loads(area.shape)
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [[(corner[0], corner[1]) for corner in ring] for polygon in polygons for ring in polygon]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where longitude and latitude fall on a map of a width."""

    west: float
    north: float
    scale: float
    stretch: float
    height: int

    @classmethod
    def around(cls, corners: Sequence[tuple[float, float]], width: int) -> Frame:
        """The frame that holds all of these corners, with a margin."""
        west, east = min(x for x, _ in corners), max(x for x, _ in corners)
        south, north = min(y for _, y in corners), max(y for _, y in corners)
        stretch = cos(radians((south + north) / 2))
        scale = (width - 2 * _MARGIN) / max(1e-6, (east - west) * stretch)
        return cls(west, north, scale, stretch, round((north - south) * scale) + 2 * _MARGIN)

    def place(self, corner: tuple[float, float]) -> tuple[int, int]:
        """Where a corner falls."""
        x, y = corner
        return (
            round((x - self.west) * self.stretch * self.scale) + _MARGIN,
            round((self.north - y) * self.scale) + _MARGIN,
        )

    def path(self, rings: Sequence[Ring]) -> str:
        """Outlines as an SVG path, without corners that fall on one dot."""
        parts = []
        for ring in rings:
            points = [self.place(corner) for corner in ring]
            kept = [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]
            if len(kept) > 2:  # noqa: PLR2004 - fewer corners are no area
                parts.append("M" + " ".join(f"{x},{y}" for x, y in kept) + "Z")
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Course:
    """A course of months as the points of lines; a month without a number ends one, and another begins after it."""

    width: int
    height: int
    lines: Sequence[str]
    dots: Sequence[tuple[int, int]]
    highest: Decimal | int


def draw_course(points: Sequence[Point], measure: str) -> Course | None:
    """The course of an area; ``None`` where no month has a number."""
    values = [point.told.rate if measure == "kadar" else point.told.count for point in points]
    known = [value for value in values if value is not None]
    if not known or not max(known):
        return None
    width, height = _COURSE
    step = (width - 2 * _EDGE) / max(1, len(values) - 1)
    lines: list[list[tuple[int, int]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            lines.append([])
        else:
            top = round(height - _EDGE - float(value) / float(max(known)) * (height - 2 * _EDGE))
            lines[-1].append((round(_EDGE + place * step), top))
    return Course(
        width,
        height,
        [" ".join(f"{x},{y}" for x, y in line) for line in lines if len(line) > 1],
        [dot for line in lines for dot in line],
        max(known),
    )
