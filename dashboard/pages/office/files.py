"""Gives the board of an office as a file: a picture in lines or in points, and the sheet of A3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from dashboard import drawn_files
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.office.board import OfficeView, read_board
from dashboard.pages.office.sheet import office_sheet
from queries import accounts
from registry.errors import NotFound
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask, Response

    from dashboard.deps import Deps
    from dashboard.pages.office.board import OfficeBoard
    from words import Words

ROUTE: Final = "/muat-turun/pejabat"


def register_files(server: Flask, deps: Deps) -> None:
    """Add the route ``/muat-turun/pejabat?pejabat=…&tahun=…``, which takes the address of the board and ``as``."""

    @server.get(ROUTE)
    @requires(Permission.CHECK_AID)
    @limited(DOWNLOADS)
    def office_file() -> Response:
        words, asked = current_words(), request.args.to_dict()
        with deps.reading() as conn:
            board = read_board(conn, OfficeView.parse(asked))
            sample = accounts.register_state(conn).sample
        if board is None:
            raise NotFound
        deps.note_read("export", subject="board", facts={"level": "office", "within": board.office})
        title = board.title(words)
        drawn = office_sheet(board, words, sample=sample)
        name = f"ekasih-papan-pejabat-{board.office}-{board.year}"
        return drawn_files.drawn_file(drawn, asked.get("as", ""), words, title=title, name=name)


def file_links(board: OfficeBoard, words: Words) -> Component:
    """What the board can be taken away as."""
    return drawn_files.file_links(ROUTE, {"pejabat": board.office, "tahun": str(board.year)}, words)
