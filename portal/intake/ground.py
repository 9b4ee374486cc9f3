"""The ground of a district as squares of a picture: which point a press means, and where a point stands."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, radians
from typing import TYPE_CHECKING, Final

from geo.coverage import METRES_PER_DEGREE
from geo.place_names import named_places

if TYPE_CHECKING:
    from geo.place_names import NamedPlace

PIXELS: Final = 280
"""The side of the picture. A browser tells a press in pixels of the picture as it is shown, so it is shown at this size
everywhere: on the smallest telephone (320) there is no more room."""
DEEPEST: Final = 3
FACTOR: Final = 4
_LEAST_MARGIN: Final = 0.06
Point = tuple[float, float]
"""Longitude and latitude."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the ground: as large as ``FACTOR ** -zoom`` of it, half a square from the next."""

    zoom: int
    column: int = 0
    row: int = 0

    @property
    def exists(self) -> bool:
        """Whether there is such a square."""
        return 0 <= self.zoom <= DEEPEST and all(0 <= place <= _last(self.zoom) for place in (self.column, self.row))


def _last(zoom: int) -> int:
    return int(2 * FACTOR**zoom - 2)


@dataclass(frozen=True, slots=True)
class Ground:
    """The square around a district; ``side`` is in degrees of latitude, ``stretch`` those that one of longitude has."""

    west: float
    north: float
    side: float
    stretch: float

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float], margin_m: float) -> Ground:
        """The square in whose middle these bounds lie (west, south, east, north), with a margin."""
        west, south, east, north = bounds
        stretch = cos(radians((south + north) / 2))
        wide, high = (east - west) * stretch, north - south
        longest = max(wide, high)
        side = longest + 2 * max(margin_m / METRES_PER_DEGREE, longest * _LEAST_MARGIN)
        return cls(west - (side - wide) / 2 / stretch, north + (side - high) / 2, side, stretch)

    def span(self, zoom: int) -> float:
        """The side of a square."""
        return float(self.side / FACTOR**zoom)

    def metres_a_pixel(self, zoom: int) -> float:
        """What a pixel stands for."""
        return self.span(zoom) * METRES_PER_DEGREE / PIXELS

    def point(self, cell: Cell, x: float, y: float) -> Point:
        """The point that a pixel of a square's picture shows."""
        span = self.span(cell.zoom)
        across = span * (cell.column / 2 + x / PIXELS)
        down = span * (cell.row / 2 + y / PIXELS)
        return self.west + across / self.stretch, self.north - down

    def pixel(self, cell: Cell, point: Point) -> tuple[float, float]:
        """Where a point stands on a square's picture."""
        span = self.span(cell.zoom)
        x = ((point[0] - self.west) * self.stretch / span - cell.column / 2) * PIXELS
        y = ((self.north - point[1]) / span - cell.row / 2) * PIXELS
        return x, y

    def middle(self, cell: Cell) -> Point:
        """The point in the middle of a square."""
        return self.point(cell, PIXELS / 2, PIXELS / 2)

    def cell_at(self, zoom: int, point: Point) -> Cell:
        """The square in whose middle a point lies, as near as may be."""
        half, last = self.span(zoom) / 2, _last(zoom)
        across, down = (point[0] - self.west) * self.stretch, self.north - point[1]
        column, row = (min(last, max(0, round(place / half) - 1)) for place in (across, down))
        return Cell(zoom, column, row)

    def bounds(self, cell: Cell, beyond: float = 0.0) -> tuple[float, float, float, float]:
        """West, south, east and north of a square, and so many pixels beyond."""
        west, north = self.point(cell, -beyond, -beyond)
        east, south = self.point(cell, PIXELS + beyond, PIXELS + beyond)
        return west, south, east, north


def metres_between(one: Point, other: Point) -> float:
    """How far two points of the country are apart, as near as a map needs it."""
    stretch = cos(radians((one[1] + other[1]) / 2))
    return hypot((one[0] - other[0]) * stretch, one[1] - other[1]) * METRES_PER_DEGREE


def nearest_place(point: Point) -> tuple[NamedPlace, float]:
    """The town or village of the gazetteer nearest to a point, and how many metres away it is."""
    away = [(metres_between(point, (place.longitude, place.latitude)), place) for place in named_places()]
    metres, place = min(away, key=lambda one: one[0])
    return place, metres
