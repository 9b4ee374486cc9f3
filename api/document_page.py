"""A page of the document that people read: made from the document itself, served by us, without a script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from apiflask import APIBlueprint
from flask import Response, current_app, render_template

from api.guards import open_to_everybody
from api.language import asked_language, asked_words

if TYPE_CHECKING:
    from collections.abc import Iterator

document_page = APIBlueprint("document_page", __name__, enable_openapi=False)
_STYLE: Final = Path(__file__).parent / "templates" / "document.css"


@document_page.get("/dokumen")
@open_to_everybody
def show() -> Response:
    """The document as a page."""
    spec: Any = current_app.spec  # type: ignore[attr-defined]
    page = render_template(
        "document.html",
        words=asked_words(),
        language=asked_language(),
        title=spec["info"]["title"],
        version=spec["info"]["version"],
        operations=list(_operations(spec)),
        schemas=spec["components"]["schemas"],
    )
    answer = Response(page, mimetype="text/html")
    answer.headers["Content-Language"] = asked_language()
    answer.vary.add("Accept-Language")
    return answer


@document_page.get("/dokumen.css")
@open_to_everybody
def style() -> Response:
    """How the page looks."""
    answer = Response(_STYLE.read_text(encoding="utf-8"), mimetype="text/css")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _operations(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The operations in the order of their address, as the page shows them."""
    for path, methods in sorted(spec["paths"].items()):
        for method, operation in methods.items():
            scopes = [scope for one in operation.get("security", []) for held in one.values() for scope in held]
            content = operation.get("requestBody", {}).get("content", {})
            yield {
                "id": operation["operationId"],
                "method": method.upper(),
                "path": path,
                "summary": operation.get("summary", ""),
                "description": operation.get("description", ""),
                "scopes": scopes,
                "parameters": operation.get("parameters", []),
                "kind": next(iter(content), ""),
                "fields": _fields(_schema_of(content), spec),
                "responses": [
                    {"status": status, "description": told.get("description", ""), "fields": _told(told, spec)}
                    for status, told in operation["responses"].items()
                ],
            }


def _told(response: dict[str, Any], spec: dict[str, Any]) -> list[dict[str, str]]:
    """The fields of an answer; those of a problem are told once for all."""
    schema = _schema_of(response.get("content", {}))
    return [] if str(schema.get("$ref", "")).endswith(("/Problem", "/OAuthError")) else _fields(schema, spec)


def _schema_of(content: dict[str, Any]) -> dict[str, Any]:
    """The schema of a body, whatever kind it is of."""
    first: Any = next(iter(content.values()), {})
    found: dict[str, Any] = first.get("schema") or {}
    return found


def _fields(schema: dict[str, Any] | None, spec: dict[str, Any], before: str = "") -> list[dict[str, str]]:
    """The fields of a schema, those of what is inside it with the name of where they stand."""
    found = _resolved(schema or {}, spec)
    needed = found.get("required", [])
    rows: list[dict[str, str]] = []
    for name, value in found.get("properties", {}).items():
        inner = _resolved(value, spec)
        kind = _kind(inner)
        told = str(value.get("description") or inner.get("description") or "")
        rows.append({"name": f"{before}{name}", "kind": kind, "needed": "*" if name in needed else "", "told": told})
        if kind == "array":
            rows += _fields(inner.get("items"), spec, f"{before}{name}[].")
        elif inner.get("properties"):
            rows += _fields(inner, spec, f"{before}{name}.")
    return rows


def _resolved(schema: dict[str, Any], spec: dict[str, Any]) -> dict[str, Any]:
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            return _resolved(option, spec)
    if "$ref" in schema:
        found: dict[str, Any] = spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _kind(schema: dict[str, Any]) -> str:
    kind = str(schema.get("type", ""))
    return f"{kind} ({schema['format']})" if schema.get("format") else kind
