"""The names of towns and villages, as a file that maps write them from."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geo.names import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

_DECIMALS = 4


class PlacesFile(NamedTuple):
    """A gzipped GeoJSON file in EPSG:4326; its name changes with its content, so that it may be cached for ever."""

    name: str
    content: bytes


class NamedPlace(NamedTuple):
    """A town or village (GeoNames, CC BY 4.0)."""

    name: str
    longitude: float
    latitude: float
    population: int


@cache
def named_places() -> tuple[NamedPlace, ...]:
    """Towns and villages, the most populous first."""
    with (REFERENCE / "gazetteer" / "places.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (-_population(row), row["place"]))
    return tuple(
        NamedPlace(
            row["place"],
            round(float(row["lon"]), _DECIMALS),
            round(float(row["lat"]), _DECIMALS),
            _population(row),
        )
        for row in rows
    )


@cache
def places() -> PlacesFile:
    """Towns and villages as points, the most populous first: name, population (GeoNames, CC BY 4.0)."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": place.name, "population": place.population},
            "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        }
        for place in named_places()
    ]
    collection = {"type": "FeatureCollection", "features": features}
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    content = gzip.compress(text.encode(), compresslevel=9, mtime=0)
    return PlacesFile(f"places-MY.{hashlib.sha256(content).hexdigest()[:12]}.geojson.gz", content)


def _population(row: Mapping[str, str]) -> int:
    return int(row["population"] or 0)
