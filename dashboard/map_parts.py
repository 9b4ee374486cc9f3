"""Which part of a map a browser shows, as it says it itself."""

from __future__ import annotations

import math
from typing import Any, Final

from queries.map_points import Part
from registry.errors import InvalidInput

_DEEPEST: Final = 22


def part_of(asked: dict[str, Any]) -> Part:
    """The part of the map that the browser shows.

    Raises:
        InvalidInput: it is not one.

    """
    box, zoom = asked.get("box"), asked.get("zoom")
    numbers_given = [*box, zoom] if isinstance(box, list) else []
    if len(numbers_given) != 5 or not all(is_number(value) for value in numbers_given):  # noqa: PLR2004 - four sides, a zoom
        raise InvalidInput({"box": "invalid"})
    west, south, east, north, depth = (float(value) for value in numbers_given)
    return Part(max(west, -180), max(south, -85), min(east, 180), min(north, 85), min(max(depth, 0), _DEEPEST))


def is_number(value: object) -> bool:
    """Whether a value that was sent is a plain number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
