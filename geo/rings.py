"""Shapes drawn by hand: simple rings of few corners and bounded area, checked before anything is measured by them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shapely import LinearRing

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_CORNERS: Final = 3
MOST_CORNERS: Final = 200
MOST_KM2: Final = 150_000
"""Sarawak, the widest state, has 124,450."""
_RADIUS_KM: Final = 6_371.0088
_FLAT_DEGREES2: Final = 1e-11

Corner = tuple[float, float]
"""Longitude and latitude in degrees."""


class RefusedRingError(ValueError):
    """A drawn shape that is not measured by; ``reason`` names the rule: corners, crossing, flat or large."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring that does not cross or touch itself, open (the last corner is not the first again).

    Raises:
        RefusedRingError: it has too few or too many corners, crosses itself, has no area or too much.

    """

    corners: tuple[Corner, ...]

    def __post_init__(self) -> None:
        if not FEWEST_CORNERS <= len(self.corners) <= MOST_CORNERS:
            raise RefusedRingError("corners")
        if abs(_doubled(self.corners)) < _FLAT_DEGREES2:
            raise RefusedRingError("flat")
        if not LinearRing(self.corners).is_simple:
            raise RefusedRingError("crossing")
        if area_of(self.corners) > MOST_KM2:
            raise RefusedRingError("large")

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north in degrees."""
        longitudes, latitudes = zip(*self.corners, strict=True)
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def area_of(corners: Sequence[Corner]) -> float:
    """The area of a ring in square kilometres, on the sphere of the earth's mean radius.

    By the trapezoid rule on the cylindrical equal-area projection (Lambert 1772), exact for edges along meridians and
    parallels and close for the short edges that are drawn.
    """
    flat = [(math.radians(longitude), math.sin(math.radians(latitude))) for longitude, latitude in corners]
    return abs(_doubled(flat)) / 2 * _RADIUS_KM**2


def _doubled(corners: Sequence[Corner]) -> float:
    """Twice the signed area of a ring in the plane."""
    following = [*corners[1:], corners[0]]
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(corners, following, strict=True))
