"""Gives what would be as a file: its map as a sheet or a picture, and its areas as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, request

from dashboard.drilled_files import map_file
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.what_if import parts
from dashboard.pages.what_if.reading import read
from dashboard.pages.what_if.texts import sentence
from dashboard.pages.what_if.view import MAP_ROUTE, WhatIfView
from layers.footnote import footnote
from poverty.simulation import Scenario
from queries import simulations
from registry.db import FILE
from registry.errors import NotFound
from registry.principals import Permission
from reports.spreadsheet import csv_file

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.deps import Deps
    from dashboard.pages.what_if.reading import Read
    from reports.spreadsheet import Cell
    from words import Words


def register_files(server: Flask, deps: Deps) -> None:
    """Add the route, which takes the address of the page and ``as``, a kind of file."""

    @server.get(MAP_ROUTE)
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def what_if_file() -> Response:
        words, asked = current_words(), request.args.to_dict()
        state = WhatIfView.parse(asked)
        with deps.reading(patience=FILE) as conn:
            found = read(conn, state, deps.person(), words)
            states = {row["state_code"]: row["state_name"] for row in simulations.lines(conn, Scenario())}
        if not found.outcomes:
            raise NotFound
        deps.note_read("export", subject="simulation", facts={"level": found.level, "within": found.within})
        said, name = sentence(state.scenario, states, words), f"ekasih-bagaimana-jika-{found.area.code.lower()}"
        if asked.get("as") == "csv":
            answer = Response(_table(found, said, words), mimetype="text/csv")
            answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
            return answer
        title = f"{words('nav.what_if')}: {parts.title(found, words)}"
        also = f"{said} {parts.counted(found, words)}"
        return map_file(found, asked.get("as", ""), deps.settings.home, words, title=title, name=name, also=also)


def _table(found: Read, said: str, words: Words) -> str:
    """The areas with what would be; what is supposed and what the figures rest on stand in the last two columns."""
    head = [words("profile.code"), words("sim.area"), *(words(f"sim.column_{name}") for name in parts.COLUMNS)]
    rest = f"{parts.counted(found, words)} {' · '.join(footnote(found.layer.source, words))}"
    rows: list[list[Cell]] = []
    for code, name in found.names.items():
        one = found.outcomes.get(code)
        cells: list[Cell] = [None] * len(parts.COLUMNS)
        if one:
            poor = (one.poor(after=False), one.poor(after=True))
            cells = [*poor, one.entering, one.leaving, one.gap_after_rm - one.gap_before_rm, one.paid_rm]
        rows.append([code, name, *cells, said, rest])
    return csv_file([*head, words("sim.supposed"), words("sim.rests_on")], rows)
