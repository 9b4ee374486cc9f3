"""Makes answers smaller on their way: what never changes once, and the rest as it goes."""

from __future__ import annotations

import gzip
import threading
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, Final

import brotli
from flask import request

if TYPE_CHECKING:
    from flask import Response

_COMPRESSED: Final = ("application/json", "application/javascript", "text/", "image/svg+xml", "application/geo+json")
_SMALLEST: Final = 1_000
_BIGGEST_KEPT: Final = 128
_BROTLI: Final = 9
"""Within a second for the largest bundle."""
_BEST_BROTLI, _BEST_UP_TO = 11, 288 * 1024
"""Saves another 6 % and takes eight times as long: some tenths of a second for files up to so many bytes."""


class Compressor:
    """Compresses answers; what never changes is compressed once and kept, with brotli where the browser takes it.

    All applications of a process share what is kept: they send the same files.
    """

    def __init__(self, fixed: tuple[str, ...]) -> None:
        """``fixed``: what the addresses begin with under which files never change."""
        self._fixed = fixed

    _kept: ClassVar[dict[str, bytes]] = {}
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __call__(self, answer: Response) -> Response:
        """The same answer, smaller where the browser takes it so and it is worth it."""
        if not self._worth(answer):
            return answer
        fixed = request.path.startswith(self._fixed)
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
