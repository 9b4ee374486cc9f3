"""How unequal incomes are among those who are counted: Gini coefficient, Lorenz curve and Theil index.

Among registered households they describe the register, never the country: it leaves out the better off.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import log
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Amounts = NDArray[Any]
    Numbers = NDArray[np.int64]

TENTHS: Final = 10
_LOW: Final = (1 << 32) - 1


def gini(amounts: Amounts, weights: Numbers | None = None) -> float | None:
    """Return the Gini coefficient, 0 (all alike) to below 1; none where there is no income to share.

    ``amounts`` are what each unit has altogether, ``weights`` how many it counts for: a household's income and its
    members tell the coefficient of income per head, each person once. It is one less twice the area under the Lorenz
    polygon, exact for whole amounts.

    Raises:
        ValueError: an amount is negative, a weight is not above zero, or the lengths differ.

    """
    amount, weight = _ranked(amounts, weights)
    total, count = amount.sum(), int(weight.sum())
    if not count or not total:
        return None
    reached = np.cumsum(amount)
    areas = weight * (2 * reached - amount)
    if not np.issubdtype(amount.dtype, np.integer):
        return max(0.0, float(1 - np.sum(areas, dtype=np.longdouble) / (np.longdouble(total) * count)))
    # summed in two halves, which cannot leave 64 bits
    area = (int((areas >> 32).sum()) << 32) + int((areas & _LOW).sum())
    return float(1 - Fraction(area, int(total) * count))


def lorenz(amounts: Numbers, weights: Numbers | None = None) -> tuple[float, ...]:
    """Return the share of income of the poorest 10, 20 … 90 %, straight between the corners; none without income."""
    amount, weight = _ranked(amounts, weights)
    total, count = int(amount.sum()), int(weight.sum())
    if not count or not total:
        return ()
    counted, reached = np.cumsum(weight), np.cumsum(amount)
    found = []
    for tenth in range(1, TENTHS):
        place = int(np.searchsorted(counted * TENTHS, tenth * count))
        own, own_weight = int(amount[place]), int(weight[place])
        # in tenths of a unit, so that all are whole numbers
        missing = tenth * count - TENTHS * (int(counted[place]) - own_weight)
        share = (int(reached[place]) - own) * TENTHS * own_weight + own * missing
        found.append(share / (total * TENTHS * own_weight))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Spread:
    """What Theil's index of a group needs, in sums that add up: income (sen), persons, Σ income·ln(income per head)."""

    income_sen: int = 0
    persons: int = 0
    log_sum: float = 0.0

    def __add__(self, other: Spread) -> Spread:
        """Both groups together."""
        return Spread(self.income_sen + other.income_sen, self.persons + other.persons, self.log_sum + other.log_sum)

    @property
    def mean_sen(self) -> float:
        """Income per head."""
        return self.income_sen / self.persons

    @property
    def theil(self) -> float | None:
        """The index, by person; none without income."""
        return max(0.0, self.log_sum / self.income_sen - log(self.mean_sen)) if self.income_sen else None


def spread(incomes: Numbers, members: Numbers) -> Spread:
    """Sum up households for Theil's index: income sen a month, who has none adds nothing."""
    has = incomes > 0
    income = incomes[has]
    return Spread(int(income.sum()), int(members.sum()), float(np.sum(income * np.log(income / members[has]))))


@dataclass(frozen=True, slots=True)
class Theil:
    """How unequal a whole is, and how much of it lies between its parts and within them."""

    theil: float
    between: float
    within: float
    parts: Mapping[str, tuple[float, float]]
    """Of each part with income its index and its share of all income."""


def theil_of(parts: Mapping[str, Spread]) -> Theil | None:
    """Take the inequality of a whole apart by its parts; none without income."""
    whole = sum(parts.values(), Spread())
    if whole.theil is None:
        return None
    found = {
        name: (part.theil, part.income_sen / whole.income_sen) for name, part in parts.items() if part.theil is not None
    }
    between = sum(share * log(parts[name].mean_sen / whole.mean_sen) for name, (_, share) in found.items())
    within = sum(share * theil for theil, share in found.values())
    return Theil(whole.theil, between, within, found)


def _ranked(amounts: Amounts | Sequence[float], weights: Numbers | None) -> tuple[Amounts, Numbers]:
    amount = np.asarray(amounts)
    weight = np.ones(len(amount), dtype=np.int64) if weights is None else np.asarray(weights, dtype=np.int64)
    if len(amount) != len(weight):
        message = "amounts and weights must be of one length"
        raise ValueError(message)
    if (amount < 0).any() or (weight <= 0).any():
        message = "amounts cannot be negative, weights must be above zero"
        raise ValueError(message)
    order = np.argsort(amount / weight, kind="stable")
    return amount[order], weight[order]
