"""Where a request comes from: how tries are counted by it, and what a person is told to know a session again by."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final

from flask import after_this_request, request

from registry.accounts.sessions import KNOWN_DAYS
from registry.accounts.sign_in_tries import Origin

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

BROWSER_COOKIE: Final = "ekasih_pelayar"
_LONGEST_TOKEN: Final = 100
# who has an IPv6 address has the 2^64 beside it as well
_COUNTED_BITS: Final = {4: 32, 6: 64}
# enough to tell home from elsewhere
_SHOWN_BITS: Final = {4: 24, 6: 48}
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


def counted_place(address: str) -> str:
    """The network that tries are counted for: an address, of IPv6 the half that a household or office is given."""
    found = _address(address)
    return "" if found is None else _network(found, _COUNTED_BITS[found.version])


def shown_network(address: str) -> str:
    """The network of an address as far as it is kept with a session."""
    found = _address(address)
    return "" if found is None else _network(found, _SHOWN_BITS[found.version])


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


def _address(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address.partition("%")[0])
    except (AddressValueError, ValueError):
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _network(address: IPv4Address | IPv6Address, bits: int) -> str:
    return str(ip_network((address, bits), strict=False))
