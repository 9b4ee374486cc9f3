"""Gives a drawn sheet as a file: as a picture in lines, of which the browser makes the one in points, and as PDF."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from dash import html
from flask import Response

from dashboard.components.aria import aria
from layers.drawn import svg
from reports.map_sheet import sheet_pdf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from layers.drawn import Sheet
    from words import Words

_TYPES: Final = {"svg": "image/svg+xml", "pdf": "application/pdf"}


def drawn_file(drawn: Sheet, kind: str, words: Words, *, title: str, name: str) -> Response:
    """The sheet as ``svg``, else as PDF; ``name`` is what the file is called, of which plain letters are kept."""
    kind = kind if kind in _TYPES else "pdf"
    made: Any = svg(drawn) if kind == "svg" else sheet_pdf(drawn, title=title, language=words.language)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    called = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    answer = Response(made, mimetype=_TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{called}.{kind}"'
    return answer


def file_links(
    route: str,
    query: Mapping[str, str],
    words: Words,
    *,
    label: str = "board.files",
    kinds: Sequence[str] = ("pdf", "png", "svg"),
) -> Component:
    """What a board or a map can be taken away as; ``query`` says which, ``label`` what the links are for."""
    links = []
    for kind in kinds:
        asked = {**query, "as": "svg" if kind == "png" else kind}
        found = "&".join(f"{name}={value}" for name, value in asked.items())
        marks: dict[str, Any] = {"data-ek-picture": "png"} if kind == "png" else {}
        links.append(html.A(kind.upper(), href=f"{route}?{found}", download="", **marks))
    return html.Div(links, className="ek-board-files", role="group", **aria(label=words(label)))
