"""Every error as a problem (RFC 9457), in the language asked for; logs its place in the code, never what was sent."""

from __future__ import annotations

import logging
import math
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import Response, json
from pydantic import ValidationError

from api.language import asked_language, asked_words
from registry.aid.sending import SendingDiffers
from registry.aid_refusals import TargetListClosed
from registry.api_keys.tokens import TooManyTokens
from registry.errors import (
    DatabaseAway,
    InvalidInput,
    NotFound,
    NotPermitted,
    RecordBusy,
    RegistryError,
    SignInRequired,
    StaleRecord,
    TookTooLong,
    place_in_code,
)
from registry.refusals import TooManyChecks, rule_of
from registry.uploads.refusals import NoRoom, TooManyUploads, UnreadableUpload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apiflask import APIFlask, HTTPError

    from words import Words

log = logging.getLogger("ekasih")

PROBLEM: Final = "application/problem+json"
REALM: Final = 'Bearer realm="eKasih"'
_MINUTE: Final = 60


class TooManyCalls(RegistryError):
    """The key has had its calls of this minute."""

    key = "too_many_requests"

    def __init__(self, wait_seconds: float) -> None:
        super().__init__()
        self.wait_seconds = wait_seconds


class ScopeMissing(NotPermitted):
    """The token does not open this."""

    key = "scope_missing"

    def __init__(self, scope: str) -> None:
        super().__init__("", scope=scope)
        self.scope = scope


class ListNotFrozen(RegistryError):
    """The list of the target group was not frozen yet."""

    key = "target_not_frozen"


STATUSES: Final[tuple[tuple[type[RegistryError], HTTPStatus], ...]] = (
    (SignInRequired, HTTPStatus.UNAUTHORIZED),
    (NotPermitted, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (StaleRecord, HTTPStatus.CONFLICT),
    (SendingDiffers, HTTPStatus.CONFLICT),
    (ListNotFrozen, HTTPStatus.CONFLICT),
    (TargetListClosed, HTTPStatus.GONE),
    (InvalidInput, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UnreadableUpload, HTTPStatus.UNPROCESSABLE_ENTITY),
    (RecordBusy, HTTPStatus.CONFLICT),
    (DatabaseAway, HTTPStatus.SERVICE_UNAVAILABLE),
    (NoRoom, HTTPStatus.SERVICE_UNAVAILABLE),
    (TookTooLong, HTTPStatus.SERVICE_UNAVAILABLE),
    (TooManyCalls, HTTPStatus.TOO_MANY_REQUESTS),
    (TooManyTokens, HTTPStatus.TOO_MANY_REQUESTS),
    (TooManyChecks, HTTPStatus.TOO_MANY_REQUESTS),
    (TooManyUploads, HTTPStatus.TOO_MANY_REQUESTS),
    # a rule of the field that a step would break
    (RegistryError, HTTPStatus.CONFLICT),
)
_PLAIN: Final[dict[int, str]] = {
    HTTPStatus.BAD_REQUEST: "api_bad_request",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "api_method",
    HTTPStatus.NOT_ACCEPTABLE: "api_bad_request",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "api_too_large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "api_media_type",
    HTTPStatus.UNPROCESSABLE_ENTITY: "api_invalid",
}
# how pydantic calls what is wrong with a field, and our sentence for it
_FIELD: Final[dict[str, str]] = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "string_too_short": "short",
    "string_too_long": "long",
    "too_short": "short",
    "too_long": "long",
    "string_pattern_mismatch": "form",
    "value_error": "form",
}


def install(app: APIFlask) -> None:
    """Answer every error of the application as a problem."""

    @app.error_processor
    def told(error: HTTPError) -> Response:
        cause = error.__cause__
        errors = _field_errors(cause, next(iter(error.detail), "")) if isinstance(cause, ValidationError) else None
        key = _PLAIN.get(error.status_code, "api_bad_request")
        if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            key = "unexpected"
        headers = {name: str(value) for name, value in dict(error.headers).items() if name in {"Allow", "Retry-After"}}
        return problem(key, error.status_code, headers=headers, errors=errors)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        known = rule_of(error)
        if known is None:
            reference = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}".upper()
            log.error("reference %s: %s", reference, place_in_code(error))
            return problem("unexpected", HTTPStatus.INTERNAL_SERVER_ERROR, reference=reference)
        status = next(status for kind, status in STATUSES if isinstance(known, kind))
        errors = None
        if isinstance(known, InvalidInput):
            errors = [{"pointer": f"#/{name}", "code": code} for name, code in sorted(known.problems.items())]
        return problem(known.key, status, values=known.values, headers=_headers(known, status), errors=errors)


def problem(
    key: str,
    status: int,
    *,
    values: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
    errors: list[dict[str, str]] | None = None,
    reference: str = "",
) -> Response:
    """A problem by the key of its sentence; ``type`` is that key, by which a program tells it from others."""
    words = asked_words()
    found = next((known for known in (f"api.error_{key}", f"error.{key}") if words.has(known)), "error.refused")
    body: dict[str, Any] = {
        "type": f"urn:ekasih:problem:{key}",
        "title": words(f"api.status_{status}") if words.has(f"api.status_{status}") else HTTPStatus(status).phrase,
        "status": int(status),
        "detail": words(found, **dict(values or {})),
    }
    if errors:
        body["errors"] = [_worded(one, words) for one in errors]
    if reference:
        body["reference"] = reference
    answer = Response(json.dumps(body, ensure_ascii=False), status=status, mimetype=PROBLEM)
    answer.headers.extend(dict(headers or {}))
    answer.headers["Content-Language"] = asked_language()
    return answer


def _worded(error: dict[str, str], words: Words) -> dict[str, str]:
    code = error["code"]
    for key in (f"api.field_{code}", f"problem.{code}"):
        if words.has(key):
            return error | {"detail": words(key)}
    return error | {"detail": words("api.field_form")}


def _field_errors(error: ValidationError, where: str) -> list[dict[str, str]]:
    """What is wrong with each field, by a pointer into the body or the name of a parameter; never what was given."""
    found = []
    for one in error.errors(include_url=False, include_context=False, include_input=False)[:50]:
        place = "/".join(str(part) for part in one["loc"])
        told = {"code": _FIELD.get(one["type"], "form")}
        found.append(({"pointer": f"#/{place}"} if where == "json" else {"parameter": place.replace("_", "-")}) | told)
    return found


def _headers(known: RegistryError, status: int) -> dict[str, str]:
    if isinstance(known, TooManyCalls):
        return {"Retry-After": str(math.ceil(known.wait_seconds))}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return {"Retry-After": str(_MINUTE)}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": "5"}
    if isinstance(known, ScopeMissing):
        return {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{known.scope}"'}
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": f'{REALM}, error="invalid_token"'}
    return {}
