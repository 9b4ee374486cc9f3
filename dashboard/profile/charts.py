"""A chart with what it can be taken away as: a picture in lines, one in points, and its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dash import html

from dashboard.components.aria import aria
from layers import numbers
from layers.trend import data_url, trend_svg
from reports.spreadsheet import csv_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dash.development.base_component import Component

    from reports.spreadsheet import Cell
    from words import Words


def chart_tools(
    svg: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], words: Words, *, name: str, title: str
) -> Component:
    """The ways to take a chart away; ``name`` is what its files are called."""
    drawn = data_url(svg)
    points: dict[str, Any] = {"data-ek-picture": "png"}
    table = f"data:text/csv;charset=utf-8,{quote(csv_file(head, rows))}"
    links = [
        html.A("PNG", href=drawn, download=f"{name}.svg", **points),
        html.A("SVG", href=drawn, download=f"{name}.svg"),
        html.A("CSV", href=table, download=f"{name}.csv"),
    ]
    label = words("profile.take", chart=title)
    return html.Div(links, className="ek-board-files ek-chart-files", role="group", **aria(label=label))


def trend_figure(
    course: Sequence[tuple[date, float | None]],
    words: Words,
    *,
    title: str,
    colour: str,
    name: str,
    highest: float = 0.0,
    breaks: Sequence[date] = (),
) -> Component:
    """The course of a count over months with its tools; a sentence where there is no line to draw."""
    svg = trend_svg(course, words, colour=colour, highest=highest, breaks=breaks)
    if not svg:
        return html.P(words("map.no_course"), className="ek-footnote")
    known = [(month, value) for month, value in course if value is not None]
    said = words(
        "board.course",
        name=title,
        first=numbers.count(known[0][1]),
        since=numbers.month(known[0][0], words),
        last=numbers.count(known[-1][1]),
        until=numbers.month(known[-1][0], words),
    )
    rows = [[f"{month:%Y-%m}", None if value is None else int(value)] for month, value in course]
    return html.Figure(
        [
            html.Figcaption(title),
            html.Img(src=data_url(svg), alt=said, className="ek-profile-chart"),
            chart_tools(svg, [words("board.month"), title], rows, words, name=name, title=title),
        ],
        className="ek-profile-figure",
    )
