"""Boundaries as fine as a small picture shows them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import shapely

from dashboard.boundary_files import boundary_file_of, shapes_of

if TYPE_CHECKING:
    from pathlib import Path

_FINE: Final = 1 / 1500
"""How fine boundaries are drawn, as a share of the width of all: half a point of the picture."""


def inside_shapes(home: Path, *, level: str, within: str) -> dict[str, Any] | None:
    """The boundaries of the areas of a level inside one; ``None`` where there are none."""
    file = boundary_file_of(home, level=level, within=within)
    return None if file is None else _shapes(home, file)


@lru_cache(maxsize=64)
def _shapes(home: Path, file: Any) -> dict[str, Any]:
    found: Any = shapes_of(home, file)["features"]
    geometries = [shapely.geometry.shape(feature["geometry"]) for feature in found]
    west, _, east, _ = shapely.total_bounds(geometries)
    drawn = shapely.coverage_simplify(geometries, (east - west) * _FINE)
    features = [
        {"properties": feature["properties"], "geometry": shapely.geometry.mapping(geometry)}
        for feature, geometry in zip(found, drawn, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}
