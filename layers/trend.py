"""Draws how a count moved over months as one SVG picture: axis from zero, ends named, a break of series marked."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape

from layers import numbers
from layers.palettes import SIZES, TOKENS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from layers.numbers import Words

WIDTH, HEIGHT = 400, 168
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 22, 24
_TEXT = 12
_HALF_A_MONTH = 15
_STEPS = (1, 2, 2.5, 5, 10)
_GRID_LINES = 3


def trend_svg(
    course: Sequence[tuple[date, float | None]],
    words: Words,
    *,
    colour: str,
    breaks: Sequence[date] = (),
    highest: float = 0.0,
) -> str:
    """Return the picture of a course: the first day of each month, ascending, with its count.

    What is hidden or not known is ``None`` and a gap in the line. ``breaks`` are days on which what is counted changed:
    a dotted line stands before the first month that shows it. ``highest`` has to be on the axis too, so that two
    pictures can have the same. Empty where fewer than two months are known.
    """
    known = [(month, value) for month, value in course if value is not None]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return ""
    first, last = course[0][0], course[-1][0]
    top = axis_top(max(highest, *(value for _, value in known)))

    def across(day: date) -> float:
        return _LEFT + (day - first).days / ((last - first).days or 1) * (WIDTH - _LEFT - _RIGHT)

    def up(value: float) -> float:
        return HEIGHT - _BOTTOM - value / top * (HEIGHT - _TOP - _BOTTOM)

    parts = [_grid(top, up), *_months(first, last, across, words)]
    parts += [_break(across(day.replace(day=1) - timedelta(days=_HALF_A_MONTH))) for day in breaks if first < day]
    for stretch in _stretches(course):
        points = " ".join(f"{across(month):.1f},{up(value):.1f}" for month, value in stretch)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.25"/>')
    parts += [_end(across(month), up(value), value, colour) for month, value in (known[0], known[-1])]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="{escape(SIZES["font"], {chr(34): "&quot;"})}" font-size="{_TEXT}">{"".join(parts)}</svg>'
    )


def data_url(svg: str) -> str:
    """Return the address of an image that holds the picture itself."""
    return f"data:image/svg+xml,{quote(svg)}"


def axis_top(highest: float) -> float:
    """Return the end of an axis from zero that holds ``highest``: a multiple of its grid's round steps."""
    if highest <= 0:
        return float(_GRID_LINES)
    rough = highest / _GRID_LINES
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * step for step in _STEPS if size * step >= rough - 1e-9)
    return max(step, 1.0) * _GRID_LINES


def _stretches(course: Sequence[tuple[date, float | None]]) -> list[list[tuple[date, float]]]:
    found: list[list[tuple[date, float]]] = [[]]
    for month, value in course:
        if value is None:
            found.append([])
        else:
            found[-1].append((month, value))
    return [stretch for stretch in found if stretch]


def _grid(top: float, up: Callable[[float], float]) -> str:
    lines = []
    for line in range(_GRID_LINES + 1):
        value = top * line / _GRID_LINES
        height = up(value)
        stroke = TOKENS["line-strong"] if line == 0 else TOKENS["line"]
        lines.append(
            f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{height:.1f}" y2="{height:.1f}" stroke="{stroke}"/>'
            f'<text x="{_LEFT - 6}" y="{height + 4:.1f}" text-anchor="end" fill="{TOKENS["muted"]}">'
            f"{numbers.count(value)}</text>"
        )
    return "".join(lines)


def _months(first: date, last: date, across: Callable[[date], float], words: Words) -> list[str]:
    middle = first + (last - first) / 2
    named = [(first, "start"), (middle.replace(day=1), "middle"), (last, "end")]
    return [
        f'<text x="{across(day):.1f}" y="{HEIGHT - 6}" text-anchor="{anchor}" fill="{TOKENS["muted"]}">'
        f"{numbers.month(day, words)}</text>"
        for day, anchor in named
    ]


def _break(place: float) -> str:
    return (
        f'<line x1="{place:.1f}" x2="{place:.1f}" y1="{_TOP - 8}" y2="{HEIGHT - _BOTTOM}" stroke="{TOKENS["muted"]}" '
        f'stroke-dasharray="2 3"/><text x="{place:.1f}" y="{_TOP - 10}" text-anchor="middle" '
        f'fill="{TOKENS["muted"]}">⋮</text>'
    )


def _end(x: float, y: float, value: float, colour: str) -> str:
    anchor = "start" if x < WIDTH / 2 else "end"
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/><text x="{x:.1f}" y="{max(y - 8, 12):.1f}" '
        f'text-anchor="{anchor}" font-weight="600" fill="{TOKENS["ink"]}">{numbers.count(value)}</text>'
    )
