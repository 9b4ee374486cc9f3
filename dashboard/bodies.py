"""How much a request may carry: little, unless its route states more; more than a little only from who may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from flask import current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard.forgery import ForgedRequest, is_forged_by_head
from registry.errors import NotPermitted, SignInRequired
from registry.serving.limits import ADMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from dashboard.deps import Deps

V = TypeVar("V")

MOST_USUAL: Final = 1024 * 1024
"""What a callback or a form carries at most: some hundred times what our pages send."""
_STATED: Final = "most_bytes"


def takes(most_bytes: int) -> Callable[[V], V]:
    """State that a route takes bodies of so many bytes instead of :data:`MOST_USUAL`."""

    def state(view: V) -> V:
        setattr(view, _STATED, most_bytes)
        return view

    return state


def install(server: Flask, deps: Deps) -> None:
    """Hold every request to what its route takes, and tell the web server before it reads a large one."""

    @server.before_request
    def bound() -> None:
        request.max_content_length = most_bytes()

    def admit(environ: dict[str, Any]) -> Exception | None:
        """Why the body is not to be read; ``None`` where it is."""
        with server.request_context(environ):
            if (request.content_length or 0) > most_bytes():
                return RequestEntityTooLarge()
            return _refusal(deps)

    server.extensions[ADMIT] = admit


def _refusal(deps: Deps) -> Exception | None:
    """Why the current request's body is not read: it is nobody's, another site's, or of who may not send it there."""
    principal = deps.principal()
    if principal is None:
        return SignInRequired()
    if is_forged_by_head():
        return ForgedRequest()
    view = current_app.view_functions.get(request.endpoint or "")
    needed = getattr(view, "required_permission", None)
    return None if needed is None or principal.may(needed) else NotPermitted()


def most_bytes() -> int:
    """What the current request's route takes."""
    view = current_app.view_functions.get(request.endpoint or "")
    return int(getattr(view, _STATED, MOST_USUAL))
