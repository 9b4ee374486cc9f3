"""Notes when somebody was last seen, at most once a minute; what a timer of the page asks does not count."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from flask import request
from werkzeug.exceptions import HTTPException

from dashboard.signin import session
from registry import db
from registry.accounts import sessions
from registry.errors import RegistryError

if TYPE_CHECKING:
    from flask import Flask, Response

    from dashboard.deps import Deps

_NOTED_AFTER: Final = 60
log = logging.getLogger("ekasih")


def install(server: Flask, deps: Deps) -> None:
    """Note with whatever a signed-in person does that they are there."""

    @server.after_request
    def note(answer: Response) -> Response:
        token = session.held_token()
        if session.known() is None or token is None or session.unseen_seconds() < _NOTED_AFTER or _polls():
            return answer
        try:
            with db.signing_in(deps.engine) as connection:
                sessions.touch(connection, token)
        except RegistryError:
            # the answer is made already; the session only seems idle for a little longer
            log.warning("the database is away: not noted that somebody is there")
        return answer


def _polls() -> bool:
    """Whether a timer of the page asks, and nobody."""
    try:
        body = request.get_json(silent=True) if request.is_json else None
    except (RegistryError, HTTPException):
        return False  # what could not be read was refused already
    changed = body.get("changedPropIds") if isinstance(body, dict) else None
    return bool(changed) and all(str(one).endswith(".n_intervals") for one in changed or ())
