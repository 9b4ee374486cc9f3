"""Serves the boundary files that maps are drawn from, named by their content and so cached for ever."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Response, abort, request

from dashboard.delivery import FOR_GOOD
from dashboard.guards import requires
from geo import place_names
from registry.areas.boundary_files import FOLDER, WebFile, web_files
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from flask import Flask

    from dashboard.deps import Deps

ROUTE: Final = "/sempadan"
NEIGHBOURS: Final = Path(__file__).resolve().parents[1] / "data" / "boundaries" / "neighbours.geojson"
COUNTRY: Final = "MY"
_NAME: Final = re.compile(r"[a-z]+-[A-Za-z0-9.\-]+\.[0-9a-f]{12}\.geojson\.gz")
# a map about this wide in CSS pixels decides which file is fine enough for its areas
_MAP_WIDTH, _TILE = 900, 256


def register(server: Flask, deps: Deps) -> None:
    """Add the route ``/sempadan/<file>``: boundaries, the land around the country, and names of places."""
    folder = deps.settings.home / FOLDER
    own = {
        neighbours_url(): gzip.compress(NEIGHBOURS.read_bytes(), mtime=0),
        places_url(): place_names.places().content,
    }

    @server.get(f"{ROUTE}/<name>")
    @requires(Permission.READ_AGGREGATES)
    def boundary_file(name: str) -> Response:
        if f"{ROUTE}/{name}" in own:
            return _shapes(own[f"{ROUTE}/{name}"], cached=FOR_GOOD)
        path = folder / name
        if not is_name(name) or not path.is_file():
            abort(404)
        return shapes_answer(path, cached=FOR_GOOD)


def shapes_answer(path: Path, *, cached: str) -> Response:
    """The GeoJSON of a file, packed where the browser takes it so; ``cached`` is how long it may be kept."""
    return _shapes(path.read_bytes(), cached=cached)


def _shapes(content: bytes, *, cached: str) -> Response:
    """An answer of packed GeoJSON."""
    packed = request.accept_encodings["gzip"] > 0
    answer = Response(content if packed else gzip.decompress(content), mimetype="application/geo+json")
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Cache-Control"] = cached
    answer.vary.add("Accept-Encoding")
    return answer


@cache
def neighbours_url() -> str:
    """The address of the land around the country: a feature for each neighbour (code, name_ms, name_en, label)."""
    digest = hashlib.sha256(NEIGHBOURS.read_bytes()).hexdigest()[:12]
    return f"{ROUTE}/neighbours-{COUNTRY}.{digest}.geojson.gz"


def neighbours() -> dict[str, Any]:
    """The GeoJSON of the land around the country, for a map that is written on the server."""
    shapes: dict[str, Any] = json.loads(NEIGHBOURS.read_text(encoding="utf-8"))
    return shapes


def land_around(home: Path) -> dict[str, Any]:
    """The countries around and the states, which lie beneath what is drawn on a sheet."""
    states = boundary_file_of(home, level="state", within=COUNTRY)
    own: Any = shapes_of(home, states)["features"] if states else []
    return {"type": "FeatureCollection", "features": [*neighbours()["features"], *own]}


def places_url() -> str:
    """The address of the names of towns and villages."""
    return f"{ROUTE}/{place_names.places().name}"


def is_name(name: str) -> bool:
    """Whether a name from an address is that of a boundary file."""
    return _NAME.fullmatch(name) is not None


def boundary_file_of(home: Path, *, level: str, within: str) -> WebFile | None:
    """The file to draw a level inside an area from, as fine as the area's size on screen asks for."""
    files = web_files(home, level=level, parent=within)
    if not files:
        return None
    zoom = _zoom(files[0].box)
    return next((file for file in files if file.max_zoom >= zoom), files[-1])


def land_url(home: Path) -> str | None:
    """The address of the states' outlines, for drawing beneath every map."""
    file = boundary_file_of(home, level="state", within=COUNTRY)
    return None if file is None else url_of(file)


def land_under(home: Path, districts: AbstractSet[str]) -> str | None:
    """The address of what a small map is drawn on: the mukim of its district where it stays in one, else the states."""
    files = web_files(home, level="mukim", parent=next(iter(districts))) if len(districts) == 1 else ()
    return url_of(files[-1]) if files else land_url(home)


def url_of(file: WebFile) -> str:
    """The address of a file."""
    return f"{ROUTE}/{file.name}"


def shapes_of(home: Path, file: WebFile) -> dict[str, object]:
    """The GeoJSON in a file, EPSG:4326, for a map that is written on the server."""
    shapes: dict[str, Any] = json.loads(gzip.decompress((home / FOLDER / file.name).read_bytes()))
    return shapes


def _zoom(box: tuple[float, float, float, float]) -> int:
    """The zoom at which a box fills a map."""
    west, south, east, north = box
    across = max(east - west, north - south, 0.01)
    return math.floor(math.log2(360 * _MAP_WIDTH / (_TILE * across)))
