"""Serves the areas of a set of boundaries that was in force once, for the map of a date of then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash._utils import to_json
from flask import Response, abort

from dashboard.delivery import FOR_GOOD
from dashboard.guards import requires
from dashboard.pages.poverty_map.dates.bounds import FORMER_ROUTE
from queries import boundaries
from registry.principals import Permission

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.deps import Deps

_PLAIN: Final = {"state": 0.01, "district": 0.005, "mukim": 0.001}
"""Degrees that an outline may be off: a map of the level shows no less."""


def register(server: Flask, deps: Deps) -> None:
    """Add the route ``/sempadan-dahulu/<set>/<level>/<within>``: shapes that never change, of nobody."""

    @server.get(f"{FORMER_ROUTE}/<int:former>/<level>/<within>")
    @requires(Permission.READ_AGGREGATES)
    def former_shapes(former: int, level: str, within: str) -> Response:
        if level not in _PLAIN or former >= 2**31:
            abort(404)
        with deps.reading() as conn:
            found = boundaries.shapes(conn, former, within=within, plain=_PLAIN[level])
        if not found:
            abort(404)
        features = [
            {
                "type": "Feature",
                "properties": {"code": row["area_code"], "name": row["area_name"]},
                "geometry": row["shape"],
            }
            for row in found
        ]
        content = to_json({"type": "FeatureCollection", "features": features})
        return Response(content, mimetype="application/geo+json", headers={"Cache-Control": FOR_GOOD})
