"""Whom conditions reach, miss, and reach without need, and what giving to them costs; knows no database."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Targeting:
    """Households by whether they meet the conditions and are poor, and the persons of those that meet them."""

    met_tegar: int = 0
    met_miskin: int = 0
    met_others: int = 0
    unmet_tegar: int = 0
    unmet_miskin: int = 0
    persons: int = 0

    @property
    def reached(self) -> int:
        """The poor who meet the conditions."""
        return self.met_tegar + self.met_miskin

    @property
    def missed(self) -> int:
        """The poor who do not."""
        return self.unmet_tegar + self.unmet_miskin

    @property
    def leakage(self) -> int:
        """Those who meet the conditions and are not poor."""
        return self.met_others

    @property
    def met(self) -> int:
        """All who meet the conditions."""
        return self.reached + self.leakage

    @property
    def coverage(self) -> float | None:
        """The share of the poor who are reached; none where nobody is poor."""
        poor = self.reached + self.missed
        return self.reached / poor if poor else None

    @property
    def leaking(self) -> float | None:
        """The share of those who meet the conditions that are not poor; none where nobody meets them."""
        return self.leakage / self.met if self.met else None

    def cost(self, rm: Decimal, *, per_head: bool) -> Decimal:
        """What it costs to give so much to each household that meets the conditions, or to each person in it."""
        return rm * (self.persons if per_head else self.met)


def together(areas: Iterable[Targeting]) -> Targeting:
    """Areas as one."""
    sums = [sum(column) for column in zip(*(astuple(one) for one in areas), strict=True)]
    return Targeting(*sums)
