"""Refuses what another site makes a browser send: each change carries the session's token, from our own pages only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from dashboard.localpath import parts_of
from dashboard.signin import session
from registry.errors import NotPermitted

if TYPE_CHECKING:
    from flask import Flask, Response

    from dashboard.deps import Deps

HEADER: Final = "X-Ekasih-Token"
COOKIE: Final = "ekasih_token"
FIELD: Final = "form_token"
_READS: Final = {"GET", "HEAD", "OPTIONS"}
# these pages tell in words that a form was left open too long, and check the token themselves
_OWN_CHECK: Final = {"/masuk", "/keluar"}


class ForgedRequest(NotPermitted):
    """The request does not come from a page of this session."""

    key = "forged"


def install(server: Flask, deps: Deps) -> None:
    """Refuse forged requests before anything else looks at them; hand the token to our own script."""

    @server.before_request
    def refuse_forged() -> None:
        if request.method in _READS:
            return
        if _foreign():
            raise ForgedRequest
        if request.path in _OWN_CHECK or not session.has_begun():
            return
        sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
        if not session.form_token_holds(sent):
            raise ForgedRequest

    @server.after_request
    def hand_over(answer: Response) -> Response:
        return _with_token(answer, secure=deps.settings.secure_cookies)


def is_forged_by_head() -> bool:
    """Whether the head of the current request, whose body is not read yet, shows that it does not come from our pages.

    What carries much carries its token there.
    """
    return _foreign() or not session.form_token_holds(request.headers.get(HEADER, ""))


def _with_token(answer: Response, *, secure: bool) -> Response:
    """A page with the cookie that our script reads; files are cached for all and carry none."""
    if answer.mimetype != "text/html":
        return answer
    if session.has_begun():
        token = session.form_token()
        if request.cookies.get(COOKIE) != token:
            answer.set_cookie(COOKIE, token, samesite="Strict", secure=secure)
    elif COOKIE in request.cookies:
        answer.delete_cookie(COOKIE)
    return answer


def _foreign() -> bool:
    """Whether the browser says that another site's page sent this."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and parts_of(origin).netloc != request.host
