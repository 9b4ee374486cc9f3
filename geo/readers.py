"""Reads boundary files (GeoJSON, GeoPackage, zipped shapefile, GeoParquet) into one shape, or says what is wrong."""

from __future__ import annotations

import gzip
import io
import json
import warnings
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from geo.coverage import WGS84

if TYPE_CHECKING:
    from pathlib import Path

GEOJSON = frozenset({".json", ".geojson"})
PARQUET = frozenset({".parquet", ".geoparquet"})
OTHERS = frozenset({".gpkg", ".zip", ".shp", ".fgb"})
ZIPPED = frozenset({".gpkg", *GEOJSON})

_BEGINS = {".gpkg": b"SQLite format 3\0", ".shp": b"\x00\x00\x27\x0a", ".fgb": b"fgb"}
_GEOPACKAGE = (b"GPKG", b"GP10", b"GP11")
_GEOPACKAGE_AT = 68
_FIRST_BYTES = 256
_BOM = b"\xef\xbb\xbf"

_LONGITUDE_LIMIT, _LATITUDE_LIMIT = 180.0, 90.0


class BoundaryFileError(ValueError):
    """A boundary file cannot be used; the message says why and what to do."""


class UnreadableBoundaryFileError(BoundaryFileError):
    """The file is missing, damaged, or of a kind that is not read."""


class EmptyBoundaryFileError(BoundaryFileError):
    """The file has no features."""


class MissingCrsError(BoundaryFileError):
    """The file does not say in which coordinates it is, and they are not degrees."""


class NotPolygonsError(BoundaryFileError):
    """Some features are not polygons."""


def read_boundaries(path: Path, *, crs: str | None = None, layer: str | None = None) -> gpd.GeoDataFrame:
    """Features of a boundary file: their columns and polygons (Polygon or MultiPolygon) in EPSG:4326.

    ``crs`` is for a file that does not say its coordinates (a shapefile without .prj), ``layer`` for a GeoPackage
    with several. GeoJSON may be gzipped. Coordinates in another system are transformed.

    Raises:
        UnreadableBoundaryFileError: no such file, not a kind that is read, or damaged.
        EmptyBoundaryFileError: no features.
        MissingCrsError: coordinates unknown.
        NotPolygonsError: points, lines, or features without a shape.
    """
    if not path.is_file():
        raise UnreadableBoundaryFileError(f"{path.name}: no such file")
    frame = _opened(path, layer)
    if frame.empty:
        raise EmptyBoundaryFileError(f"{path.name} has no features: check that the right file or layer was exported")
    _require_polygons(frame, path.name)
    return _in_degrees(frame, path.name, crs).reset_index(drop=True)


def _opened(path: Path, layer: str | None) -> gpd.GeoDataFrame:
    if not _is_read(path):
        raise UnreadableBoundaryFileError(
            f"{path.name}: this kind of file is not read; use GeoJSON, GeoPackage, GeoParquet or a zipped shapefile"
        )
    try:
        with warnings.catch_warnings():
            # A GeoPackage of several layers is read by its first; GDAL also warns about harmless ring order.
            warnings.simplefilter("ignore")
            frame = _read(path, layer)
    except BoundaryFileError:
        raise
    except Exception as error:
        raise UnreadableBoundaryFileError(
            f"{path.name} cannot be read: it is damaged or not what its name says. Export it again as GeoJSON, "
            "GeoPackage, GeoParquet or a zipped shapefile (.shp, .dbf, .shx and .prj together)"
        ) from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise NotPolygonsError(f"{path.name} is a table without shapes: export it with its geometry")
    return frame


def _is_read(path: Path) -> bool:
    return _is_gzipped_geojson(path) or path.suffix.lower() in GEOJSON | PARQUET | OTHERS


def _is_gzipped_geojson(path: Path) -> bool:
    return path.suffix.lower() == ".gz" and path.with_suffix("").suffix.lower() in GEOJSON


def _read(path: Path, layer: str | None) -> Any:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return _read_gzipped(path)
    if suffix in PARQUET:
        return gpd.read_parquet(path)
    _require_kind(path, suffix)
    if suffix in GEOJSON:
        # named, since other drivers of GDAL take JSON as well: some run what it says, or read other files
        return gpd.read_file(f"GeoJSON:{path}")
    return gpd.read_file(_inside_zip(path) if suffix == ".zip" else path, layer=layer)


def _require_kind(path: Path, suffix: str) -> None:
    """Refuse a file that is not what its name says: GDAL goes by what is in it, which may lead to other files."""
    with path.open("rb") as file:
        begins = file.read(_FIRST_BYTES)
    if suffix in GEOJSON:
        is_one = begins.removeprefix(_BOM).lstrip().startswith(b"{")
    else:
        is_one = begins.startswith(_BEGINS.get(suffix, b""))
    if suffix == ".gpkg":
        is_one = is_one and begins[_GEOPACKAGE_AT:].startswith(_GEOPACKAGE)
    if not is_one:
        msg = f"{path.name} is not what its name says"
        raise ValueError(msg)


def _inside_zip(path: Path) -> str:
    """GDAL's address of the one boundary file in a zip, in whatever folder it lies."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    shapefiles = [name for name in names if PurePath(name).suffix.lower() == ".shp"]
    members = shapefiles or [name for name in names if PurePath(name).suffix.lower() in ZIPPED]
    if len(members) != 1:
        raise UnreadableBoundaryFileError(
            f"{path.name} holds {len(members)} boundary files: put exactly one shapefile in it"
        )
    return f"/vsizip/{path.resolve()}/{members[0]}"


def _read_gzipped(path: Path) -> gpd.GeoDataFrame:
    with gzip.open(path) as file:
        collection = json.load(io.TextIOWrapper(file, encoding="utf-8"))
    return gpd.GeoDataFrame.from_features(collection["features"], crs=WGS84)


def _require_polygons(frame: gpd.GeoDataFrame, name: str) -> None:
    missing = shapely.is_missing(frame.geometry.to_numpy()) | shapely.is_empty(frame.geometry.to_numpy())
    if missing.any():
        raise NotPolygonsError(
            f"{name}: {int(missing.sum())} of {len(frame)} features have no shape: remove or draw them"
        )
    kinds = set(frame.geom_type) - {"Polygon", "MultiPolygon"}
    if kinds:
        raise NotPolygonsError(
            f"{name} holds {', '.join(sorted(kinds))}: boundaries must be polygons; "
            "convert closed lines to polygons first"
        )


def _in_degrees(frame: gpd.GeoDataFrame, name: str, crs: str | None) -> gpd.GeoDataFrame:
    if frame.crs is None:
        if crs is None:
            raise MissingCrsError(
                f"{name} does not say its coordinate system: add the .prj file, or state it (for example EPSG:4326, "
                "EPSG:3168 Kertau RSO, EPSG:3375 GDM2000)"
            )
        frame = frame.set_crs(crs)
    frame = frame.to_crs(WGS84)
    west, south, east, north = frame.total_bounds
    if west < -_LONGITUDE_LIMIT or east > _LONGITUDE_LIMIT or south < -_LATITUDE_LIMIT or north > _LATITUDE_LIMIT:
        raise MissingCrsError(
            f"{name} says it is in degrees but its numbers are not: state the coordinate system it was drawn in"
        )
    return frame
