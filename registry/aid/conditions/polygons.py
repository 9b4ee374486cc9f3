"""An area that somebody drew: GeoJSON with bounded corners, in Malaysia, whose sides do not cross."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any, Final

from shapely.geometry import shape

from registry.aid.conditions.problems import BadCondition

MOST_CORNERS: Final = 2_000
_FEWEST: Final = 4
_WEST, _SOUTH, _EAST, _NORTH = 95.0, -3.0, 125.0, 12.0
_DEPTHS: Final = {"Polygon": 1, "MultiPolygon": 2}


def checked(raw: Any) -> dict[str, Any]:
    """A polygon, or several, of plain numbers.

    Raises:
        BadCondition: it is none, its sides cross, or a corner lies far from Malaysia.

    """
    depth = _DEPTHS.get(raw.get("type", "")) if isinstance(raw, dict) and isinstance(raw.get("type"), str) else None
    if depth is None:
        raise _bad()
    corners = [0]
    coordinates = _rings(raw.get("coordinates"), depth, corners)
    found = {"type": raw["type"], "coordinates": coordinates}
    drawn = shape(found)
    if not drawn.convex_hull.area:
        raise _bad()
    if not drawn.is_valid:
        raise BadCondition("polygon_crosses")
    return found


def _rings(raw: Any, depth: int, corners: list[int]) -> list[Any]:
    if not isinstance(raw, list) or not 0 < len(raw) <= MOST_CORNERS:
        raise _bad()
    if depth:
        return [_rings(item, depth - 1, corners) for item in raw]
    corners[0] += len(raw)
    ring = [_corner(item) for item in raw]
    if corners[0] > MOST_CORNERS or len(ring) < _FEWEST or ring[0] != ring[-1]:
        raise _bad()
    return ring


def _corner(raw: Any) -> list[float]:
    if not isinstance(raw, list) or len(raw) < 2 or len(raw) > 3:  # noqa: PLR2004 - a height is passed over
        raise _bad()
    if any(isinstance(item, bool) or not isinstance(item, int | float | Decimal) for item in raw):
        raise _bad()
    try:
        longitude, latitude = float(raw[0]), float(raw[1])
    except OverflowError:
        raise _bad() from None
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise _bad()
    if not (_WEST <= longitude <= _EAST and _SOUTH <= latitude <= _NORTH):
        raise BadCondition("polygon_outside")
    return [longitude, latitude]


def _bad() -> BadCondition:
    return BadCondition("polygon", most=f"{MOST_CORNERS:,}")
