"""How many households DOSM's rate of poverty leads one to expect, how sure that is, and how many are registered."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

N_EFF: Final = 287
"""What the survey tells of a district by, an assumption: 92,000 dwellings, 160 districts, a design effect of 2."""
MISSED: Final = "tercicir"
BEYOND: Final = "melebihi"
WITHIN: Final = "dalam_julat"
VERDICTS: Final = (MISSED, WITHIN, BEYOND)
_Z: Final = 1.959963984540054
_ROUNDED: Final = 0.0005
"""Half of the last digit to which the rate is published, as a share."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The households expected in an area, the range of it in 95 %, and what the registered are against it.

    ``registered`` and ``verdict`` are none where it is not known or not told how many are registered.
    """

    expected: float
    lower: float
    upper: float
    verdict: str | None
    registered: int | None = None

    @property
    def missing(self) -> float | None:
        """Expected less registered: below 0 where more are registered."""
        return None if self.registered is None else self.expected - self.registered


def compared(rate: float, households: int, registered: int | None, n_eff: float = N_EFF) -> Compared:
    """Compare the registered poor of an area with a share (0-1) of its households."""
    lower, upper = (end * households for end in rate_range(rate, n_eff=n_eff))
    return Compared(rate * households, lower, upper, _verdict(registered, lower, upper), registered)


def ranked(areas: Mapping[str, Compared]) -> list[str]:
    """The areas of which fewer are registered than the range allows, the most missing first, ties by code."""
    missed = [(-(found.missing or 0.0), code) for code, found in areas.items() if found.verdict == MISSED]
    return [code for _, code in sorted(missed)]


def rate_range(rate: float, *, n_eff: float = N_EFF) -> tuple[float, float]:
    """The share between which the rate lies in 95 % (Wilson), with what was rounded away from it."""
    return _wilson(rate - _ROUNDED, n_eff)[0], _wilson(rate + _ROUNDED, n_eff)[1]


def _verdict(registered: int | None, lower: float, upper: float) -> str | None:
    if registered is None:
        return None
    return MISSED if registered < lower else BEYOND if registered > upper else WITHIN


def _wilson(rate: float, n: float) -> tuple[float, float]:
    share = min(max(rate, 0.0), 1.0)
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)
