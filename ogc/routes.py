"""The addresses of the service; what each answers is pygeoapi's, over our collections."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import pygeoapi.api
from flask import Blueprint, Response, request
from pygeoapi.api import itemtypes, tiles
from pygeoapi.provider.base import ProviderInvalidQueryError

from ogc import document, styles
from ogc.collections import CRS84, PLACES_LICENCE
from ogc.deps import asked_language, asked_words, base_url
from ogc.months import check_time
from ogc.service import Asked, Service, told
from registry.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

routes: Final = Blueprint("ogc", __name__)
_GEOJSON: Final = "application/geo+json"
_FORMS: Final = {"json": ("json", "geojson"), "mvt": ("mvt", "pbf", "json"), "tilejson": ("json",)}
_LONGEST: Final = 2_000


@routes.get("/")
def landing() -> Response:
    """Where the service begins."""
    words, base = asked_words(), base_url()
    said = {"title": words("ogc.title"), "description": words("ogc.lead")}
    links = [
        ("self", "application/json", f"{base}/"),
        ("service-desc", document.OPENAPI, f"{base}/openapi"),
        ("conformance", "application/json", f"{base}/conformance"),
        ("data", "application/json", f"{base}/collections"),
        ("http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", "application/json", f"{base}/TileMatrixSets"),
    ]
    return _json({**said, "links": [{"rel": rel, "type": kind, "title": rel.rpartition("/")[2], "href": href}
                                    for rel, kind, href in links]})  # fmt: skip


@routes.get("/openapi")
def openapi() -> Response:
    """The OpenAPI document."""
    return _json(document.openapi(), document.OPENAPI)


@routes.get("/conformance")
def conformance() -> Response:
    """What the service conforms to."""
    return _json({"conformsTo": list(document.CONFORMS)})


@routes.get("/lesen")
def licence() -> Response:
    """Where the places are from."""
    return Response(f"{asked_words()('ogc.places_licence')} ({PLACES_LICENCE})", mimetype="text/plain")


@routes.get("/collections")
def collections() -> Response:
    """The collections of who asks."""
    return _answered(pygeoapi.api.describe_collections)


@routes.get("/collections/<collection>")
def collection(collection: str) -> Response:
    """One of them."""
    return _answered(pygeoapi.api.describe_collections, collection)


@routes.get("/collections/<collection>/schema")
def schema(collection: str) -> Response:
    """The fields of a collection."""
    return _answered(pygeoapi.api.get_collection_schema, collection)


@routes.get("/collections/<collection>/queryables")
def queryables(collection: str) -> Response:
    """The fields of a collection that may be asked for."""
    return _answered(itemtypes.get_collection_queryables, collection)


@routes.get("/collections/<collection>/items")
def items(collection: str) -> Response:
    """A page of features."""
    if "sortby" in request.args or "q" in request.args:
        raise ProviderInvalidQueryError(user_msg="the address has a parameter that is not offered here")
    if request.args.get("crs", CRS84) != CRS84 or request.args.get("bbox-crs", CRS84) != CRS84:
        raise ProviderInvalidQueryError(user_msg="coordinates are longitude and latitude, CRS84")
    check_time(request.args.get("datetime"))
    return _answered(itemtypes.get_collection_items, collection, kind=_GEOJSON)


@routes.get("/collections/<collection>/items/<identifier>")
def item(collection: str, identifier: str) -> Response:
    """A feature."""
    return _answered(itemtypes.get_collection_item, collection, identifier, kind=_GEOJSON)


@routes.get("/collections/<collection>/tiles")
def tilesets(collection: str) -> Response:
    """The tile sets of a collection."""
    return _answered(tiles.get_collection_tiles, collection)


@routes.get("/collections/<collection>/tiles/<grid>")
@routes.get("/collections/<collection>/tiles/<grid>/metadata")
def tileset(collection: str, grid: str) -> Response:
    """A tile set."""
    return _answered(tiles.get_collection_tiles_metadata, collection, grid)


@routes.get("/collections/<collection>/tiles/<grid>/<matrix>/<row>/<column>")
def tile(collection: str, grid: str, matrix: str, row: str, column: str) -> Response:
    """A vector tile."""
    answer = _answered(tiles.get_collection_tiles_data, collection, grid, matrix, row, column, form="mvt")
    if answer.status_code == HTTPStatus.OK:
        answer.headers["Cache-Control"] = "private, max-age=300"
    return answer


@routes.get("/collections/<collection>/styles")
def style_list(collection: str) -> Response:
    """The styles of a collection."""
    return _json(styles.listed(collection))


@routes.get("/collections/<collection>/styles/<measure>.<ending>")
def style(collection: str, measure: str, ending: str) -> Response:
    """A style."""
    return styles.made(collection, measure, ending)


@routes.get("/TileMatrixSets")
@routes.get("/tileMatrixSets")  # as pygeoapi's own link has it
def grids() -> Response:
    """The grids of tiles."""
    return _answered(tiles.tilematrixsets)


@routes.get("/TileMatrixSets/<grid>")
def grid(grid: str) -> Response:
    """A grid."""
    if grid not in {"WebMercatorQuad", "WorldCRS84Quad"}:
        raise NotFound
    return _answered(tiles.tilematrixset, grid)


def _answered(answer: Callable[..., Any], *given: str, form: str = "json", kind: str | None = None) -> Response:
    """What pygeoapi answers to the current request."""
    asked_form = request.args.get("f", form)
    if asked_form not in _FORMS[form]:
        raise ProviderInvalidQueryError(user_msg="this is given as JSON, and tiles as mvt")
    if len(request.query_string) > _LONGEST:
        raise ProviderInvalidQueryError(user_msg="the address is too long")
    headers, status, content = answer(Service(), Asked(request, form), *given)
    if status == HTTPStatus.NO_CONTENT:
        return Response(status=status)
    found = headers["Content-Type"]
    if status == HTTPStatus.OK and kind is not None:
        found = kind
    if status >= HTTPStatus.BAD_REQUEST:
        found = "application/json"
    made = Response(content, status=status, content_type=found)
    made.headers["Content-Language"] = asked_language()
    if "Content-Crs" in headers:
        made.headers["Content-Crs"] = headers["Content-Crs"]
    return made


def _json(body: dict[str, Any], kind: str = "application/json") -> Response:
    answer = Response(told(body), content_type=kind)
    answer.headers["Content-Language"] = asked_language()
    return answer
