"""Draws how income is shared: the Lorenz curve under the line of equal shares, and what an index is made of, as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from layers import numbers
from layers.palettes import SIZES, TOKENS

if TYPE_CHECKING:
    from collections.abc import Sequence

SIDE, LEFT, BOTTOM, TOP = 300, 44, 34, 12
_TEXT: Final = 12
_ROW, _BAR, _NAMES, _WIDTH = 26, 16, 260, 560
_MOST_NAME: Final = 38


def lorenz_svg(shares: Sequence[float], *, population: str, income: str) -> str:
    """The curve through the shares of the poorest 10, 20 … 90 %; ``population`` and ``income`` name its axes."""
    width, height = LEFT + SIDE + 14, TOP + SIDE + BOTTOM

    def at(across: float, up: float) -> str:
        return f"{LEFT + across * SIDE:.1f},{TOP + (1 - up) * SIDE:.1f}"

    points = [(0.0, 0.0), *((tenth / 10, share) for tenth, share in enumerate(shares, start=1)), (1.0, 1.0)]
    curve = " ".join(at(*point) for point in points)
    grid = "".join(
        f'<line x1="{LEFT}" x2="{LEFT + SIDE}" y1="{TOP + SIDE * (1 - tick):.1f}" y2="{TOP + SIDE * (1 - tick):.1f}" '
        f'stroke="{TOKENS["line"]}"/>'
        f'<text x="{LEFT - 6}" y="{TOP + SIDE * (1 - tick) + 4:.1f}" text-anchor="end">{tick:.0%}</text>'
        f'<text x="{LEFT + SIDE * tick:.1f}" y="{TOP + SIDE + 16}" text-anchor="middle">{tick:.0%}</text>'
        for tick in (0, 0.5, 1)
    )
    return _picture(
        width,
        height,
        f'<g fill="{TOKENS["muted"]}">{grid}'
        f'<text x="{LEFT + SIDE / 2:.1f}" y="{height - 4}" text-anchor="middle">{escape(population)}</text>'
        f'<text x="{LEFT + 6}" y="{TOP + 10}">{escape(income)}</text></g>'
        f'<polyline points="{at(0, 0)} {at(1, 1)}" fill="none" stroke="{TOKENS["muted"]}" stroke-dasharray="4 4"/>'
        f'<polygon points="{curve}" fill="{TOKENS["accent"]}" fill-opacity="0.12"/>'
        f'<polyline points="{curve}" fill="none" stroke="{TOKENS["accent"]}" stroke-width="2.25"/>',
    )


def parts_svg(parts: Sequence[tuple[str, float]]) -> str:
    """Bars of shares, each with its name, in the order given, on one scale from zero."""
    most = max((share for _, share in parts), default=0) or 1
    room = _WIDTH - _NAMES - 60
    rows = []
    for place, (name, share) in enumerate(parts):
        top = place * _ROW + 5
        long = share / most * room
        rows.append(
            f'<text x="{_NAMES - 8}" y="{top + 12}" text-anchor="end" fill="{TOKENS["ink"]}">'
            f"{escape(_short(name))}</text>"
            f'<rect x="{_NAMES}" y="{top}" width="{long:.1f}" height="{_BAR}" fill="{TOKENS["accent"]}"/>'
            f'<text x="{_NAMES + long + 6:.1f}" y="{top + 12}" fill="{TOKENS["ink"]}">{numbers.share(share)}</text>'
        )
    return _picture(_WIDTH, len(parts) * _ROW + 8, "".join(rows))


def _short(name: str) -> str:
    return name if len(name) <= _MOST_NAME else f"{name[: _MOST_NAME - 1]}…"


def _picture(width: float, height: float, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{escape(SIZES["font"], {chr(34): "&quot;"})}" font-size="{_TEXT}">{inside}</svg>'
    )
