"""Foster-Greer-Thorbecke measures, with those of Sen and of Watts: each household against its own line.

Money is whole sen, so that what is counted and summed is exact: a whole is the sum of its parts to the last digit, and
nothing is rounded before it is shown (docs: Foster, Greer, Thorbecke 1984, Econometrica 52:761-766).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import fsum
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from poverty.inequality import gini

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_HALF: Final = 20
"""Bits at which a gap is cut in two before it is squared, so that no sum of squares leaves 64 bits."""


@dataclass(frozen=True, slots=True)
class Below:
    """What those below their lines lack, in sums that add up: by line (sen) the weighted gaps and their squares.

    ``gap_sen`` and ``largest_sen`` are of households, each once, whatever the weights are.
    """

    total: int = 0
    poor: int = 0
    households: int = 0
    gap_sen: int = 0
    largest_sen: int = 0
    sums: Mapping[int, tuple[int, int]] | None = None

    def __add__(self, other: Below) -> Below:
        """Both groups together."""
        sums = dict(self.sums or {})
        for line, (gap, squared) in (other.sums or {}).items():
            known = sums.get(line, (0, 0))
            sums[line] = (known[0] + gap, known[1] + squared)
        return Below(
            self.total + other.total,
            self.poor + other.poor,
            self.households + other.households,
            self.gap_sen + other.gap_sen,
            max(self.largest_sen, other.largest_sen),
            sums,
        )

    def exact(self, alpha: int) -> Fraction | None:
        """The index as a fraction: 0 the share who are poor, 1 how deep, 2 how severe; none where there is nobody."""
        if self.total == 0:
            return None
        if alpha == 0:
            return Fraction(self.poor, self.total)
        return (
            sum((Fraction(found[alpha - 1], line**alpha) for line, found in (self.sums or {}).items()), Fraction(0))
            / self.total
        )

    def index(self, alpha: int) -> float | None:
        """The same as a number."""
        return None if self.total == 0 else self.summed(alpha) / self.total

    def summed(self, alpha: int) -> float:
        """The numerator of the index: what is summed before it is divided by all that were weighed."""
        if alpha == 0:
            return float(self.poor)
        return fsum(found[alpha - 1] / line**alpha for line, found in (self.sums or {}).items())


@dataclass(frozen=True, slots=True)
class Poverty:
    """A group by one line of each household, weighted by household or by person.

    ``watts`` is none where a poor household has no income; ``without_income`` says how many have none.
    """

    below: Below
    sen: float | None
    watts: float | None
    without_income: int

    @property
    def income_gap_ratio(self) -> float | None:
        """I: the mean shortfall of the poor as a share of the line; none without poor."""
        return self.below.summed(1) / self.below.poor if self.below.poor else None

    def as_dict(self) -> dict[str, Any]:
        """As it is written to a file."""
        return {
            "P0": self.below.index(0),
            "P1": self.below.index(1),
            "P2": self.below.index(2),
            "poor": self.below.poor,
            "total": self.below.total,
            "income_gap_ratio": self.income_gap_ratio,
            "sen": self.sen,
            "watts": self.watts,
        }


def measured(incomes: Numbers, lines: Numbers, weights: Numbers | None = None) -> Poverty:
    """Measure households by income and line, sen a month; ``weights`` are their members for figures by person.

    A household is poor when its income is strictly below its line. By person the index of Sen weighs persons.

    Raises:
        ValueError: the arrays differ in length, a line is not above zero, an income or a weight is negative.

    """
    weighed = np.ones(len(incomes), dtype=np.int64) if weights is None else weights
    _check(incomes, lines, weighed)
    poor = incomes < lines
    income, line, weight = incomes[poor], lines[poor], weighed[poor]
    gap = line - income
    below = Below(
        total=int(weighed.sum()),
        poor=int(weight.sum()),
        households=len(gap),
        gap_sen=int(gap.sum()),
        largest_sen=int(gap.max(initial=0)),
        sums=_sums(line, gap, weight),
    )
    without = int((income == 0).sum())
    if below.total == 0:
        return Poverty(below, None, None, without)
    watts = None if without else float(np.sum(weight * np.log(line / income))) / below.total
    return Poverty(below, _sen(below, income / line, weight), watts, without)


def _sen(below: Below, ratio: NDArray[np.float64], weight: Numbers) -> float:
    """P0·(I + (1 - I)·G), G the Gini coefficient of income over line among the poor: 0 where all are 0."""
    if not below.poor:
        return 0.0
    depth = below.summed(1) / below.poor
    spread = gini(ratio * weight, weight) or 0.0
    return below.poor / below.total * (depth + (1 - depth) * spread)


def _sums(line: Numbers, gap: Numbers, weight: Numbers) -> dict[int, tuple[int, int]]:
    """By line the weighted gaps and squares of gaps, exact."""
    if not len(line):
        return {}
    order = np.argsort(line, kind="stable")
    ranked, gap, weight = line[order], gap[order], weight[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
    high, low = gap >> _HALF, gap & ((1 << _HALF) - 1)
    parts = [
        [int(value) for value in np.add.reduceat(weight * part, starts)]
        for part in (gap, high * high, high * low, low * low)
    ]
    return {
        int(found): (gaps, (both << 2 * _HALF) + (mixed << _HALF + 1) + small)
        for found, gaps, both, mixed, small in zip(ranked[starts], *parts, strict=True)
    }


def _check(incomes: Numbers, lines: Numbers, weights: Numbers) -> None:
    if len({len(incomes), len(lines), len(weights)}) != 1:
        message = "incomes, lines and weights must be of one length"
        raise ValueError(message)
    if (lines <= 0).any():
        message = "a poverty line must be above zero"
        raise ValueError(message)
    if (incomes < 0).any() or (weights < 0).any():
        message = "incomes and weights cannot be negative"
        raise ValueError(message)
