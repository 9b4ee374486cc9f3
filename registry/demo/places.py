"""Where households of the sample are: a place of their district, a mukim that is mostly known, a point inside it."""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from registry.areas.boundaries import BUNDLED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from registry.demo.country import Country

_MUKIM_KNOWN: Final = 0.94  # of the households of a district that has mukim; a register has gaps
_TURNS, _NEARER = 8, 0.7
_CLEAR: Final = 0.005  # degrees that a place is away from the edge of its mukim, where that is wide enough


def places_of(
    country: Country, district: NDArray[np.object_], rng: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """A place (row of ``country.places``) for each household's district, the larger the likelier; is its mukim known?

    Nearly all live at places whose mukim is known, where the district has such; the others anywhere in it.
    """
    chosen = np.zeros(len(district), dtype=np.intp)
    known = rng.random(len(district)) < _MUKIM_KNOWN
    of_code = dict(iter(country.places.groupby("district_code")))
    codes, districts = pd.factorize(district)
    for number, code in enumerate(districts):
        places, of_district = of_code[code], codes == number
        in_mukim = places[places["mukim"] != ""]
        if in_mukim.empty:
            known[of_district] = False
        for rows, among in ((of_district & known, in_mukim), (of_district & ~known, places)):
            if rows.any():
                weight = among["weight"].to_numpy()
                chosen[rows] = rng.choice(among.index.to_numpy(), int(rows.sum()), p=weight / weight.sum())
    return chosen, known


def points_at(
    country: Country, chosen: NDArray[np.intp], *, spread: NDArray[np.float64], rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes around the places ``chosen``, never outside the mukim that the place lies in.

    ``spread`` is in degrees. What falls outside is drawn a quarter turn further round the place and nearer to it, and
    so near at last that it cannot be outside.
    """
    places = country.places
    east, north = rng.normal(0, spread), rng.normal(0, spread)
    centre_x, centre_y = (places[name].to_numpy()[chosen] for name in ("lon", "lat"))
    area = places["area_code"].to_numpy()[chosen]
    outside = np.arange(len(chosen))
    for turn in range(_TURNS):
        outside = outside[~_inside(area[outside], (centre_x + east)[outside], (centre_y + north)[outside])]
        nearer = _NEARER if turn + 1 < _TURNS else _CLEAR / (_CLEAR + np.hypot(east[outside], north[outside]))
        east[outside], north[outside] = -north[outside] * nearer, east[outside] * nearer
    return centre_x + east, centre_y + north


def moved_inside(area: NDArray[np.object_], points: NDArray[np.object_]) -> NDArray[np.object_]:
    """Points of places, each inside its mukim: those off a coast that is drawn simply come ashore."""
    polygons = _mukim()
    return np.array([_ashore(polygons[code], point) for code, point in zip(area, points, strict=True)], dtype=object)


def _ashore(polygon: shapely.Geometry, point: shapely.Point) -> shapely.Point:
    inner = polygon.buffer(-_CLEAR)
    if inner.is_empty:
        return polygon.representative_point()
    return point if inner.contains(point) else shapely.Point(shapely.shortest_line(inner, point).coords[0])


def _inside(area: NDArray[np.object_], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    found = np.zeros(len(area), dtype=bool)
    polygons = _mukim()
    order = np.argsort(area, kind="stable")
    codes, starts = np.unique(area[order], return_index=True)
    for code, rows in zip(codes, np.split(order, starts)[1:], strict=True):
        found[rows] = shapely.contains_xy(polygons[code], x[rows], y[rows])
    return found


@cache
def _mukim() -> dict[str, shapely.Geometry]:
    """The bundled boundaries of mukim, and of what is left of districts, by code."""
    with gzip.open(BUNDLED / "mukim.geojson.gz", "rt", encoding="utf-8") as file:
        features = json.load(file)["features"]
    polygons = {f["properties"]["code"]: shapely.from_geojson(json.dumps(f["geometry"])) for f in features}
    shapely.prepare(list(polygons.values()))
    return polygons
