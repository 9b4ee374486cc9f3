"""Reads households on the map: those in view as points or clusters, those at one place, those inside a drawn shape.

Row-level security decides which there are; every count says how many it is out of.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from queries.row_types.points import HouseholdAtPlaceRow, InsideRow
from queries.statements import frame, rows_as, total

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    import pandas as pd
    from sqlalchemy import Connection

    from geo.rings import Ring

SINGLE_UP_TO: Final = 300
MOST_MARKS: Final = 1_000
LISTED: Final = 50
CELL_PIXELS: Final = 72
MOST_PIXELS: Final = 8_192
"""The side of the widest part that is looked at: no screen shows more of the map at once."""
_WORLD_PIXELS: Final = 256
_AREA_PARAMS: Final = ("mukim", "district", "parliament", "dun", "catchment")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the map: west, south, east and north in degrees, at a zoom of the web's tiles."""

    west: float
    south: float
    east: float
    north: float
    zoom: float

    @property
    def cell(self) -> float:
        """The side of a cluster's cell in degrees, so that clusters stand apart on screen."""
        return self._degrees(CELL_PIXELS)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what is looked at: the part, or the middle of one wider than any screen."""
        west, east = _middle(self.west, self.east, self._degrees(MOST_PIXELS))
        latitude = math.radians((self.south + self.north) / 2)
        south, north = _middle(self.south, self.north, self._degrees(MOST_PIXELS) * math.cos(latitude))
        return west, south, east, north

    def _degrees(self, pixels: int) -> float:
        return 360 * pixels / (_WORLD_PIXELS * 2**self.zoom)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which households: of one area (``level``, ``code``), of a strata, of some statuses, due, without a point."""

    level: str
    code: str
    strata: str | None = None
    statuses: tuple[str, ...] = ()
    due_on: date | None = None
    unplaced: bool = False

    def params(self) -> dict[str, Any]:
        """The parameters of the statements."""
        areas = {name: self.code if name == self.level else None for name in _AREA_PARAMS}
        return {
            **areas,
            "strata": self.strata,
            "statuses": list(self.statuses) or None,
            "due_on": self.due_on,
            "unplaced": self.unplaced,
        }


@dataclass(frozen=True, slots=True)
class Inside:
    """Who stands inside a drawn shape; ``gap_rm`` is RM a month."""

    tegar: int
    miskin: int
    mudah_miskin: int
    terkeluar: int
    households: int
    persons: int
    gap_rm: Decimal


def in_view(connection: Connection, part: Part, wanted: Wanted) -> tuple[pd.DataFrame, int]:
    """Households in a part of the map, and how many they are; of a part wider than any screen, those in its middle.

    Up to 300 come one by one (those at one place together), more come clustered on a grid. Of more than 1,000 clusters
    the fullest come, so that what is shown may be less than what there is.
    Columns: lon, lat, n, tegar, miskin, mudah_miskin, terkeluar, id, status, accuracy_m, together.
    """
    box = dict(zip(("west", "south", "east", "north"), part.box, strict=True))
    limits = {"row_limit": SINGLE_UP_TO, "mark_limit": MOST_MARKS}
    found = frame(connection, "points/in_view", **box, **wanted.params(), cell=part.cell, **limits)
    count = int(found["total"].iloc[0]) if len(found) else 0
    return found.drop(columns="total"), count


def at_place(
    connection: Connection, *, longitude: float, latitude: float, wanted: Wanted
) -> tuple[list[HouseholdAtPlaceRow], int]:
    """At most 50 households at one place, and how many there are."""
    params = {"longitude": longitude, "latitude": latitude, "row_limit": LISTED} | wanted.params()
    found = rows_as(HouseholdAtPlaceRow, connection, "points/at_place", **params)
    return found, total(found)


def inside(connection: Connection, ring: Ring, *, strata: str | None) -> Inside:
    """Who stands inside a drawn ring."""
    shape = json.dumps({"type": "Polygon", "coordinates": [[*ring.corners, ring.corners[0]]]})
    (found,) = rows_as(InsideRow, connection, "points/inside", shape=shape, strata=strata)
    return Inside(**found)


def _middle(least: float, most: float, widest: float) -> tuple[float, float]:
    if most - least <= widest:
        return least, most
    return (least + most - widest) / 2, (least + most + widest) / 2
