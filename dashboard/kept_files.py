"""How a file that somebody sent is given back: to who asked alone, kept nowhere, and able to do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response

if TYPE_CHECKING:
    from pathlib import Path

_POLICY: Final = "default-src 'none'; sandbox"


def kept_file(path: Path, mimetype: str) -> Response:
    """The content of a kept file, as what it was found to be and nothing else."""
    answer = Response(path.read_bytes(), mimetype=mimetype)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
