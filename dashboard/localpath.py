"""Tells an address of this site from one that would lead away from it."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

HOME = "/"
"""The map."""
START = "/utama"
"""What waits for somebody, how the own area stands, what changed."""


def asked_path(address: str | None) -> str:
    r"""The path and query of ``address`` where it is one of ours; nothing where it names none.

    What browsers read as another site (``//host``, ``/\host``, a scheme, control characters) is not ours.
    """
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return ""
    if not address.isprintable() or "\\" in address:
        return ""
    parts = parts_of(address)
    if parts.scheme or parts.netloc or parts.path.startswith(("/masuk", "/keluar", "/bahasa", "/_dash", "/assets")):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def local_path(address: str | None) -> str:
    """The path and query of ``address`` where it is one of ours, else the map."""
    return asked_path(address) or HOME


def parts_of(address: str) -> SplitResult:
    """The parts of an address; those of no site for what is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def referring_path(referrer: str | None, host: str) -> str:
    """The path and query that a request came from, where that was a page of ``host``; else the home page."""
    parts = parts_of(referrer or "")
    if parts.netloc != host:
        return HOME
    return local_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)
