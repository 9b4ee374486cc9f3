"""The work of an office on its first page: six steps, from checking a recipient to cleansing the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import dcc, html

from layers import numbers
from queries.start import MOST_COUNTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from queries.row_types.start import OfficeStepRow
    from words import Words

FLOW: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    ("semak", (("semak", "/permohonan-bantuan"),)),
    ("putus", (("putus", "/permohonan-bantuan"),)),
    ("salur", (("salur", "/bayaran"),)),
    ("selaras", (("selaras", "/rujukan"),)),
    ("pantau", (("pantau", "/permohonan-bantuan?senarai=terbuka"), ("projek", "/projek"))),
    ("banci", (("banci", "/tugasan?senarai=due"), ("pemutihan", "/pusingan"))),
)
"""The steps in their order, each with its kinds of work and where that is done."""


def flow(rows: Sequence[OfficeStepRow], words: Words) -> list[Component]:
    """The steps of the office; nothing for who works in none."""
    if not rows:
        return []
    found = {row["step"]: row for row in rows}
    steps = [
        html.Li(
            [html.H3(words(f"start.office_{name}")), html.Ul(_lines(kinds, found, words))], className="ek-flow-step"
        )
        for name, kinds in FLOW
    ]
    board = dcc.Link(words("nav.office"), href="/pejabat", className="ek-button")
    return [html.Ol(steps, className="ek-flow"), html.P(board, className="ek-actions")]


def _lines(kinds: Sequence[tuple[str, str]], found: Mapping[str, OfficeStepRow], words: Words) -> list[Component]:
    lines: list[Component] = [html.Li(_line(found[kind], address, words)) for kind, address in kinds if kind in found]
    return lines or [html.Li(words("start.office_nothing"), className="ek-start-note")]


def _line(row: OfficeStepRow, address: str, words: Words) -> Component:
    waiting = _counted(row["waiting"])
    parts: list[Component] = [
        html.Span(waiting, className="ek-start-number"),
        html.Span(words(f"start.office_wait_{row['step']}")),
    ]
    if row["late"]:
        parts.append(html.Span(words("start.office_late", n=_counted(row["late"])), className="ek-tag ek-tag-late"))
    if row["waiting"] and row["oldest_on"] is not None:
        day = words("start.office_since", date=numbers.day(row["oldest_on"]))
        parts.append(html.Span(day, className="ek-start-note"))
    return dcc.Link(parts, href=address, className="ek-flow-link")


def _counted(number: int) -> str:
    """A number as far as it was counted."""
    return f"{MOST_COUNTED - 1}+" if number == MOST_COUNTED else numbers.count(number)
