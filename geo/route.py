"""The order in which places are visited: from each to the nearest that is left."""

from __future__ import annotations

from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS84."""
EARTH_RADIUS_M: Final = 6_371_008.8


def distance_m(start: Point, end: Point) -> float:
    """The distance between two points in metres along the sphere (haversine), good to half a per cent."""
    (start_lat, start_lon), (end_lat, end_lon) = (tuple(map(radians, point)) for point in (start, end))
    across = sin((end_lat - start_lat) / 2) ** 2
    along = cos(start_lat) * cos(end_lat) * sin((end_lon - start_lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(across + along)))


def nearest_order(places: Sequence[Point | None], *, start: Point | None = None) -> list[int]:
    """The indices of ``places`` in the order of a round that goes on to the nearest place left.

    It begins at the place nearest to ``start``, without one at the first place. Of two equally near the earlier comes
    first. Places that are not known (``None``) come last, in the order in which they stand.
    """
    known = {index: point for index, point in enumerate(places) if point is not None}
    order: list[int] = []
    here = start if start is not None else next(iter(known.values()), None)
    while known and here is not None:
        origin = here
        nearest = min(known, key=lambda index: (distance_m(origin, known[index]), index))
        here = known.pop(nearest)
        order.append(nearest)
    return order + [index for index, point in enumerate(places) if point is None]


def length_m(places: Sequence[Point]) -> float:
    """The length of a round in metres, as the crow flies from each place to the next."""
    return sum(distance_m(start, end) for start, end in pairwise(places))
