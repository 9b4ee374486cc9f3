"""The measures of households on a register: how poor and how unequal any group of them is, by household and person."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from poverty.fgt import Poverty, measured
from poverty.inequality import Spread, gini, lorenz, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

BASES: Final = ("household", "person")
COUNTRY: Final = "MY"


@dataclass(frozen=True, slots=True)
class Households:
    """Households one by one: where they are, income and lines in sen a month, members, and what each is deprived of.

    ``line`` and ``food_line`` are those of the rule in force, the wider ones those of ``household_or_per_capita``.
    """

    state: NDArray[np.str_]
    district: NDArray[np.str_]
    strata: NDArray[np.str_]
    tegar: NDArray[np.bool_]
    income: Numbers
    members: Numbers
    line: Numbers
    food_line: Numbers
    wider_line: Numbers
    wider_food_line: Numbers

    def __len__(self) -> int:
        return len(self.income)

    def those(self, chosen: NDArray[np.bool_] | slice | NDArray[np.intp]) -> Households:
        """Some of them."""
        return Households(*(getattr(self, field.name)[chosen] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures of a group on one basis, each household once or each person once."""

    poverty: Poverty
    food: Poverty
    gini: float | None
    lorenz: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """The measures of an area on both bases."""

    households: int
    persons: int
    tegar: int
    income_sen: int
    by: Mapping[str, Figures]
    spread: Spread


def figures_of(group: Households) -> AreaFigures:
    """Measure a group."""
    return AreaFigures(
        households=len(group),
        persons=int(group.members.sum()),
        tegar=int(group.tegar.sum()),
        income_sen=int(group.income.sum()),
        by={basis: _on(group, None if basis == "household" else group.members) for basis in BASES},
        spread=spread(group.income, group.members),
    )


def _on(group: Households, weights: Numbers | None) -> Figures:
    return Figures(
        measured(group.income, group.line, weights),
        measured(group.income, group.food_line, weights),
        gini(group.income, weights),
        lorenz(group.income, weights),
    )


def areas_of(group: Households) -> Iterator[tuple[str, NDArray[np.intp]]]:
    """The country, the states and the districts that have anybody, each with the places of its households."""
    if len(group):
        yield COUNTRY, np.arange(len(group))
    for column in (group.state, group.district):
        codes, own = np.unique(column, return_inverse=True)
        order = np.argsort(own, kind="stable")
        ends = np.cumsum(np.bincount(own, minlength=len(codes)))
        yield from zip(codes.tolist(), np.split(order, ends[:-1]) if len(codes) else (), strict=True)
