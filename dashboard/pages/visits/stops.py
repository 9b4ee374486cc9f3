"""The stops of a round in the order of the way: nearest after nearest, from where the officer is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.route import Point, nearest_order
from registry.households import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from queries.row_types.visits import RoundRow


def read_place(raw: Any) -> Point | None:
    """Where a device says that it is; ``None`` where that is nowhere in Malaysia."""
    try:
        latitude, longitude = float(raw["latitude"]), float(raw["longitude"])
    except (KeyError, TypeError, ValueError):
        return None
    return None if rules.check_point(longitude=longitude, latitude=latitude) else (latitude, longitude)


def place_of(row: RoundRow) -> Point | None:
    """Where a visit is to be made; ``None`` where no place is known."""
    latitude, longitude = row["latitude"], row["longitude"]
    return None if latitude is None or longitude is None else (latitude, longitude)


def in_turn(found: Sequence[RoundRow], start: Point | None) -> list[RoundRow]:
    """The visits one after the other; those without a place are the last."""
    return [found[index] for index in nearest_order([place_of(row) for row in found], start=start)]
