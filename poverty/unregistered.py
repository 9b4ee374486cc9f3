"""How many households DOSM's rate of poverty leads one to expect, and how sure that is."""

from __future__ import annotations

from math import sqrt
from typing import Final

N_EFF: Final = 287
"""What the survey tells of a district by, an assumption: 92,000 dwellings, 160 districts, a design effect of 2."""
_Z: Final = 1.959963984540054
_ROUNDED: Final = 0.0005
"""Half of the last digit to which the rate is published, as a share."""


def rate_range(rate: float, *, n_eff: float = N_EFF) -> tuple[float, float]:
    """The share between which the rate lies in 95 % (Wilson), with what was rounded away from it."""
    return _wilson(rate - _ROUNDED, n_eff)[0], _wilson(rate + _ROUNDED, n_eff)[1]


def _wilson(rate: float, n: float) -> tuple[float, float]:
    share = min(max(rate, 0.0), 1.0)
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)
