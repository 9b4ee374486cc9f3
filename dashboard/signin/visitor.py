"""Where a request comes from: how tries are counted by it, and what a person is told to know a session again by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flask import after_this_request, request

from registry.accounts.networks import counted_place
from registry.accounts.sessions import KNOWN_DAYS
from registry.accounts.sign_in_tries import Origin

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

BROWSER_COOKIE: Final = "ekasih_pelayar"
_LONGEST_TOKEN: Final = 100
# the first that fits: many name others that they want to be taken for
_PROGRAMS: Final = (
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Opera", r"\b(OPR|Opera)/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|Chromium|CriOS|HeadlessChrome)/"),
    ("Safari", r"\bVersion/[\d.]+ .*Safari/"),
)
_SYSTEMS: Final = (
    ("Android", r"\bAndroid\b"),
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Windows", r"\bWindows\b"),
    ("macOS", r"\bMac OS X\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Linux", r"\bLinux\b"),
)


def origin() -> Origin:
    """Where a try at a sign-in comes from."""
    return Origin(counted_place(request.remote_addr or ""), known_token())


def shown_browser(user_agent: str) -> str:
    """Program and system in words of our own, as far as they are known: ``Firefox, Linux``."""
    named = (next((name for name, sign in known if re.search(sign, user_agent)), "") for known in (_PROGRAMS, _SYSTEMS))
    return ", ".join(name for name in named if name)


def known_token() -> str | None:
    """What the browser of this request was given at an earlier sign-in."""
    token = request.cookies.get(BROWSER_COOKIE, "")
    return token if 0 < len(token) <= _LONGEST_TOKEN else None


def remember(token: str, *, secure: bool) -> None:
    """Give the browser, with the answer to this request, what it is known by at the next sign-in."""

    @after_this_request
    def give(answer: Response) -> Response:
        seconds = KNOWN_DAYS * 24 * 3600
        answer.set_cookie(BROWSER_COOKIE, token, max_age=seconds, httponly=True, samesite="Lax", secure=secure)
        return answer
