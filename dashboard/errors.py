"""Turns every error into words, a status and a reference number, in one place; logs no personal data."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dash import callback_context, html, no_update, set_props
from dash._utils import to_json
from dash.exceptions import DependencyException
from flask import make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import NotFound as NotFoundPage

from dashboard import frame_ids as ids
from dashboard.components.aria import aria
from dashboard.components.icons import icon
from dashboard.i18n import current_words
from dashboard.limits import TooManyRequests
from dashboard.localpath import local_path, referring_path
from dashboard.sent.gate import CALLBACKS
from dashboard.sent.refusals import NotUnderstood
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

if TYPE_CHECKING:
    from dash._no_update import NoUpdate
    from dash.development.base_component import Component
    from flask import Flask
    from werkzeug.wrappers import Response

    from layers.numbers import Words

log = logging.getLogger("ekasih")

STATUSES: Final[tuple[tuple[type[RegistryError], HTTPStatus], ...]] = (
    (SignInRequired, HTTPStatus.UNAUTHORIZED),
    (NotPermitted, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (StaleRecord, HTTPStatus.CONFLICT),
    (InvalidInput, HTTPStatus.UNPROCESSABLE_ENTITY),
    (RecordBusy, HTTPStatus.CONFLICT),
    (DatabaseAway, HTTPStatus.SERVICE_UNAVAILABLE),
    (TookTooLong, HTTPStatus.GATEWAY_TIMEOUT),
    (TooManyRequests, HTTPStatus.TOO_MANY_REQUESTS),
    (TooManyChecks, HTTPStatus.TOO_MANY_REQUESTS),
    (RegistryError, HTTPStatus.BAD_REQUEST),
)
_HTTP_KEYS: Final[dict[int, str]] = {
    HTTPStatus.NOT_FOUND: "page_not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "page_not_found",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
}
_STAYS: Final = {HTTPStatus.UNAUTHORIZED, HTTPStatus.SERVICE_UNAVAILABLE}


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """An error as people are told it: the key of its sentence (``error.<key>``), an HTTP status, a reference."""

    key: str
    status: int
    reference: str
    values: dict[str, object]

    def sentence(self, words: Words) -> str:
        """What happened, what was kept, what to do next."""
        return words(f"error.{self.key}", **self.values)


def install(server: Flask) -> None:
    """Answer every error of a page or a route in the look of the rest."""

    @server.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Response:
        status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
        if status < HTTPStatus.BAD_REQUEST:
            return error.get_response()
        return _answer(ErrorAnswer(_HTTP_KEYS.get(status, "bad_request"), status, "", {}))

    @server.errorhandler(DependencyException)
    def no_such_file(_error: DependencyException) -> Response:
        return refuse(NotFoundPage())

    @server.errorhandler(Exception)
    def fail(error: Exception) -> Response:
        answer = answer_to(error)
        if answer.status == HTTPStatus.UNAUTHORIZED and request.method == "GET" and not _asked_by_script():
            return redirect(f"/masuk?next={quote(local_path(request.full_path.rstrip('?')))}")
        return _answer(answer)


def tell_callback(error: Exception) -> list[NoUpdate] | None:
    """Tell a callback's error on the page that asked; what it answers leaves its outputs as they are.

    Of a question that was understood, whatever came of it, the answer is one (200). Only of one that no page asks the
    status says so as well.
    """
    answer = answer_to(error)
    for component, properties in _shown(answer, current_words()).items():
        set_props(component, properties)
    if isinstance(error, NotUnderstood):
        callback_context.response.callback_response.status_code = answer.status
    return _unchanged()


def _unchanged() -> list[NoUpdate] | None:
    """What leaves every output as it is: one value for each of many alike outputs, for which one for all is refused."""
    alike = not str(request.get_json()["output"]).startswith("..") and isinstance(callback_context.outputs_list, list)
    return [no_update] * len(callback_context.outputs_list) if alike else None


def answer_to(error: Exception) -> ErrorAnswer:
    """How an error is told; an unexpected one is logged by its place in the code, never by what it says."""
    reference = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}".upper()
    known = rule_of(error)
    if known is None:
        log.error("reference %s: %s", reference, place_in_code(error))
        return ErrorAnswer("unexpected", HTTPStatus.INTERNAL_SERVER_ERROR, reference, {})
    log.info("reference %s: %s", reference, known.key)
    status = next(status for kind, status in STATUSES if isinstance(known, kind))
    key = known.key if current_words().has(f"error.{known.key}") else "refused"
    return ErrorAnswer(key, status, reference, known.values)


def banner(answer: ErrorAnswer, words: Words) -> Component:
    """What stays above the page until it is dealt with: the session ended, or the database is away."""
    attributes: dict[str, Any] = {"data-ek-reload": "true"}
    if answer.status == HTTPStatus.UNAUTHORIZED:
        back = quote(referring_path(request.referrer, request.host))
        action: Component = html.A(words("signin.again"), href=f"/masuk?next={back}", className="ek-button")
    else:
        action = html.Button(words("frame.try_again"), type="button", className="ek-button", **attributes)
    return html.Div([icon("alert"), html.P(answer.sentence(words)), action], className="ek-banner", role="alert")


def _shown(answer: ErrorAnswer, words: Words) -> dict[str, dict[str, Any]]:
    """What an error changes on the page that asked, by component."""
    if answer.status in _STAYS:
        return {ids.BANNER: {"children": banner(answer, words)}}
    return {ids.NOTIFICATIONS: {"sendNotifications": [_notification(answer, words)]}}


def _notification(answer: ErrorAnswer, words: Words) -> dict[str, object]:
    expected = answer.status != HTTPStatus.INTERNAL_SERVER_ERROR
    return {
        "id": f"frame-error-{answer.key}",
        "action": "show",
        "title": words("frame.not_done"),
        "message": " ".join([answer.sentence(words), *_reference(answer, words)]),
        "autoClose": 15_000 if expected else False,
        "className": "ek-notification-error",
        "closeButtonProps": aria(label=words("frame.close")),
    }


def _reference(answer: ErrorAnswer, words: Words) -> list[str]:
    return [words("frame.reference", reference=answer.reference)] if answer.reference else []


def _answer(answer: ErrorAnswer) -> Response:
    """An error as a page; where a callback or a script asked, as what it changes on the page that did."""
    if request.path != CALLBACKS and not _asked_by_script():
        return _page(answer)
    texts = {"multi": True, "response": {}, "sideUpdate": _shown(answer, current_words())}
    found = make_response(to_json(texts), answer.status)
    found.mimetype = "application/json"
    return found


def _asked_by_script() -> bool:
    """Whether a page's own script asked, which reads no page."""
    return request.accept_mimetypes.best == "application/json"


def _page(answer: ErrorAnswer) -> Response:
    words = current_words()
    body = render_template(
        "problem.html",
        words=words,
        title=words(f"error.title_{answer.status}")
        if answer.status in {403, 404, 429, 503}
        else words("error.title_500"),
        sentence=answer.sentence(words),
        reference="".join(_reference(answer, words)),
    )
    return make_response(body, answer.status)
