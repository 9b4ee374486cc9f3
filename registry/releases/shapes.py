"""The boundaries that a release is drawn with: such as may be published, with few corners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import shapely
from sqlalchemy import text

from geo.coverage import simplify

if TYPE_CHECKING:
    from sqlalchemy import Connection

OPEN_LICENCES: Final = ("public domain", "CC BY 4.0", "DOSM Open Data Licence")
"""Of which boundaries may be passed on to anybody."""
_TOLERANCE_M: Final = {"state": 4000.0, "district": 3000.0}
_DEGREES: Final = 0.01
"""To which a corner is told: about a kilometre, a third of a dot on a page."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """GeoJSON geometries by area, and what is said of where they are from."""

    shapes: dict[str, str]
    said: str


def boundaries_of(connection: Connection, statement: str) -> Boundaries:
    """The boundaries of states and districts for a map of the public."""
    shapes: dict[str, str] = {}
    said: list[str] = []
    for level, tolerance in _TOLERANCE_M.items():
        rows = connection.execute(text(statement), {"level": level, "open_licences": list(OPEN_LICENCES)}).all()
        if not rows:
            continue
        frame = gpd.GeoDataFrame(
            {"code": [row.code for row in rows]},
            geometry=shapely.from_wkb([row.geometry for row in rows]),
            crs="EPSG:4326",
        )
        simple = shapely.set_precision(simplify(frame, tolerance).geometry.to_numpy(), _DEGREES, mode="pointwise")
        shapes |= dict(zip(frame["code"], shapely.to_geojson(simple), strict=True))
        said.append(f"{rows[0].source} ({rows[0].licence})")
    return Boundaries(shapes, "; ".join(dict.fromkeys(said)))
