"""Turns every error into words, a status and a reference number, in one place; logs no personal data."""

from __future__ import annotations

import logging
import secrets
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import html, set_props
from flask import make_response, redirect, render_template, request
from psycopg.errors import InsufficientPrivilege
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from dashboard import frame_ids as ids
from dashboard.components.icons import icon
from dashboard.guards import SignInRequired
from dashboard.i18n import current_words
from dashboard.localpath import referring_path
from registry.errors import DatabaseAway, InvalidInput, NotFound, NotPermitted, RegistryError, StaleRecord

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from dash.development.base_component import Component
    from flask import Flask
    from werkzeug.wrappers import Response as AnyResponse

    from layers.numbers import Words

_OURS = frozenset({"dashboard", "registry", "queries", "layers", "geo", "poverty"})

log = logging.getLogger("ekasih")

STATUSES: Final[tuple[tuple[type[Exception], int], ...]] = (
    (SignInRequired, 401),
    (NotPermitted, 403),
    (NotFound, 404),
    (StaleRecord, 409),
    (InvalidInput, 422),
    (DatabaseAway, 503),
    (RegistryError, 400),
)
_PAGES: Final = {403: "not_permitted", 404: "page_not_found", 405: "page_not_found", 503: "database_away"}


@dataclass(frozen=True, slots=True)
class Told:
    """An error as people are told it: the key of its sentence (``error.<key>``), an HTTP status, a reference."""

    key: str
    status: int
    reference: str
    values: dict[str, object]

    def sentence(self, words: Words) -> str:
        """What happened, what was kept, what to do next."""
        return words(f"error.{self.key}", **self.values)


def told(error: Exception) -> Told:
    """How an error is told; an unexpected one is logged by its place in the code, never by what it says."""
    known = _known(error)
    reference = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}".upper()
    if isinstance(known, RegistryError):
        log.info("reference %s: %s", reference, known.key)
        status = next(status for kind, status in STATUSES if isinstance(known, kind))
        key = known.key if current_words().has(f"error.{known.key}") else "refused"
        return Told(key, status, reference, known.values)
    log.error("reference %s: %s", reference, _place(error))
    return Told("unexpected", 500, reference, {})


def tell_callback(error: Exception) -> None:
    """Tell a callback's error on the page that asked; its outputs stay as they are."""
    words = current_words()
    answer = told(error)
    if answer.status in {401, 503}:
        set_props(ids.BANNER, {"children": banner(answer, words)})
    else:
        set_props(ids.NOTIFICATIONS, {"sendNotifications": [_notification(answer, words)]})


def banner(answer: Told, words: Words) -> Component:
    """What stays above the page until it is dealt with: the session ended, or the database is away."""
    if answer.status == SIGN_IN_STATUS:
        back = referring_path(request.referrer, request.host)
        action = html.A(words("signin.again"), href=f"/masuk?next={quoted(back)}", className="ek-button")
    else:
        action = html.Button(words("frame.try_again"), className="ek-button", type="button", **{"data-ek-reload": ""})
    return html.Div([icon("alert"), html.P(answer.sentence(words)), action], className="ek-banner", role="alert")
