"""The collections that who asks is offered: areas by level, places, and households for those who see persons."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final

from flask import g

from ogc.deps import deps_of_request, person
from poverty.months import month_end
from queries import open_data

if TYPE_CHECKING:
    from datetime import date

    from queries.maps import Footing
    from words import Words

AREAS: Final = {"negeri": "state", "daerah": "district", "mukim": "mukim"}
"""The collections of areas, with their level."""
PLACES: Final = "tempat"
PLACES_LICENCE: Final = "CC BY 4.0"
HOUSEHOLDS: Final = "isi-rumah"
MALAYSIA: Final = [99.5, 0.8, 119.4, 7.5]
CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_MVT: Final = {"name": "mvt", "mimetype": "application/vnd.mapbox-vector-tile"}
POINTS_FROM: Final = 10
"""The zoom from which tiles of households are drawn: one is about 39 km wide there."""
LAST_ZOOM: Final = 16


def footing() -> Footing:
    """What the figures rest on for who asks, read once a request."""
    if not hasattr(g, "ekasih_ogc_footing"):
        with deps_of_request().reading() as connection:
            g.ekasih_ogc_footing = open_data.footing(
                connection, level="district", sees_persons=person().sees_persons
            )
    found: Footing = g.ekasih_ogc_footing
    return found


def resources(words: Words, base: str) -> dict[str, Any]:
    """The collections as pygeoapi is told of them."""
    ground = footing()
    found = {name: _areas(name, level, ground, words, base) for name, level in AREAS.items()}
    found[PLACES] = _collection(PLACES, words, base, [_feature("ogc.places.Places", PLACES, "nama")], licence=True)
    if person().sees_persons:
        tiles = _tiles("ogc.points.PointTiles", HOUSEHOLDS, POINTS_FROM)
        found[HOUSEHOLDS] = _collection(
            HOUSEHOLDS, words, base, [_feature("ogc.points.Points", HOUSEHOLDS, "id"), tiles]
        )
    return found


def _areas(name: str, level: str, ground: Footing, words: Words, base: str) -> dict[str, Any]:
    parts = [_feature("ogc.areas.Areas", level, "kod", title="nama"), _tiles("ogc.areas.AreaTiles", level, 0)]
    made = _collection(name, words, base, parts)
    if ground.first_month is not None and ground.last_month is not None:
        begins = datetime.combine(ground.first_month, time.min, tzinfo=UTC)
        made["extents"]["temporal"] = {"begin": begins, "end": _last_moment(ground.last_month)}
    made["links"].append(
        {
            "type": "application/json",
            "rel": "http://www.opengis.net/def/rel/ogc/1.0/styles",
            "title": words("ogc.styles"),
            "href": f"{base}/collections/{name}/styles",
        }
    )
    return made


def _last_moment(month: date) -> datetime:
    return datetime.combine(month_end(month), time.max, tzinfo=UTC)


def _collection(
    name: str, words: Words, base: str, providers: list[dict[str, Any]], *, licence: bool = False
) -> dict[str, Any]:
    # by which GDAL knows the kinds of fields before it has seen a value
    schema = f"{base}/collections/{name}/schema?f=json"
    links = [{"type": "application/schema+json", "rel": "describedby", "title": words("ogc.schema"), "href": schema}]
    if licence:
        title = f"{words('ogc.places_licence')} ({PLACES_LICENCE})"
        links.append({"type": "text/plain", "rel": "license", "title": title, "href": f"{base}/lesen"})
    key = name.replace("-", "_")
    return {
        "type": "collection",
        "title": words(f"ogc.collection_{key}"),
        "description": words(f"ogc.about_{key}"),
        "keywords": ["eKasih"],
        "links": links,
        "extents": {"spatial": {"bbox": MALAYSIA, "crs": CRS84}},
        "limits": {"default_items": 100, "max_items": 1000},
        "providers": providers,
    }


def _feature(provider: str, data: str, key: str, *, title: str | None = None) -> dict[str, Any]:
    return {
        "type": "feature",
        "name": provider,
        "data": data,
        "id_field": key,
        "title_field": title,
        "crs": [CRS84],
        "storage_crs": CRS84,
        "include_extra_query_parameters": True,
    }


def _tiles(provider: str, data: str, first: int) -> dict[str, Any]:
    options = {"schemes": ["WebMercatorQuad"], "zoom": {"min": first, "max": LAST_ZOOM}}
    return {"type": "tile", "name": provider, "data": data, "options": options, "format": _MVT}
