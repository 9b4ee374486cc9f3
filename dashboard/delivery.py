"""How answers travel: compressed, cached only where they never change, fenced in by security headers."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flask import request

from registry.serving.compression import Compressor

if TYPE_CHECKING:
    from dash import Dash
    from flask import Flask, Response

    from registry.installation.settings import Settings

ASSETS: Final = Path(__file__).parent / "assets"
_FOREVER: Final = "public, max-age=31536000, immutable"
FOR_GOOD: Final = "private, max-age=31536000, immutable"
"""How long a browser may keep what its address names by its content, and only who signed in may have."""
_SUITES: Final = "/_dash-component-suites/"
_FILES: Final = ("/assets/", _SUITES)


def asset(name: str) -> str:
    """The address of one of our files, with the time it was changed, so that it can be cached for good."""
    return f"/assets/{name}?m={(ASSETS / name).stat().st_mtime}"


def install(app: Dash, settings: Settings) -> None:
    """Compress, cache and fence in every answer of the app."""
    policy = _policy(settings)
    compress = Compressor(_FILES)

    server: Flask = app.server

    @server.after_request
    def deliver(answer: Response) -> Response:
        hashes = " ".join(app.csp_hashes())
        answer.headers.setdefault("Content-Security-Policy", policy.format(scripts=hashes))
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        answer.headers.setdefault("X-Frame-Options", "DENY")
        answer.headers.setdefault("Referrer-Policy", "same-origin")
        answer.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), payment=()")
        if settings.secure_cookies:
            answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        whole = answer.status_code == HTTPStatus.OK
        if whole and _is_fixed():
            answer.headers["Cache-Control"] = _FOREVER
        elif whole and request.path.startswith(_SUITES):
            # parts of a bundle that are fetched by their plain names: asked for each time, sent when they differ
            answer.headers["Cache-Control"] = "no-cache"
            answer = compress(answer)
            answer.add_etag()
            answer.make_conditional(request)
            return answer
        else:
            answer.headers.setdefault("Cache-Control", "no-store")
        return compress(answer)


def _is_fixed() -> bool:
    """Whether the address names one version of a file for good: a fingerprint or a time of change is part of it."""
    if not request.path.startswith(_FILES):
        return False
    return "m" in request.args or ".v" in request.path.rsplit("/", 1)[-1]


def _policy(settings: Settings) -> str:
    """What pages may load: our own files only, and the tiles of the basemap where one is set."""
    tiles = ""
    if settings.tile_url:
        address = urlsplit(settings.tile_url)
        tiles = f" {address.scheme}://{address.netloc.replace('{s}', '*')}"
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' {scripts}",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob:{tiles}",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
