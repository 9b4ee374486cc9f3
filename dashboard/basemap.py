"""Serves the installation's own basemap in parts, and says to the map page what there is to draw."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import Response, abort, request
from werkzeug.http import is_resource_modified

from dashboard.delivery import FOR_GOOD, asset
from dashboard.guards import requires
from registry.areas.basemaps import FOLDER, NAME, drawn_basemap
from registry.principals import Permission

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from dashboard.deps import Deps

ROUTE: Final = "/peta-dasar"
SCRIPT: Final = "vendor/protomaps-leaflet/protomaps-leaflet.js"
MOST_BYTES: Final = 8 * 1024 * 1024
"""Of one answer: a longer part is answered with its beginning, as HTTP allows; the whole is not sent at once."""
_KIND: Final = "application/vnd.pmtiles"


def register(server: Flask, deps: Deps) -> None:
    """Add the route ``/peta-dasar/<file>``."""
    folder = deps.settings.home / FOLDER

    @server.get(f"{ROUTE}/<name>")
    @requires(Permission.READ_AGGREGATES)
    def basemap_file(name: str) -> Response:
        path = folder / name
        if not NAME.fullmatch(name) or not path.is_file():
            abort(HTTPStatus.NOT_FOUND)
        return _part_of(path, etag=f'"{path.stem}"')


def basemap_data(home: Path) -> str | None:
    """What the script ``basemap.js`` takes: addresses, bounds, zooms and whose the data is, as JSON; or nothing."""
    drawn = drawn_basemap(home)
    if drawn is None:
        return None
    west, south, east, north = drawn.bounds
    return json.dumps(
        {
            "url": f"{ROUTE}/{drawn.file_name}",
            "script": asset(SCRIPT),
            "bounds": [[south, west], [north, east]],
            "zooms": [drawn.min_zoom, drawn.max_zoom],
            "attribution": drawn.attribution,
        },
        ensure_ascii=False,
    )


def _part_of(path: Path, *, etag: str) -> Response:
    """The part of a file that is asked for, or why there is none. The name of a file names its content."""
    size = path.stat().st_size
    headers = {"Accept-Ranges": "bytes", "ETag": etag, "Cache-Control": FOR_GOOD}
    if "If-None-Match" in request.headers and not is_resource_modified(request.environ, etag=etag.strip('"')):
        return Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    if request.method == "HEAD":
        return Response(headers={**headers, "Content-Length": str(size)}, mimetype=_KIND)
    asked = request.range if request.if_range.etag in {None, etag.strip('"')} and not request.if_range.date else None
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        if size > MOST_BYTES:
            abort(HTTPStatus.BAD_REQUEST)
        return Response(_read(path, 0, size), headers=headers, mimetype=_KIND)
    first, after = asked.ranges[0]
    # one that is counted from the end begins with the file at the earliest
    span = (max(size + first, 0), size) if first < 0 else (first, min(after or size, size))
    if span[0] >= span[1]:
        refused = {"Accept-Ranges": "bytes", "Content-Range": f"bytes */{size}", "Cache-Control": "no-store"}
        return Response(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=refused)
    start, stop = span[0], min(span[1], span[0] + MOST_BYTES)
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return Response(
        _read(path, start, stop - start), status=HTTPStatus.PARTIAL_CONTENT, headers=headers, mimetype=_KIND
    )


def _read(path: Path, start: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)
