"""Gives a board as a file: the picture in lines, of which the browser makes the one in points, and the sheet of A3."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from dash import html
from flask import Response, request

from dashboard.components.aria import aria
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.boards.reading import BoardFigures, read_board
from dashboard.pages.boards.sheet import board_sheet
from dashboard.pages.boards.texts import title_of
from dashboard.pages.boards.view import BoardView, board_of
from layers.drawn import svg
from registry.errors import NotFound
from registry.principals import Permission
from reports.map_sheet import sheet_pdf

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask

    from dashboard.deps import Deps
    from words import Words

ROUTE: Final = "/muat-turun/papan"
_TYPES: Final = {"svg": "image/svg+xml", "pdf": "application/pdf"}


def register_files(server: Flask, deps: Deps) -> None:
    """Add the route ``/muat-turun/papan?papan=…``, which takes the address of the board it gives and ``as``."""

    @server.get(ROUTE)
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def board_file() -> Response:
        words, principal = current_words(), deps.person()
        asked = request.args.to_dict()
        with deps.reading() as conn:
            board, view = board_of(asked.get("papan", ""), principal), BoardView.parse(asked)
            figures = read_board(conn, board, view, principal, home=deps.settings.home)
        if not isinstance(figures, BoardFigures):
            raise NotFound
        kind = asked.get("as", "pdf")
        kind = kind if kind in _TYPES else "pdf"
        title = title_of(figures, words)
        drawn = board_sheet(figures, deps.settings.home, words, title=title)
        made: Any = svg(drawn) if kind == "svg" else sheet_pdf(drawn, title=title, language=words.language)
        deps.note_read("export", subject="board", facts={"level": figures.board.level, "within": figures.area.code})
        answer = Response(made, mimetype=_TYPES[kind])
        answer.headers["Content-Disposition"] = f'attachment; filename="{_file_name(figures)}.{kind}"'
        return answer


def file_links(figures: BoardFigures, words: Words) -> Component:
    """What the board can be taken away as."""
    query = {**figures.view.query(), "papan": figures.board.name}
    links = []
    for kind in ("pdf", "png", "svg"):
        found = "&".join(f"{name}={value}" for name, value in {**query, "as": "svg" if kind == "png" else kind}.items())
        marks: dict[str, Any] = {"data-ek-picture": "png"} if kind == "png" else {}
        links.append(html.A(kind.upper(), href=f"{ROUTE}?{found}", download="", **marks))
    return html.Div(links, className="ek-board-files", role="group", **aria(label=words("board.files")))


def _file_name(figures: BoardFigures) -> str:
    plain = unicodedata.normalize("NFKD", figures.area.name).encode("ascii", "ignore").decode()
    parts = ("ekasih-papan", figures.board.name, plain, f"{figures.month:%Y-%m}")
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")
