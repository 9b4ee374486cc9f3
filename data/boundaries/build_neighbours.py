"""Builds the land around Malaysia: ``python -m data.boundaries.build_neighbours countries-10m.json``.

The file is that of the npm package ``world-atlas`` 2.0.2 (``npm pack world-atlas@2.0.2``).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geo import coverage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Topology = Mapping[str, Any]

HERE = Path(__file__).resolve().parent
OUTPUT = HERE / "neighbours.geojson"
BOX: Final = (95.0, -5.0, 121.0, 15.0)
"""West, south, east, north in degrees."""
MALAYSIA: Final = "458"
NEIGHBOURS: Final[dict[str, tuple[str, str, str]]] = {
    "096": ("BN", "Brunei", "Brunei"),
    "104": ("MM", "Myanmar", "Myanmar"),
    "116": ("KH", "Kemboja", "Cambodia"),
    "360": ("ID", "Indonesia", "Indonesia"),
    "418": ("LA", "Laos", "Laos"),
    "608": ("PH", "Filipina", "Philippines"),
    "702": ("SG", "Singapura", "Singapore"),
    "704": ("VN", "Vietnam", "Vietnam"),
    "764": ("TH", "Thailand", "Thailand"),
}
"""Number of the country (ISO 3166-1) to its letters and its names, Malay and English."""
TOLERANCE_M: Final = 3_500.0
SMALLEST_KM2: Final = 25.0
"""Islands that would not be a pixel of a map of the country are left out, and so are lakes."""
UNDER_DEGREES: Final = 0.1
"""How far land goes on beneath Malaysia, so that no line of sea shows along a border that is drawn otherwise."""
DECIMALS: Final = 3
LABEL_DEGREES: Final = 0.05


def build(topology: Topology) -> dict[str, Any]:
    """A FeatureCollection, EPSG:4326: code, name_ms, name_en and label (longitude, latitude) of each neighbour."""
    known = {str(one.get("id")): one for one in topology["objects"]["countries"]["geometries"]}
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    numbers = [MALAYSIA, *NEIGHBOURS]
    shapes = np.array([_clipped(_polygons(known[number], arcs)) for number in numbers], dtype=object)
    frame = gpd.GeoDataFrame({"code": numbers}, geometry=shapes, crs=coverage.WGS84)
    clean, _ = coverage.clean(frame)
    simple = coverage.simplify(clean, TOLERANCE_M).set_index("code").geometry
    features = [
        _feature(*NEIGHBOURS[number], land=_large(simple[number]), malaysia=simple[MALAYSIA]) for number in NEIGHBOURS
    ]
    return {"type": "FeatureCollection", "features": features}


def _arc(steps: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> list[tuple[float, float]]:
    """The corners of an arc, which is kept as whole steps from one to the next."""
    corners = np.cumsum(np.array(steps), axis=0) * transform["scale"] + transform["translate"]
    return [(float(x), float(y)) for x, y in corners]


def _polygons(country: Topology, arcs: Sequence[list[tuple[float, float]]]) -> shapely.Geometry:
    rings = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
    polygons = [shapely.Polygon(_ring(outer, arcs), [_ring(hole, arcs) for hole in holes]) for outer, *holes in rings]
    return shapely.union_all(shapely.make_valid(polygons))


def _ring(numbers: Sequence[int], arcs: Sequence[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The corners of a ring; an arc below zero is followed the other way round."""
    ring: list[tuple[float, float]] = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(part[1:] if ring else part)
    return ring


def _clipped(land: shapely.Geometry) -> shapely.Geometry:
    return coverage.polygonal(np.array([shapely.intersection(land, shapely.box(*BOX))], dtype=object))[0]


def _large(land: shapely.Geometry) -> shapely.Geometry:
    """The land without what is too small to be seen, and without holes."""
    parts = shapely.get_parts(land)
    least = SMALLEST_KM2 / (coverage.METRES_PER_DEGREE / 1000) ** 2
    kept = parts[shapely.area(parts) >= least]
    return shapely.multipolygons(shapely.polygons(shapely.get_exterior_ring(kept if len(kept) else parts)))


def _feature(
    code: str, name_ms: str, name_en: str, *, land: shapely.Geometry, malaysia: shapely.Geometry
) -> dict[str, Any]:
    beneath = shapely.intersection(shapely.buffer(land, UNDER_DEGREES, quad_segs=2), malaysia)
    whole = shapely.simplify(shapely.union(land, beneath), UNDER_DEGREES / 12)
    rounded = _large(shapely.set_precision(whole, 10**-DECIMALS))
    # where most of the country is: a name stands inside it and not on an island
    most = max(shapely.get_parts(land), key=shapely.area)
    label = shapely.get_coordinates(_middle(most))[0]
    return {
        "type": "Feature",
        "properties": {
            "code": code,
            "name_ms": name_ms,
            "name_en": name_en,
            "label": [round(float(place), DECIMALS) for place in label],
        },
        "geometry": json.loads(shapely.to_geojson(rounded)),
    }


def _middle(polygon: shapely.Geometry) -> shapely.Geometry:
    """The middle of the widest place of a polygon."""
    return shapely.get_point(shapely.maximum_inscribed_circle(polygon, tolerance=LABEL_DEGREES), 0)


def _written(collection: dict[str, Any]) -> str:
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    parsed = json.loads(text, parse_float=lambda number: round(float(number), DECIMALS))
    return json.dumps(parsed, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    countries = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    OUTPUT.write_text(_written(build(countries)), encoding="utf-8")
