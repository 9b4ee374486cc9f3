"""The files that browsers draw boundaries from, and the index that says which file to ask for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely
from sqlalchemy import text

from geo.pyramid import boundary_files

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

FOLDER = "boundaries"


@dataclass(frozen=True)
class WebFile:
    """One file of a level's areas inside one parent, for a range of zooms."""

    name: str
    min_zoom: int
    max_zoom: int
    box: tuple[float, float, float, float]
    """West, south, east, north in degrees."""
    areas: int


def write_levels(connection: Connection, *, home: Path) -> None:
    """Write the files of every level whose active set has none in ``home``: after a kill, or on another machine."""
    for level in connection.scalars(text("SELECT level FROM ekasih.boundary_set WHERE active")).all():
        write_level(connection, level, home=home)


def write_level(connection: Connection, level: str, *, home: Path) -> None:
    """Write the files of the level's active set into ``home``; nothing to do where they are there already.

    The index is put in place last and at once, so that a reader never meets half a set.
    """
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    statement = text("SELECT id, sha256 FROM ekasih.boundary_set WHERE level = :level AND active")
    active = connection.execute(statement, {"level": level}).one_or_none()
    if active is None:
        return
    # the same file may have become other shapes: a mukim set fills what is left of the districts of its day
    version = f"{active.id} {active.sha256}"
    if not _is_written(folder, level, version=version):
        _forget_others(folder, level, write_files(home, _frame(connection, active.id), level, version=version))


def write_files(home: Path, frame: gpd.GeoDataFrame, level: str, *, version: str) -> set[str]:
    """Write the files of a coverage into ``home``, its index last and at once; answers their names.

    ``frame``: code, name, parent_code, state_code and MultiPolygons in EPSG:4326.
    """
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    index: dict[str, list[dict[str, Any]]] = {}
    for file in boundary_files(frame, level=level):
        (folder / file.name).write_bytes(file.content)
        entry = {
            "name": file.name,
            "min_zoom": file.band.min_zoom,
            "max_zoom": file.band.max_zoom,
            "box": file.box,
            "areas": file.areas,
        }
        index.setdefault(file.parent, []).append(entry)
    draft = folder / f"{level}.index.draft"
    draft.write_text(json.dumps({"version": version, "parents": index}), encoding="utf-8")
    draft.replace(folder / f"{level}.index.json")
    return {str(entry["name"]) for entries in index.values() for entry in entries}


def web_files(home: Path, *, level: str, parent: str) -> tuple[WebFile, ...]:
    """The files of a level inside a parent, from far to near; empty where there are none."""
    path = home / FOLDER / f"{level}.index.json"
    if not path.is_file():
        return ()
    entries = _index(path, path.stat().st_mtime_ns).get(parent, [])
    return tuple(
        WebFile(
            name=entry["name"],
            min_zoom=entry["min_zoom"],
            max_zoom=entry["max_zoom"],
            box=tuple(entry["box"]),
            areas=entry["areas"],
        )
        for entry in entries
    )


@lru_cache(maxsize=32)
def _index(path: Path, _changed: int) -> dict[str, list[dict[str, Any]]]:
    """The index as of the file's last change, so that it is parsed once."""
    parents: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))["parents"]
    return parents


def _is_written(folder: Path, level: str, *, version: str) -> bool:
    path = folder / f"{level}.index.json"
    if not path.is_file():
        return False
    index = json.loads(path.read_text(encoding="utf-8"))
    names = (entry["name"] for entries in index["parents"].values() for entry in entries)
    return bool(index.get("version") == version) and all((folder / name).is_file() for name in names)


def _frame(connection: Connection, set_id: int) -> gpd.GeoDataFrame:
    statement = text("""
        SELECT b.area_code AS code, a.name, coalesce(nullif(a.parent_code, 'MY'), '') AS parent_code,
            coalesce(a.state_code, '') AS state_code, ST_AsBinary(b.geom) AS geometry
        FROM ekasih.area_boundary AS b JOIN ekasih.area AS a ON a.code = b.area_code
        WHERE b.set_id = :set_id ORDER BY b.area_code
    """)
    rows = connection.execute(statement, {"set_id": set_id}).all()
    columns = {name: [getattr(row, name) for row in rows] for name in ("code", "name", "parent_code", "state_code")}
    return gpd.GeoDataFrame(columns, geometry=shapely.from_wkb([row.geometry for row in rows]), crs="EPSG:4326")


def _forget_others(folder: Path, level: str, kept: set[str]) -> None:
    for path in folder.glob(f"{level}-*.geojson.gz"):
        if path.name not in kept:
            path.unlink(missing_ok=True)
