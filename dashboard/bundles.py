"""Our own scripts and styles, each sent as one file: half a hundred small ones are as many questions of a browser."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flask import Response

from dashboard.delivery import ASSETS
from dashboard.guards import requires
from registry.principals import Permission

if TYPE_CHECKING:
    from flask import Flask

IGNORED: Final = "vendor"
# where they stand tells what is named beside them: the styles speak of ../icon.svg
_PLACES: Final = {".js": "/assets/js/all.js", ".css": "/assets/css/all.css"}
_KINDS: Final = {".js": "text/javascript", ".css": "text/css"}
_TAG: Final = re.compile(r'<(?:script src|link rel="stylesheet" href)="/assets/([^"?]+)(?:\?[^"]*)?">(?:</script>)?\n?')


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a kind, in the order in which Dash names them, and what they say together."""

    names: tuple[str, ...]
    text: str

    @property
    def mark(self) -> str:
        """Changes with what is in it."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


@cache
def bundle(kind: str) -> Bundle:
    """All our files of a kind, ``.js`` or ``.css``; read once."""
    folders = sorted((Path(folder), files) for folder, _, files in os.walk(ASSETS))
    found = [folder / name for folder, files in folders for name in sorted(files) if name.endswith(kind)]
    ours = [path for path in found if IGNORED not in path.relative_to(ASSETS).parts]
    names = tuple(path.relative_to(ASSETS).as_posix() for path in ours)
    return Bundle(names, "\n".join(path.read_text(encoding="utf-8") for path in ours))


def bundled(tags: str, kind: str) -> str:
    """The tags of a page with one in place of all that the bundle holds, where the first of them stood."""
    together = bundle(kind)
    address = f"{_PLACES[kind]}?m={together.mark}"
    one = f'<script src="{address}"></script>' if kind == ".js" else f'<link rel="stylesheet" href="{address}">'
    first = [one]

    def replaced(found: re.Match[str]) -> str:
        if found[1] not in together.names:
            return found[0]
        return first.pop() + "\n" if first else ""

    return _TAG.sub(replaced, tags)


def register(server: Flask) -> None:
    """Add the addresses of the two files."""

    @server.get(_PLACES[".js"])
    @requires(Permission.PUBLIC)
    def all_scripts() -> Response:
        return Response(bundle(".js").text, mimetype=_KINDS[".js"])

    @server.get(_PLACES[".css"])
    @requires(Permission.PUBLIC)
    def all_styles() -> Response:
        return Response(bundle(".css").text, mimetype=_KINDS[".css"])
