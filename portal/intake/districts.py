"""Reads the outline of a district, and draws a square of its ground: mukim, names of places, a scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely
from sqlalchemy import text

from geo.coverage import METRES_PER_DEGREE, REST
from geo.place_names import named_places
from portal.intake.ground import PIXELS, Ground

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from portal.intake.ground import Cell, Point

_VERSIONS: Final = text("""
    SELECT string_agg(DISTINCT version, '-' ORDER BY version) FROM portal.outline WHERE district_code = :code
""")
_OUTLINES: Final = text("""
    SELECT code, level, name, shape, source, licence, approximate, accuracy_m
    FROM portal.outline WHERE district_code = :code ORDER BY level, code
""")
_MOST_KEPT: Final = 32
_BEYOND: Final = 12
"""Pixels around a picture that are cut away with what lies there: the edges of the cut are not to be seen."""
_LETTER, _LINE, _GAP = 6.0, 13.0, 5.0
_LENGTHS: Final = tuple(first * 10**zeros for zeros in range(1, 6) for first in (1, 2, 5))
_LONGEST_SCALE: Final = 90


@dataclass(frozen=True, slots=True)
class Outlined:
    """A district with its mukim as an open set of boundaries has them."""

    code: str
    name: str
    version: str
    shape: Any
    mukim: Sequence[tuple[str, Any]]
    ground: Ground
    said: str
    approximate: bool
    accuracy_m: int

    @property
    def inside(self) -> Point:
        """A point that lies in it for certain."""
        point = shapely.point_on_surface(self.shape)
        return point.x, point.y

    def holds(self, point: Point) -> bool:
        """Whether a point lies in the district, as exactly as its boundary is known: what a record is held to."""
        away = shapely.distance(self.shape, shapely.Point(point)) * METRES_PER_DEGREE
        return bool(away <= self.accuracy_m)


@dataclass(frozen=True, slots=True)
class Label:
    """A name on a picture: a place beside its dot, or a mukim in its middle."""

    name: str
    x: float
    y: float
    anchor: str
    dot: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn of a square."""

    district: str
    mukim: Sequence[str]
    labels: Sequence[Label]
    scale: float
    length: str


_kept: dict[tuple[str, str], Outlined] = {}


def district_of(connection: Connection, code: str) -> Outlined | None:
    """A district by its code; ``None`` where no open set of boundaries has it."""
    version = connection.execute(_VERSIONS, {"code": code}).scalar_one()
    if version is None:
        return None
    found = _kept.get((code, version))
    if found is None:
        found = _read(connection, code, version)
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        if found is not None:
            _kept[code, version] = found
    return found


def _read(connection: Connection, code: str, version: str) -> Outlined | None:
    rows = connection.execute(_OUTLINES, {"code": code}).all()
    own = next((row for row in rows if row.code == code), None)
    if own is None:
        return None
    shape = shapely.from_wkb(bytes(own.shape))
    return Outlined(
        code,
        own.name,
        version,
        shape,
        [(_name(row), shapely.from_wkb(bytes(row.shape))) for row in rows if row.code != code],
        Ground.around(tuple(shapely.bounds(shape).tolist()), own.accuracy_m),
        "; ".join(dict.fromkeys(f"{row.source} ({row.licence})" for row in rows)),
        own.approximate,
        own.accuracy_m,
    )


def _name(row: Any) -> str:
    """A mukim's name; what belongs to none has none."""
    return "" if row.code.endswith(REST) else str(row.name)


def draw(district: Outlined, cell: Cell) -> Picture:
    """A square of a district's ground."""
    ground = district.ground
    seen = [(name, _cut(ground, cell, shape)) for name, shape in district.mukim]
    length = max(one for one in _LENGTHS if one <= _LONGEST_SCALE * ground.metres_a_pixel(cell.zoom))
    return Picture(
        _path(ground, cell, _cut(ground, cell, district.shape)),
        [path for path in (_path(ground, cell, shape) for _name, shape in seen) if path],
        _labels(ground, cell, [(name, shape) for name, shape in seen if name and not shape.is_empty]),
        length / ground.metres_a_pixel(cell.zoom),
        f"{length / 1000:g} km" if length >= 1000 else f"{length} m",  # noqa: PLR2004 - metres of a kilometre
    )


def _cut(ground: Ground, cell: Cell, shape: Any) -> Any:
    """What a square shows of a shape, without corners that nobody can see."""
    seen = shapely.clip_by_rect(shape, *ground.bounds(cell, _BEYOND))
    return shapely.simplify(seen, ground.span(cell.zoom) / PIXELS / 2)


def _path(ground: Ground, cell: Cell, shape: Any) -> str:
    parts = []
    for polygon in shapely.get_parts(shape):
        if shapely.get_type_id(polygon) != shapely.GeometryType.POLYGON:
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            corners = [ground.pixel(cell, corner) for corner in ring.coords[:-1]]
            parts.append("M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in corners) + "Z")
    return "".join(parts)


def _labels(ground: Ground, cell: Cell, mukim: Iterable[tuple[str, Any]]) -> list[Label]:
    """Names that do not lie on one another: places, the most populous first, then mukim."""
    found: list[Label] = []
    taken: list[tuple[float, float, float, float]] = []
    for label in (*_places(ground, cell), *_middles(ground, cell, mukim)):
        box = _box(label)
        if _inside(box) and not any(_meet(box, other) for other in taken):
            found.append(label)
            taken.append(box)
    return found


def _places(ground: Ground, cell: Cell) -> Iterable[Label]:
    for place in named_places():
        x, y = ground.pixel(cell, (place.longitude, place.latitude))
        if 0 <= x <= PIXELS and 0 <= y <= PIXELS:
            right = x < PIXELS / 2
            yield Label(place.name, x + (_GAP if right else -_GAP), y + _GAP - 1, "start" if right else "end", (x, y))


def _middles(ground: Ground, cell: Cell, mukim: Iterable[tuple[str, Any]]) -> Iterable[Label]:
    for name, shape in mukim:
        middle = shapely.point_on_surface(shape)
        x, y = ground.pixel(cell, (middle.x, middle.y))
        yield Label(name, x, y, "middle")


def _box(label: Label) -> tuple[float, float, float, float]:
    wide = _LETTER * len(label.name)
    left = {"start": label.x, "end": label.x - wide, "middle": label.x - wide / 2}[label.anchor]
    return left, label.y - _LINE + _GAP - 2, left + wide, label.y + _GAP - 2


def _inside(box: tuple[float, float, float, float]) -> bool:
    # the scale stands at the bottom
    return box[0] >= 0 and box[1] >= 0 and box[2] <= PIXELS and box[3] <= PIXELS - 2 * _LINE


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
