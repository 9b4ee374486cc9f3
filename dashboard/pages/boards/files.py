"""Gives a board as a file: the picture in lines, of which the browser makes the one in points, and the sheet of A3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from dashboard import drawn_files
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.boards.reading import BoardFigures, read_board
from dashboard.pages.boards.sheet import board_sheet
from dashboard.pages.boards.texts import title_of
from dashboard.pages.boards.view import BoardView, board_of
from registry.errors import NotFound
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask, Response

    from dashboard.deps import Deps
    from words import Words

ROUTE: Final = "/muat-turun/papan"


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
        title = title_of(figures, words)
        drawn = board_sheet(figures, deps.settings.home, words, title=title)
        deps.note_read("export", subject="board", facts={"level": figures.board.level, "within": figures.area.code})
        name = f"ekasih-papan-{figures.board.name}-{figures.area.name}-{figures.month:%Y-%m}"
        return drawn_files.drawn_file(drawn, asked.get("as", ""), words, title=title, name=name)


def file_links(figures: BoardFigures, words: Words) -> Component:
    """What the board can be taken away as."""
    return drawn_files.file_links(ROUTE, {**figures.view.query(), "papan": figures.board.name}, words)
