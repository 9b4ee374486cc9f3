"""How answers travel: compressed, cached only where they never change, fenced in by security headers."""

from __future__ import annotations

import gzip
import threading
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urlsplit

import brotli
from flask import request

if TYPE_CHECKING:
    from dash import Dash
    from flask import Flask, Response

    from registry.installation.settings import Settings

ASSETS: Final = Path(__file__).parent / "assets"
_COMPRESSED: Final = ("application/json", "application/javascript", "text/", "image/svg+xml", "application/geo+json")
_SMALLEST: Final = 1_000
_BIGGEST_KEPT: Final = 128
_BROTLI: Final = 9
"""Within a second for the largest bundle."""
_BEST_BROTLI, _BEST_UP_TO = 11, 288 * 1024
"""Saves another 6 % and takes eight times as long: some tenths of a second for files up to so many bytes."""
_FOREVER: Final = "public, max-age=31536000, immutable"
FOR_GOOD: Final = "private, max-age=31536000, immutable"
"""How long a browser may keep what its address names by its content, and only who signed in may have."""
_SUITES: Final = "/_dash-component-suites/"
_FILES: Final = ("/assets/", _SUITES)


def asset(name: str) -> str:
    """The address of one of our files, with the time it was changed, so that it can be cached for good."""
    return f"/assets/{name}?m={(ASSETS / name).stat().st_mtime}"


class Compressor:
    """Compresses answers; what never changes is compressed once and kept, with brotli where the browser takes it.

    All applications of a process share what is kept: they send the same files.
    """

    _kept: ClassVar[dict[str, bytes]] = {}
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __call__(self, answer: Response) -> Response:
        """The same answer, smaller where the browser takes it so and it is worth it."""
        if not self._worth(answer):
            return answer
        fixed = request.path.startswith(_FILES)
        # a tenth smaller than gzip, and ten times as long in the making: worth it for what is made once
        coding = "br" if fixed and request.accept_encodings["br"] else "gzip"
        key = f"{coding} {request.full_path}"
        packed = self._kept.get(key) if fixed else None
        if packed is None:
            answer.direct_passthrough = False
            packed = _packed(answer.get_data(), coding, level=6 if fixed else 4)
            if fixed:
                self._keep(key, packed)
        else:
            answer.close()  # the file was opened, though what was kept of it is sent
        answer.direct_passthrough = False
        answer.set_data(packed)
        answer.headers["Content-Encoding"] = coding
        answer.vary.add("Accept-Encoding")
        return answer

    def _worth(self, answer: Response) -> bool:
        if answer.status_code != HTTPStatus.OK or "Content-Encoding" in answer.headers:
            return False
        if request.method == "HEAD" or not request.accept_encodings["gzip"]:  # whoever takes brotli takes it too
            return False
        kind = answer.mimetype or ""
        return kind.startswith(_COMPRESSED) and (answer.content_length or _SMALLEST) >= _SMALLEST

    def _keep(self, key: str, packed: bytes) -> None:
        with self._lock:
            if len(self._kept) >= _BIGGEST_KEPT:
                self._kept.clear()
            self._kept[key] = packed


def _packed(data: bytes, coding: str, *, level: int) -> bytes:
    if coding == "br":
        made: bytes = brotli.compress(data, quality=_BEST_BROTLI if len(data) <= _BEST_UP_TO else _BROTLI)
        return made
    return gzip.compress(data, compresslevel=level, mtime=0)


def install(app: Dash, settings: Settings) -> None:
    """Compress, cache and fence in every answer of the app."""
    policy = _policy(settings)
    compress = Compressor()

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
