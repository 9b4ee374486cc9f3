"""The OpenAPI document: made from the routes, with their errors, scopes and security as they are, and a page of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from api.bodies import FORM
from api.guards import EVERYBODY, SCHEME
from api.oauth import RevokeIn, TokenIn
from api.problems import PROBLEM
from registry.api_keys.administration import SCOPES
from words import words_of

if TYPE_CHECKING:
    from apiflask import APIFlask
    from pydantic import BaseModel

TITLE: Final = "eKasih: API Agensi"
VERSION: Final = "1.0"
_ROOT: Final = "/api/v1"
_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. `type` tells one problem from another; `detail` is in the language of Accept-Language.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "reference": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "pointer": {"type": "string"},
                    "parameter": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
_OAUTH_ERROR: Final[dict[str, Any]] = {
    "type": "object",
    "title": "OAuthError",
    "description": "RFC 6749, section 5.2, with the members of a problem.",
    "required": ["error"],
    "properties": {name: {"type": "string"} for name in ("error", "type", "title", "detail")}
    | {"status": {"type": "integer"}},
}
_EVERYWHERE: Final = (
    HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)  # fmt: skip
_WITH_BODY: Final = (
    HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)  # fmt: skip
_FORMS: Final[dict[str, type[BaseModel]]] = {f"{_ROOT}/oauth/token": TokenIn, f"{_ROOT}/oauth/revoke": RevokeIn}


def install(app: APIFlask) -> None:
    """Make the document say what the routes do."""
    words = words_of("en")
    app.config["INFO"] = {"description": words("api.about")}
    app.config["AUTO_SERVERS"] = False
    app.config["AUTO_VALIDATION_ERROR_RESPONSE"] = False
    app.config["AUTO_AUTH_ERROR_RESPONSE"] = False
    app.config["AUTO_404_RESPONSE"] = False
    app.config["SECURITY_SCHEMES"] = {
        SCHEME: {
            "type": "oauth2",
            "description": words("api.about_key"),
            "flows": {
                "clientCredentials": {
                    "tokenUrl": f"{_ROOT}/oauth/token",
                    "scopes": {scope: words(f"scope.{scope}") for scope in SCOPES},
                }
            },
        },
        "rahsia": {"type": "http", "scheme": "basic"},
    }

    @app.spec_processor
    def complete(spec: Any) -> Any:
        schemas = spec.setdefault("components", {}).setdefault("schemas", {})
        schemas |= {"Problem": _PROBLEM, "OAuthError": _OAUTH_ERROR}
        scopes = _scopes(app)
        for path, operations in spec["paths"].items():
            for method, operation in operations.items():
                if path in _FORMS:
                    _of_oauth(operation, _FORMS[path])
                else:
                    _of_route(path, method, operation, scopes[path, method])
        return spec


def _scopes(app: APIFlask) -> dict[tuple[str, str], str]:
    """The scope that each route states, by its path in the document and its method."""
    found: dict[tuple[str, str], str] = {}
    for rule in app.url_map.iter_rules():
        path = "/".join(_part(part) for part in rule.rule.split("/"))
        scope = getattr(app.view_functions[rule.endpoint], "required_scope", EVERYBODY)
        found |= {(path, method.lower()): scope for method in rule.methods or ()}
    return found


def _part(part: str) -> str:
    return f"{{{part[1:-1].rpartition(':')[2]}}}" if part.startswith("<") else part


def _of_oauth(operation: dict[str, Any], form: Any) -> None:
    operation["security"] = [{"rahsia": []}, {}]
    operation["requestBody"] = {"required": True, "content": {FORM: {"schema": form.model_json_schema()}}}
    for status in (400, 401):
        operation["responses"][str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/OAuthError"}}},
        }
    for status in (413, 415, 429, 503):
        operation["responses"][str(status)] = _told(HTTPStatus(status))


def _of_route(path: str, method: str, operation: dict[str, Any], scope: str) -> None:
    if scope == EVERYBODY:
        operation["security"] = []
    else:
        operation["security"] = [{SCHEME: [scope]}]
    statuses = [*_EVERYWHERE, *(_WITH_BODY if method == "post" else ())]
    if operation.get("parameters"):
        statuses.append(HTTPStatus.UNPROCESSABLE_ENTITY)
    if "{" in path:
        statuses.append(HTTPStatus.NOT_FOUND)
    said = {int(status) for status in operation["responses"]}
    errors = {status for status in said if status >= HTTPStatus.BAD_REQUEST} | set(map(int, statuses))
    for status in sorted(errors):
        before = operation["responses"].get(str(status), {}).get("description")
        operation["responses"][str(status)] = _told(HTTPStatus(status), before)
    if "202" in operation["responses"] and "200" in operation["responses"]:
        operation["responses"]["200"]["content"] = operation["responses"]["202"]["content"]
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _told(status: HTTPStatus, description: str | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": description or status.phrase,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        told["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}
    return told
