"""Boundaries for tests that draw: squares side by side, as files of a home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from registry.areas.boundary_files import write_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def write_squares(home: Path, level: str, areas: Sequence[tuple[str, str]]) -> None:
    """Write a level whose areas (code, name) are squares in a row, each a part of what its code begins with."""
    parents = ["" if level == "state" else code[:-2] for code, _ in areas]
    frame = gpd.GeoDataFrame(
        {
            "code": [code for code, _ in areas],
            "name": [name for _, name in areas],
            "parent_code": parents,
            "state_code": [code[:2] for code, _ in areas],
        },
        geometry=[
            shapely.MultiPolygon([shapely.box(100 + place * 0.5, 4, 100.5 + place * 0.5, 4.5)])
            for place in range(len(areas))
        ],
        crs="EPSG:4326",
    )
    write_files(home, frame, level, version="squares")
