"""Lays counts out as circles (after Dorling 1996): as large as the count, in the middle of an area, apart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from layers.choropleth import TOO_FEW
from layers.palettes import RAMPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.choropleth import ChoroplethLayer

MARK = 7.0
"""The radius of the mark where a count is hidden: the same for all, whatever they hide."""
_LARGEST, _LARGEST_OF_MANY, _MANY = 34.0, 20.0, 40
_GAP = 1.5
_ROUNDS = 400
_CLOSE = 0.05


class Circle(NamedTuple):
    """A circle on a sheet or a screen, in its points."""

    x: float
    y: float
    radius: float


def largest_radius(areas: int) -> float:
    """Return the radius of the largest count: smaller where many areas have to find room."""
    return _LARGEST_OF_MANY if areas > _MANY else _LARGEST


def radii(layer: ChoroplethLayer) -> dict[str, float]:
    """Return the radius of each area that has a count to show; what is hidden, no place or zero has none.

    The area of a circle is in proportion to its count, the largest as :func:`largest_radius`.
    """
    shown = {
        code: value
        for code, value, grade in zip(layer.codes, layer.values, layer.classes, strict=True)
        if value and grade >= 0
    }
    most, size = max(shown.values(), default=0.0), largest_radius(len(layer.codes))
    return {code: size * math.sqrt(value / most) for code, value in shown.items()}


def marked(layer: ChoroplethLayer) -> list[str]:
    """Return the areas whose count is hidden: they have a hatched mark and no circle."""
    return [code for code, grade in zip(layer.codes, layer.classes, strict=True) if grade == TOO_FEW]


def fill(layer: ChoroplethLayer) -> str:
    """Return the colour of the circles: the strong one of the measure's ramp, the same for all."""
    return RAMPS[layer.measure.ramp][3]


def examples(layer: ChoroplethLayer) -> list[tuple[int, float]]:
    """Return round counts with the radius that they have on the map, the largest first, for its legend."""
    values = [value for value, grade in zip(layer.values, layer.classes, strict=True) if value and grade >= 0]
    most, size = max(values, default=0.0), largest_radius(len(layer.codes))
    counts = list(dict.fromkeys(_round(most / part) for part in (1, 4, 20)))
    return [(count, size * math.sqrt(count / most)) for count in counts if count]


def set_apart(circles: Sequence[Circle]) -> list[Circle]:
    """Return the circles moved as little as it takes for none to lie on another."""
    if len(circles) < 2:  # noqa: PLR2004 - one alone lies on none
        return list(circles)
    sizes = np.array([one.radius for one in circles])
    # of two at one place each goes its own way
    turn = 2.4 * np.arange(len(circles))
    places = np.array([[one.x, one.y] for one in circles]) + 0.01 * np.column_stack([np.cos(turn), np.sin(turn)])
    wanted = sizes[:, None] + sizes[None, :] + _GAP
    np.fill_diagonal(wanted, 0.0)
    for _ in range(_ROUNDS):
        way = places[:, None, :] - places[None, :, :]
        far = np.maximum(np.hypot(way[..., 0], way[..., 1]), 1e-6)
        close = np.maximum(wanted - far, 0.0)
        if close.max() < _CLOSE:
            break
        places = places + ((way / far[..., None]) * (0.45 * close)[..., None]).sum(axis=1)
    return [Circle(float(x), float(y), one.radius) for (x, y), one in zip(places, circles, strict=True)]


def _round(value: float) -> int:
    """The number of one digit that is not above a value."""
    if value < 1:
        return 0
    size = 10 ** math.floor(math.log10(value))
    return int(value // size * size)
