"""Makes the boundary files that a browser draws: one for each level, parent and zoom band, named by their content."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo.coverage import simplify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

DECIMALS = 5
COUNTRY = "MY"


@dataclass(frozen=True)
class Band:
    """A range of zooms drawn from the same file."""

    name: str
    min_zoom: int
    max_zoom: int
    tolerance_m: float
    """How far an edge may stray; about a pixel at ``max_zoom``."""


BANDS = (
    Band("far", min_zoom=0, max_zoom=7, tolerance_m=1_000),
    Band("middle", min_zoom=8, max_zoom=10, tolerance_m=200),
    Band("near", min_zoom=11, max_zoom=22, tolerance_m=30),
)
"""From the whole country to a village."""

PARENT_LEVELS: Mapping[str, tuple[str, ...]] = {
    "country": ("country",),
    "state": ("country",),
    "district": ("country", "state"),
    "mukim": ("state", "district"),
    "parliament": ("country", "state"),
    "dun": ("country", "state", "parliament"),
    "catchment": ("country",),
}
"""By which parents a level is cut into files; the whole country only where one file stays small enough to load."""


@dataclass(frozen=True)
class BoundaryFile:
    """A gzipped GeoJSON file of one level's areas inside one parent for one zoom band."""

    level: str
    parent: str
    band: Band
    name: str
    """``district-08-far.<hash>.geojson.gz``; the hash is of the content, so that it may be cached for ever."""
    content: bytes
    areas: int
    box: tuple[float, float, float, float]
    """West, south, east, north in degrees."""


def boundary_files(frame: gpd.GeoDataFrame, *, level: str, bands: Iterable[Band] = BANDS) -> Iterator[BoundaryFile]:
    """Every file of a level, from its clean coverage.

    ``frame``: code, name and MultiPolygons in EPSG:4326; also parent_code and state_code for seats, whose own codes
    do not tell. Each band is simplified as a whole before it is cut, so that areas of neighbouring files still meet.
    Properties are code and name only.
    """
    groups = _groups(frame, level)
    for band in bands:
        simple = _rounded(simplify(frame, band.tolerance_m).geometry.to_numpy())
        for parent, rows in groups.items():
            content = _packed(frame, simple, rows)
            digest = hashlib.sha256(content).hexdigest()[:12]
            west, south, east, north = (float(edge) for edge in shapely.total_bounds(simple[rows]))
            yield BoundaryFile(
                level=level,
                parent=parent,
                band=band,
                name=f"{level}-{parent}-{band.name}.{digest}.geojson.gz",
                content=content,
                areas=len(rows),
                box=(west, south, east, north),
            )


def _groups(frame: gpd.GeoDataFrame, level: str) -> dict[str, NDArray[np.intp]]:
    """Rows of each parent's areas, by parent code."""
    groups: dict[str, NDArray[np.intp]] = {}
    for parent_level in PARENT_LEVELS[level]:
        parents = _parents(frame, parent_level)
        for parent in sorted(set(parents) - {""}):
            groups[parent] = np.flatnonzero(parents == parent)
    return groups


def _parents(frame: gpd.GeoDataFrame, parent_level: str) -> NDArray[np.object_]:
    codes = frame["code"].astype(str)
    match parent_level:
        case "country":
            parents = pd.Series(COUNTRY, index=frame.index)
        case "state":
            parents = frame["state_code"] if "state_code" in frame else codes.str[:2]
        case "district":
            parents = codes.str[:4]
        case _:
            parents = frame["parent_code"]
    return np.array(parents.tolist(), dtype=object)


def _rounded(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Polygons on the grid of the file's decimals: a shared vertex is rounded alike on both sides."""
    rounded: NDArray[np.object_] = shapely.transform(polygons, lambda points: np.round(points, DECIMALS))
    return rounded


def _packed(frame: gpd.GeoDataFrame, polygons: NDArray[np.object_], rows: NDArray[np.intp]) -> bytes:
    codes, names = frame["code"].to_numpy(), frame["name"].to_numpy()
    features = ",".join(
        f'{{"type":"Feature","properties":{_json({"code": codes[row], "name": names[row]})},'
        f'"geometry":{shapely.to_geojson(polygons[row])}}}'
        for row in rows
    )
    collection = f'{{"type":"FeatureCollection","features":[{features}]}}'
    return gzip.compress(collection.encode(), compresslevel=9, mtime=0)


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
