"""A round of visits as a map value: its stops, their numbered signs, and the view that holds them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from layers.palettes import TOKENS

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_DEGREES = 0.02
"""The least that a round's map shows across, however near its stops lie to each other."""
_FRAME_PIXELS, _TILE_PIXELS, _DEEPEST = 190, 256, 16.0


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of a round (degrees, WGS84), and what it is called."""

    latitude: float
    longitude: float
    name: str


def view_of(stops: Sequence[Stop]) -> tuple[tuple[float, float], float] | None:
    """The middle of the stops as latitude and longitude, and the zoom at which a small map holds them all."""
    if not stops:
        return None
    south, north = min(stop.latitude for stop in stops), max(stop.latitude for stop in stops)
    west, east = min(stop.longitude for stop in stops), max(stop.longitude for stop in stops)
    across = max(north - south, east - west, LEAST_DEGREES)
    zoom = math.floor(4 * math.log2(360 * _FRAME_PIXELS / (_TILE_PIXELS * across))) / 4
    return ((south + north) / 2, (west + east) / 2), min(_DEEPEST, zoom)


def numbered_sign(number: int) -> str:
    """The sign of a stop, a disc with its number, as an address of the data itself."""
    return "data:image/svg+xml," + quote(
        '<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28" viewBox="0 0 28 28">'
        f'<circle cx="14" cy="14" r="12.5" fill="{TOKENS["accent"]}" stroke="{TOKENS["paper"]}" stroke-width="2"/>'
        '<text x="14" y="18.5" text-anchor="middle" font-family="sans-serif" font-size="13" font-weight="700" '
        f'fill="{TOKENS["paper"]}">{number}</text></svg>'
    )
