"""Builds the approximate boundary set that comes with the product: ``python -m data.boundaries.build``."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import coverage
from geo.names import REFERENCE, load_areas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
OUTPUT = HERE / "approximate"
DATED = "2026-11-23"
DECIMALS = 7

SNAP_LIMIT_DEGREES = 0.1
"""A place farther than this from its state (an island too small for the source) says nothing about the mainland."""
NATURAL_EARTH = "Natural Earth 1:10m admin-1 (Langkawi moved from Perlis to Kedah)"
VORONOI = "Voronoi regions of GeoNames places inside Natural Earth states"
SOURCES: dict[str, tuple[str, str, int]] = {
    "state": (NATURAL_EARTH, "public domain", 2_000),
    "district": (f"{VORONOI}, merged by district", "CC BY 4.0", 15_000),
    "mukim": (f"{VORONOI}, merged by mukim", "CC BY 4.0", 15_000),
    "parliament": ("Voronoi regions of places known to lie in or beside the seat", "CC BY 4.0", 7_000),
    "dun": ("Voronoi regions of places known to lie in or beside the seat", "CC BY 4.0", 7_000),
    "catchment": ("Voronoi regions of the towns that the office serves, inside their district", "CC BY 4.0", 5_000),
}
"""What each level rests on, its licence, and how far (m) a boundary may be from the true one."""

CATCHMENT_CODE = "C.PPKB-BATU-GAJAH"
CATCHMENT_PLACES = ("Batu Gajah", "Pusing", "Chenderong", "Sungai Durian")
CATCHMENT_DISTRICT = "0803"
SEAT_CODE = "P.066"
SEAT_BOX = (100.944, 4.352, 101.067, 4.659)


def build() -> dict[str, gpd.GeoDataFrame]:
    """Frames by level with code, name and MultiPolygons in EPSG:4326; nested levels share every edge exactly.

    All levels are unions of the same faces: state boundaries and the Voronoi edges of each state's places, noded
    together on the coordinate grid.
    """
    states = gpd.read_file(HERE / "naturalearth_state.geojson").sort_values("state_code", ignore_index=True)
    places = _snapped(pd.read_csv(REFERENCE / "gazetteer" / "places.csv", dtype=str), states)
    polygons = states.geometry.to_numpy()
    edges = [
        _voronoi_edges(places[places["state_code"] == code], polygon)
        for code, polygon in zip(states["state_code"], polygons, strict=True)
    ]
    faces = coverage.faces_between(np.concatenate([polygons, *edges]))
    owners = _owners(faces, states, places)
    mukim = _mukim_of(places)
    frames = {
        "state": _level(faces, owners, places["state_code"]),
        "district": _level(faces, owners, places["district_code"]),
        "mukim": _level(faces, owners, mukim),
    }
    served = places["place"].isin(CATCHMENT_PLACES) & (places["district_code"] == CATCHMENT_DISTRICT)
    frames["catchment"] = _level(faces, owners, served.map({True: CATCHMENT_CODE, False: ""}))
    frames["dun"], frames["parliament"] = _seats()
    return frames


def _snapped(places: pd.DataFrame, states: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Places as points; those just off the generalised coast as they are, those far out at sea left out."""
    points = shapely.points(places["lon"].astype(float), places["lat"].astype(float))
    within = states.set_index("state_code").geometry.reindex(places["state_code"]).to_numpy()
    near = shapely.distance(within, points) <= SNAP_LIMIT_DEGREES
    frame = gpd.GeoDataFrame(places, geometry=points, crs=coverage.WGS84)[near]
    missing = set(places["district_code"]) - set(frame["district_code"])
    if missing:
        raise ValueError(f"districts without a place near their state: {sorted(missing)}")
    return frame.drop_duplicates("geometry").sort_values(["district_code", "geonameid"], ignore_index=True)


def _voronoi_edges(places: gpd.GeoDataFrame, polygon: shapely.Geometry) -> NDArray[np.object_]:
    """Edges between the regions of a state's places, cut a little outside the state."""
    if len(places) == 1:
        return np.array([], dtype=object)
    points = shapely.multipoints(places.geometry.to_numpy())
    edges = shapely.voronoi_polygons(points, extend_to=shapely.box(*polygon.bounds), only_edges=True)
    cut = shapely.intersection(edges, shapely.buffer(polygon, 1e-4))
    return np.array([cut], dtype=object)


def _owners(faces: NDArray[np.object_], states: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> NDArray[np.intp]:
    """Row in ``places`` of the nearest place of the same state for each face; -1 outside every state."""
    inside = shapely.point_on_surface(faces)
    face, state = shapely.STRtree(states.geometry.to_numpy()).query(inside, predicate="intersects")
    owners = np.full(len(faces), -1, dtype=np.intp)
    for row, code in enumerate(states["state_code"]):
        mine = np.flatnonzero((places["state_code"] == code).to_numpy())
        of_state = face[state == row]
        nearest = shapely.STRtree(places.geometry.to_numpy()[mine]).query_nearest(inside[of_state], all_matches=False)
        owners[of_state] = mine[nearest[1]]
    return owners


def _mukim_of(places: gpd.GeoDataFrame) -> pd.Series:
    """Our code of the mukim that each place gives its name to, else that of the district's rest."""
    mukim = pd.read_csv(REFERENCE / "mukim.csv", dtype=str, keep_default_na=False)
    by_ddsa = mukim[mukim["ddsa_code"] != ""].set_index("ddsa_code")["code"]
    codes: pd.Series = places["ddsa_code"].map(by_ddsa).fillna(places["district_code"] + "00")
    return codes


def _level(faces: NDArray[np.object_], owners: NDArray[np.intp], code_of_place: pd.Series) -> gpd.GeoDataFrame:
    """Faces merged by the code of their place; places with an empty code own nothing."""
    codes = sorted(set(code_of_place) - {""})
    place_to_area = np.array([codes.index(code) if code else -1 for code in code_of_place], dtype=np.intp)
    area_of_face = np.where(owners < 0, -1, place_to_area[owners])
    return _frame(codes, coverage.merge(faces, area_of_face, count=len(codes)))


def _seats() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """The three state seats of P.066 inside its published bounding box, and their union."""
    seeds = pd.read_csv(HERE / "batu_gajah_seats.csv", keep_default_na=False)
    points = shapely.points(seeds["lon"], seeds["lat"])
    box = shapely.box(*SEAT_BOX)
    edges = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=shapely.buffer(box, 1), only_edges=True)
    faces = coverage.faces_between(np.array([box, shapely.intersection(edges, shapely.buffer(box, 1e-4))]))
    inside = shapely.point_on_surface(faces)
    nearest = shapely.STRtree(points).query_nearest(inside, all_matches=False)[1]
    duns = sorted(set(seeds["dun_code"]) - {""})
    owners = np.array(
        [
            duns.index(code) if code and box.covers(point) else -1
            for code, point in zip(seeds["dun_code"].to_numpy()[nearest], inside, strict=True)
        ],
        dtype=np.intp,
    )
    seat = coverage.merge(faces, np.minimum(owners, 0), count=1)
    return _frame(duns, coverage.merge(faces, owners, count=len(duns))), _frame([SEAT_CODE], seat)


def _frame(codes: list[str], polygons: NDArray[np.object_]) -> gpd.GeoDataFrame:
    names = load_areas().set_index("code")["name"]
    return gpd.GeoDataFrame({"code": codes, "name": names[codes].to_numpy()}, geometry=polygons, crs=coverage.WGS84)


def packed(frame: gpd.GeoDataFrame) -> bytes:
    """Gzipped GeoJSON with code and name, the same bytes for the same frame."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name},
            "geometry": _rounded(shapely.geometry.mapping(polygon)),
        }
        for code, name, polygon in zip(frame["code"], frame["name"], frame.geometry, strict=True)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"), ensure_ascii=False)
    return gzip.compress(text.encode(), mtime=0)


def _rounded(geometry: Mapping[str, Any]) -> dict[str, Any]:
    def at_grid(value: Any) -> Any:
        return [at_grid(part) for part in value] if isinstance(value, (list, tuple)) else round(value, DECIMALS)

    return {"type": geometry["type"], "coordinates": at_grid(geometry["coordinates"])}


def main() -> None:
    """Write approximate/<level>.geojson.gz and manifest.json."""
    OUTPUT.mkdir(exist_ok=True)
    manifest = {}
    for level, frame in build().items():
        content = packed(frame)
        path = OUTPUT / f"{level}.geojson.gz"
        path.write_bytes(content)
        source, licence, accuracy_m = SOURCES[level]
        manifest[level] = {
            "file": path.name,
            "name": "Anggaran",
            "source": source,
            "licence": licence,
            "dated": DATED,
            "accuracy_m": accuracy_m,
            "approximate": True,
            "areas": len(frame),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        print(f"{level}: {len(frame)} areas, {len(content) // 1024} kB")
    (OUTPUT / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
