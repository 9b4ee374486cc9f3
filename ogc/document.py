"""What the service says that it is: the classes it conforms to, and its OpenAPI document, whole in one file."""

from __future__ import annotations

from typing import Any, Final

from ogc.collections import resources
from ogc.deps import asked_words, base_url

CONFORMS: Final = (
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
)
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
_JSON: Final = "application/json"
_GEOJSON: Final = "application/geo+json"


def openapi() -> dict[str, Any]:
    """The OpenAPI document of what who asks is offered; it refers to nothing outside itself."""
    words, base = asked_words(), base_url()
    offered = resources(words, base)
    paths: dict[str, Any] = {
        "/": _get("landing", words("ogc.title"), [], _JSON),
        "/conformance": _get("conformance", "Conformance", [], _JSON),
        "/collections": _get("collections", "Collections", [], _JSON),
        "/TileMatrixSets": _get("tileMatrixSets", "Tile matrix sets", [], _JSON),
        "/TileMatrixSets/{grid}": _get("tileMatrixSet", "Tile matrix set", ["grid"], _JSON),
    }
    for name, about in offered.items():
        paths |= _paths(name, about)
    schemes = {
        "kunci": {"type": "http", "scheme": "basic"},
        "klien": {"type": "http", "scheme": "bearer"},
        "sesi": {"type": "apiKey", "in": "cookie", "name": "ekasih_sesi"},
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": words("ogc.title"), "description": words("ogc.lead"), "version": "1.0"},
        "servers": [{"url": base}],
        "security": [{name: []} for name in schemes],
        "paths": paths,
        "components": {"securitySchemes": schemes, "parameters": _parameters(), "schemas": _SCHEMAS},
    }


def _paths(name: str, about: dict[str, Any]) -> dict[str, Any]:
    here, title = f"/collections/{name}", about["title"]
    key = name.replace("-", "_")
    timed = ["datetime"] if "temporal" in about["extents"] else []
    items = ["bbox", "limit", "after", "properties", "skipGeometry", "filter", "filterLang", *timed]
    found = {
        here: _get(f"{key}_collection", title, [], _JSON),
        f"{here}/schema": _get(f"{key}_schema", title, [], "application/schema+json"),
        f"{here}/queryables": _get(f"{key}_queryables", title, [], "application/schema+json"),
        f"{here}/items": _get(f"{key}_items", title, items, _GEOJSON, schema="Features"),
        f"{here}/items/{{featureId}}": _get(f"{key}_item", title, ["featureId", *timed], _GEOJSON, schema="Feature"),
    }
    if any(provider["type"] == "tile" for provider in about["providers"]):
        tile = ["grid", "tileMatrix", "tileRow", "tileCol", *timed]
        found[f"{here}/tiles"] = _get(f"{key}_tiles", title, [], _JSON)
        found[f"{here}/tiles/{{grid}}"] = _get(f"{key}_tileset", title, ["grid"], _JSON)
        found[f"{here}/tiles/{{grid}}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"] = _get(
            f"{key}_tile", title, tile, "application/vnd.mapbox-vector-tile"
        )
    return found


def _get(name: str, summary: str, parameters: list[str], kind: str, *, schema: str = "") -> dict[str, Any]:
    shape = {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "object"}
    if kind.endswith("vector-tile"):
        shape = {"type": "string", "format": "binary"}
    refused = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers = {str(status): {"description": said, "content": refused} for status, said in _REFUSED.items()}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [{"$ref": f"#/components/parameters/{one}"} for one in parameters],
            "responses": {"200": {"description": "OK", "content": {kind: {"schema": shape}}}, **answers},
        }
    }


_REFUSED: Final = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests",
}  # fmt: skip
_TEXT: Final = {"type": "string"}
_SCHEMAS: Final[dict[str, Any]] = {
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "code", "description"],
        "properties": {
            "type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT, "code": _TEXT,
            "description": _TEXT,
        },
    },
    "Feature": {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]}, "id": _TEXT,
            "geometry": {"type": "object", "nullable": True}, "properties": {"type": "object"},
        },
    },
    "Features": {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}},
            "numberMatched": {"type": "integer"}, "numberReturned": {"type": "integer"},
            "timeStamp": _TEXT, "links": {"type": "array", "items": {"type": "object"}},
        },
    },
}  # fmt: skip


def _parameters() -> dict[str, Any]:
    box = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    asked: dict[str, dict[str, Any]] = {
        "bbox": box,
        "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
        "after": _TEXT,
        "datetime": _TEXT,
        "properties": {"type": "array", "items": _TEXT},
        "skipGeometry": {"type": "boolean", "default": False},
        "filter": _TEXT,
        "filterLang": {"type": "string", "enum": ["cql-text"], "default": "cql-text"},
    }
    found = {
        name: {
            "name": "filter-lang" if name == "filterLang" else name,
            "in": "query",
            "required": False,
            "schema": schema,
            "style": "form",
            "explode": False,
        }
        for name, schema in asked.items()
    }
    for name in ("grid", "featureId", "tileMatrix", "tileRow", "tileCol"):
        found[name] = {"name": name, "in": "path", "required": True, "schema": _TEXT}
    return found
