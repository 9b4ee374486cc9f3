"""Notes when somebody was last seen, at most once a minute; what a timer of the page asks does not count."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from flask import request

from dashboard import session

if TYPE_CHECKING:
    from flask import Flask, Response

    from dashboard.deps import Deps

_REFRESHED_AFTER: Final = 60


def install(server: Flask, deps: Deps) -> None:
    """Refresh the stamp with whatever a signed-in person does."""

    @server.after_request
    def stamp(answer: Response) -> Response:
        if session.known() is None or not session.has_begun():
            return answer
        if time.time() - session.last_seen() >= _REFRESHED_AFTER and not _polls():
            answer.set_cookie(
                session.SEEN_COOKIE,
                session.seen_stamp(),
                httponly=True,
                samesite="Lax",
                secure=deps.settings.secure_cookies,
            )
        return answer


def _polls() -> bool:
    """Whether a timer of the page asks, and nobody."""
    body = request.get_json(silent=True) if request.is_json else None
    changed = body.get("changedPropIds") if isinstance(body, dict) else None
    return bool(changed) and all(str(one).endswith(".n_intervals") for one in changed or ())
