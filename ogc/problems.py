"""Every error as JSON in the language asked for; logs its place in the code, never what was sent."""

from __future__ import annotations

import json
import logging
import math
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import Response
from pygeoapi.provider.base import ProviderGenericError
from werkzeug.exceptions import HTTPException

from ogc.deps import asked_language, asked_words
from ogc.who import TooManyAsked
from registry.errors import (
    DatabaseAway,
    NotFound,
    NotPermitted,
    RecordBusy,
    RegistryError,
    SignInRequired,
    TookTooLong,
    place_in_code,
)
from registry.refusals import TooMuchOfTheMap, rule_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

log = logging.getLogger("ekasih")
STATUSES: Final[tuple[tuple[type[RegistryError], HTTPStatus], ...]] = (
    (SignInRequired, HTTPStatus.UNAUTHORIZED),
    (NotPermitted, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (TooManyAsked, HTTPStatus.TOO_MANY_REQUESTS),
    (TooMuchOfTheMap, HTTPStatus.TOO_MANY_REQUESTS),
    (RecordBusy, HTTPStatus.CONFLICT),
    (DatabaseAway, HTTPStatus.SERVICE_UNAVAILABLE),
    (TookTooLong, HTTPStatus.SERVICE_UNAVAILABLE),
    (RegistryError, HTTPStatus.CONFLICT),
)
_PLAIN: Final[dict[int, str]] = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "api_method",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "api_too_large",
}


def install(app: Flask) -> None:
    """Answer every error of the application."""

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        if isinstance(error, HTTPException):
            return problem(_PLAIN.get(error.code or 0, "api_bad_request"), error.code or HTTPStatus.BAD_REQUEST)
        if isinstance(error, ProviderGenericError):
            return problem("api_bad_request", error.http_status_code, said=error.message)
        known = rule_of(error)
        if known is None:
            reference = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}".upper()
            log.error("reference %s: %s", reference, place_in_code(error))
            return problem("unexpected", HTTPStatus.INTERNAL_SERVER_ERROR, said=reference)
        status = next(status for kind, status in STATUSES if isinstance(known, kind))
        key = "ogc_sign_in" if isinstance(known, SignInRequired) else known.key
        return problem(key, status, values=known.values, headers=_headers(known, status))


def problem(
    key: str,
    status: int,
    *,
    said: str = "",
    values: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error by the key of its sentence, with the members that OGC's services and RFC 9457 name."""
    words = asked_words()
    found = next((known for known in (f"api.error_{key}", f"error.{key}") if words.has(known)), "error.refused")
    detail = words(found, **dict(values or {}))
    title = words(f"api.status_{int(status)}") if words.has(f"api.status_{int(status)}") else HTTPStatus(status).phrase
    body = {
        "type": f"urn:ekasih:problem:{key}",
        "title": title,
        "status": int(status),
        "detail": f"{detail} ({said})" if said else detail,
        "code": key,
        "description": f"{detail} ({said})" if said else detail,
    }
    text = json.dumps(body, ensure_ascii=False)
    answer = Response(text, status=status, mimetype="application/problem+json", headers=dict(headers or {}))
    answer.headers["Content-Language"] = asked_language()
    return answer


def _headers(known: RegistryError, status: int) -> dict[str, str]:
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Basic realm="eKasih", charset="UTF-8"'}
    if isinstance(known, TooManyAsked):
        return {"Retry-After": str(math.ceil(known.wait_seconds))}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return {"Retry-After": "60"}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": "5"}
    return {}
