"""The shapes of the lights on paper and in pictures: one for each, so that none is told by its colour alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from layers.drawn import Polygon
from layers.palettes import TOKENS

if TYPE_CHECKING:
    from layers.drawn import Place

INK: Final = {
    "tercapai": TOKENS["achieved"],
    "hijau": TOKENS["on-track"],
    "kuning": TOKENS["at-risk"],
    "merah": TOKENS["off-track"],
    "tidak_tercapai": TOKENS["off-track"],
    "tiada_nilai": TOKENS["muted"],
}
_SHAPES: Final[dict[str, tuple[Place, ...]]] = {
    "tercapai": ((0, 0.55), (0.15, 0.4), (0.38, 0.62), (0.85, 0.12), (1, 0.27), (0.38, 0.92)),
    "hijau": tuple(
        (0.5 + math.cos(step * math.pi / 8) / 2, 0.5 + math.sin(step * math.pi / 8) / 2) for step in range(16)
    ),
    "kuning": ((0.5, 0), (1, 1), (0, 1)),
    "merah": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    "tidak_tercapai": (
        (0.2, 0), (0.5, 0.3), (0.8, 0), (1, 0.2), (0.7, 0.5), (1, 0.8), (0.8, 1), (0.5, 0.7), (0.2, 1), (0, 0.8),
        (0.3, 0.5), (0, 0.2),
    ),
    "tiada_nilai": ((0, 0.4), (1, 0.4), (1, 0.7), (0, 0.7)),
}  # fmt: skip


def light_shape(light: str, corner: Place, size: float) -> Polygon:
    """Return the shape of a light in the square of a size whose upper left corner is given."""
    left, top = corner
    ring = tuple((left + x * size, top + y * size) for x, y in _SHAPES[light])
    return Polygon((ring,), INK[light], INK[light], weight=0.2)
