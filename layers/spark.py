"""Draws the course of a figure in the room of a line of text: from zero, its last month marked, gaps where hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.palettes import TOKENS

if TYPE_CHECKING:
    from collections.abc import Sequence

    Place = tuple[float, float]

_EDGE: Final = 3.0


def stretches(values: Sequence[float | None], *, width: float, height: float, most: float) -> list[list[Place]]:
    """Return the points of a course from zero to ``most``, a list for each stretch without a gap; y runs downwards."""
    step = (width - 2 * _EDGE) / max(1, len(values) - 1)
    found: list[list[Place]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            share = value / most if most else 0.0
            found[-1].append((_EDGE + place * step, height - _EDGE - share * (height - 2 * _EDGE)))
    return [stretch for stretch in found if stretch]


def spark_svg(
    values: Sequence[float | None], *, width: int, height: int, colour: str, target: float | None = None
) -> str:
    """Return the course as a picture; empty where fewer than two values are known. ``target`` is a dashed line."""
    known = [value for value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return ""
    most = max(*known, target or 0.0)
    drawn = stretches(values, width=width, height=height, most=most)
    lines = "".join(
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in stretch)}" fill="none" stroke="{colour}" '
        'stroke-width="1.75" vector-effect="non-scaling-stroke"/>'
        for stretch in drawn
    )
    if target is not None and most:
        y = height - _EDGE - target / most * (height - 2 * _EDGE)
        lines = (
            f'<line x1="0" x2="{width}" y1="{y:.1f}" y2="{y:.1f}" stroke="{TOKENS["muted"]}" stroke-dasharray="3 3" '
            f'vector-effect="non-scaling-stroke"/>{lines}'
        )
    x, y = drawn[-1][-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'preserveAspectRatio="none">'
        f'<line x1="0" x2="{width}" y1="{height - 1}" y2="{height - 1}" stroke="{TOKENS["line"]}"/>{lines}'
        f'<path d="M{x:.1f} {y:.1f}h0" stroke="{colour}" stroke-width="5" stroke-linecap="round" '
        'vector-effect="non-scaling-stroke"/></svg>'
    )
