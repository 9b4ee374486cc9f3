"""How a page of the portal is made: a template, the reader's words, and the way to the other languages."""

from __future__ import annotations

import hashlib
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from flask import Response, make_response, render_template, request

from portal.language import LANGUAGES, UNCHECKED, current_words, keep

STATIC: Final = Path(__file__).parent / "static"
PREFIX: Final = "/awam"


def page(template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> Response:
    """A page in the reader's language. A form on it switches language by its own buttons, and keeps what was typed."""
    words = current_words()
    html = render_template(
        template,
        words=words,
        languages=LANGUAGES,
        unchecked=words.language in UNCHECKED,
        here=request.path,
        prefix=PREFIX,
        file=file_address,
        **values,
    )
    return keep(make_response(html, status))


@cache
def file_address(name: str) -> str:
    """The address of one of the portal's own files, with a part of its hash: it may be kept for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"{PREFIX}/fail/{name}?m={digest}"
