"""Makes a clean coverage (valid, no overlaps, no slivers, edges shared exactly) out of any set of polygons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    Geometries = NDArray[np.object_]

WGS84 = "EPSG:4326"
METRES_PER_DEGREE = 111_320.0
"""Length of a degree at the equator; Malaysia reaches 7.4° N, where a degree of longitude is 0.8 % shorter."""
REST = "00"
"""Last two digits of the code of a district's part that belongs to no mukim."""
GRID_DEGREES = 1e-7
"""About a centimetre: coordinates are rounded to it, so that edges can be compared exactly."""


class CoverageError(ValueError):
    """The polygons do not make a coverage even after repair; the file is damaged beyond what can be mended."""


@dataclass(frozen=True)
class Repairs:
    """What was wrong with a set of polygons and what was done; areas in km²."""

    invalid: tuple[str, ...]
    """Codes of polygons that crossed or touched themselves: made valid."""
    overlaps: int
    """Pieces claimed by two or more areas: given to the smallest of them."""
    overlap_km2: float
    gaps: int
    """Slivers enclosed by areas but claimed by none: given to the neighbour with the longest common edge."""
    gap_km2: float
    gaps_left: int
    """Wider enclosed holes (a lake, another country): left as they are."""
    lost: tuple[str, ...]
    """Codes of areas of which nothing remains, because smaller ones cover them or they had no surface."""

    @property
    def clean(self) -> bool:
        """Whether nothing had to be changed."""
        return not (self.invalid or self.overlaps or self.gaps or self.lost)


def clean(
    frame: gpd.GeoDataFrame,
    *,
    gap_width_m: float = 250.0,
    grid_degrees: float = GRID_DEGREES,
    yielding: frozenset[str] = frozenset(),
) -> tuple[gpd.GeoDataFrame, Repairs]:
    """A coverage of the same areas, and the repairs it took.

    ``frame`` has a column ``code`` and polygons in EPSG:4326. All boundaries are noded together on a grid; every face
    between them goes to one owner: its only claimant, the smallest of several (an enclave drawn over its surroundings
    survives), or the neighbour with the longest edge where an enclosed gap is narrower than ``gap_width_m``. Areas
    with a ``yielding`` code give way to every other. Returns the frame with MultiPolygons in the same order, without
    the areas that were lost.

    Raises:
        CoverageError: the result is not a valid coverage.
    """
    given = frame.geometry.to_numpy()
    valid = shapely.is_valid(given)
    polygons = np.where(valid, given, polygonal(shapely.make_valid(given, method="structure", keep_collapsed=False)))
    faces = faces_between(polygons, grid_degrees=grid_degrees)
    claims = _claims(faces, polygons)
    codes = np.array([str(code) for code in frame["code"]], dtype=object)
    last = np.isin(codes, list(yielding))
    owners = _first_claimant(claims, size=len(faces), order=np.lexsort((shapely.area(polygons), last)))
    filled, left = _fill_gaps(faces, owners, gap_width=gap_width_m / METRES_PER_DEGREE)
    disputed = np.bincount(claims[0], minlength=len(faces)) > 1

    merged = merge(faces, owners, count=len(polygons))
    kept = ~shapely.is_empty(merged)
    result = frame.loc[kept].set_geometry(merged[kept], crs=WGS84)
    if not shapely.coverage_is_valid(result.geometry.to_numpy()):
        raise CoverageError("polygons still overlap after repair")
    repairs = Repairs(
        invalid=tuple(codes[~valid]),
        overlaps=int(disputed.sum()),
        overlap_km2=_km2(faces[disputed]),
        gaps=len(filled),
        gap_km2=_km2(faces[filled]),
        gaps_left=len(left),
        lost=tuple(codes[~kept]),
    )
    return result, repairs


def valid_only(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, Repairs]:
    """The same areas as valid MultiPolygons, and which were not: what overlaps stays so, for these are no coverage."""
    given = frame.geometry.to_numpy()
    valid = shapely.is_valid(given)
    polygons = np.where(valid, given, polygonal(shapely.make_valid(given, method="structure", keep_collapsed=False)))
    kept = ~shapely.is_empty(polygons)
    codes = np.array([str(code) for code in frame["code"]], dtype=object)
    result = frame.loc[kept].set_geometry(multipolygons(polygons[kept]), crs=WGS84)
    repairs = Repairs(
        invalid=tuple(codes[~valid]), overlaps=0, overlap_km2=0.0, gaps=0, gap_km2=0.0, gaps_left=0,
        lost=tuple(codes[~kept]),
    )  # fmt: skip
    return result, repairs


def simplify(frame: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """The same coverage with fewer vertices: neighbours still share their edges exactly, no area vanishes.

    Visvalingam-Whyatt: a vertex goes where its triangle with the next ones is smaller than the tolerance squared.
    """
    tolerance = tolerance_m / METRES_PER_DEGREE
    simple = shapely.coverage_simplify(frame.geometry.to_numpy(), tolerance, simplify_boundary=True)
    return frame.set_geometry(multipolygons(simple), crs=frame.crs)


def with_rests(mukim: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, gap_width_m: float = 250.0) -> gpd.GeoDataFrame:
    """Mukim and, for each district, what they leave of it, as one coverage.

    The rest of a district has its code and ``00``, and its name with "(tanpa mukim)"; a district that its mukim fill
    but for slivers narrower than ``gap_width_m`` has none. Both frames: code, name, polygons in EPSG:4326.
    """
    rests = districts.assign(code=districts["code"] + REST, name=districts["name"] + " (tanpa mukim)")
    columns = ["code", "name", "geometry"]
    yielding = frozenset(rests["code"])
    both, _ = clean(pd.concat([mukim[columns], rests[columns]], ignore_index=True), yielding=yielding)
    is_rest = both["code"].isin(yielding).to_numpy()
    polygons = both.geometry.to_numpy().copy()
    polygons[is_rest] = [_wide_parts(polygon, gap_width_m / METRES_PER_DEGREE) for polygon in polygons[is_rest]]
    thinned = both.set_geometry(polygons, crs=WGS84)[~shapely.is_empty(polygons)]
    return clean(thinned, gap_width_m=gap_width_m, yielding=yielding)[0].sort_values("code", ignore_index=True)


def faces_between(geometries: Geometries, *, grid_degrees: float = GRID_DEGREES) -> Geometries:
    """Polygons into which the boundaries of ``geometries`` (polygons or lines) cut the plane, noded on a grid.

    Faces overlap nowhere and share their edges vertex by vertex, so any union of them is a coverage.
    """
    areal = shapely.get_dimensions(geometries) == 2  # noqa: PLR2004
    lines = np.concatenate([shapely.boundary(geometries[areal]), geometries[~areal]])
    noded = shapely.union_all(lines, grid_size=grid_degrees)
    faces: Geometries = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    return faces


def merge(faces: Geometries, owners: NDArray[np.intp], *, count: int) -> Geometries:
    """One MultiPolygon for each owner 0 … count-1, empty where it owns no face; owner -1 is nobody."""
    order = np.argsort(owners, kind="stable")
    starts = np.searchsorted(owners[order], np.arange(count + 1))
    groups = [faces[order[starts[owner] : starts[owner + 1]]] for owner in range(count)]
    return multipolygons([shapely.coverage_union_all(group) for group in groups])


def multipolygons(geometries: Sequence[Any] | Geometries) -> Geometries:
    """Each geometry as a MultiPolygon with its rings in a settled order, so that equal shapes are equal bytes."""
    merged = [shapely.multipolygons(shapely.get_parts(polygon)) for polygon in polygonal(np.asarray(geometries))]
    return np.asarray(shapely.normalize(merged), dtype=object)


def polygonal(geometries: Geometries) -> Geometries:
    """Each geometry without the points and lines that making it valid may leave behind."""
    mixed = shapely.get_type_id(geometries) == shapely.GeometryType.GEOMETRYCOLLECTION
    if not mixed.any():
        return geometries
    kept = geometries.copy()
    for index in np.flatnonzero(mixed):
        parts = shapely.get_parts(geometries[index])
        kept[index] = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])  # noqa: PLR2004
    return kept


def _wide_parts(polygon: shapely.Geometry, width: float) -> shapely.Geometry:
    parts = shapely.get_parts(polygon)
    return shapely.multipolygons(parts[2 * shapely.area(parts) / shapely.length(parts) >= width])


def _claims(faces: Geometries, polygons: Geometries) -> NDArray[np.intp]:
    """Pairs (face, polygon) where the polygon covers the face, told by a point inside it."""
    points = shapely.point_on_surface(faces)
    tree = shapely.STRtree(polygons)
    found: NDArray[np.intp] = tree.query(points, predicate="intersects")
    return found


def _first_claimant(claims: NDArray[np.intp], *, size: int, order: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each face the claimant that comes first in ``order``, else -1."""
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    best = np.full(size, len(order), dtype=np.intp)
    np.minimum.at(best, claims[0], rank[claims[1]])
    return np.append(order, -1)[best]


def _fill_gaps(
    faces: Geometries, owners: NDArray[np.intp], *, gap_width: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give narrow unowned faces to a neighbour, in place; the faces filled and those left."""
    gaps = np.flatnonzero(owners < 0)
    width = 2 * shapely.area(faces[gaps]) / shapely.length(faces[gaps])
    narrow = gaps[width < gap_width]
    tree = shapely.STRtree(faces)
    waiting = list(narrow)
    while waiting:
        given = [(face, owner) for face in waiting if (owner := _longest_neighbour(face, faces, owners, tree)) >= 0]
        if not given:
            break
        for face, owner in given:
            owners[face] = owner
        waiting = [face for face in waiting if owners[face] < 0]
    return np.setdiff1d(narrow, waiting), np.union1d(gaps[width >= gap_width], waiting).astype(np.intp)


def _longest_neighbour(face: np.intp, faces: Geometries, owners: NDArray[np.intp], tree: shapely.STRtree) -> int:
    beside = tree.query(faces[face])
    beside = beside[owners[beside] >= 0]
    shared = shapely.length(shapely.intersection(shapely.boundary(faces[beside]), shapely.boundary(faces[face])))
    by_owner = np.bincount(owners[beside], weights=shared) if len(beside) else np.zeros(1)
    return int(by_owner.argmax()) if by_owner.max() > 0 else -1


def _km2(faces: Geometries) -> float:
    """Area in km², by the cosine of each face's latitude: good to 0.1 % near the equator."""
    if not len(faces):
        return 0.0
    latitude = shapely.get_y(shapely.centroid(faces))
    square_degree_km2 = (METRES_PER_DEGREE / 1000) ** 2
    return float((shapely.area(faces) * np.cos(np.radians(latitude))).sum() * square_degree_km2)
