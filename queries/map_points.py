"""Reads households on the map: those in view as points or clusters, those at one place, those inside a drawn shape.

Row-level security decides which there are; every count says how many it is out of.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from queries.statements import frame, rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    import pandas as pd
    from sqlalchemy import Connection

SINGLE_UP_TO: Final = 300
LISTED: Final = 50
CELL_PIXELS: Final = 72
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
        return 360 * CELL_PIXELS / (_WORLD_PIXELS * 2**self.zoom)


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
    """Households in a part of the map, and how many they are.

    Up to 300 come one by one (those at one place together), more come clustered on a grid; none is left out.
    Columns: lon, lat, n, tegar, miskin, mudah_miskin, terkeluar, id, status, accuracy_m, together.
    """
    box = {"west": part.west, "south": part.south, "east": part.east, "north": part.north}
    found = frame(connection, "points/in_view", **box, **wanted.params(), cell=part.cell, row_limit=SINGLE_UP_TO)
    total = int(found["total"].iloc[0]) if len(found) else 0
    return found.drop(columns="total"), total


def at_place(
    connection: Connection, *, longitude: float, latitude: float, wanted: Wanted
) -> tuple[list[dict[str, Any]], int]:
    """At most 50 households at one place (id, head_name, file_no, status, member_count), and how many there are."""
    found = rows(
        connection, "points/at_place", longitude=longitude, latitude=latitude, **wanted.params(), row_limit=LISTED
    )
    return found, int(found[0]["total"]) if found else 0


def inside(connection: Connection, ring: Sequence[tuple[float, float]], *, strata: str | None) -> Inside:
    """Who stands inside a ring of (longitude, latitude); the ring is closed and, where it crosses itself, repaired."""
    shape = json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
    return Inside(**rows(connection, "points/inside", shape=shape, strata=strata)[0])
