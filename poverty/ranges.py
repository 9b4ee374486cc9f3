"""How far counts that are told as ranges can be worked out: the least and the most that each can be, given all others.

A linear programme (HiGHS) over everything that is told: each count within its range, wholes the sums of their parts,
some counts no more than others. Whoever reads the figures can solve the same one: what it answers is what they know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor, inf
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

Key = tuple["Hashable", ...]
Range = tuple[float, float]
Numbers = np.ndarray[Any, Any]

ANYTHING: Final[Range] = (0, inf)
_LOOKS: Final = 10
"""Solutions looked for at random, for all counts at once, before each that is left is tried by itself."""
_SLACK: Final = 1e-6


@dataclass(slots=True)
class Links:
    """What joins counts: wholes with the parts that they are the sum of, and pairs whose first is never the larger."""

    sums: list[tuple[Key, tuple[Key, ...]]] = field(default_factory=list)
    within: list[tuple[Key, Key]] = field(default_factory=list)

    def beside(self, key: Key) -> list[Key]:
        """The counts that share an equation with one."""
        found = [other for whole, parts in self.sums if key == whole or key in parts for other in (*parts, whole)]
        found += [other for pair in self.within if key in pair for other in pair]
        return list(dict.fromkeys(other for other in found if other != key))


def narrow(links: Links, ranges: Mapping[Key, Range], asked: Iterable[Key], *, wide: int) -> dict[Key, tuple[int, int]]:
    """Those of the counts asked for whose least and greatest value are less than ``wide`` apart, with both values.

    Raises:
        ValueError: nothing is within all of these ranges, so that they are not of one truth.

    """
    found = {}
    left = list(asked)
    programme = _Programme(links, ranges)
    while left:
        ends, left = programme.first_narrow(left, wide)
        if ends is None:
            break
        found[left[0]] = ends
        del left[0]
    return found


def first_narrow(
    links: Links, ranges: Mapping[Key, Range], asked: Iterable[Key], *, wide: int
) -> tuple[Key | None, list[Key]]:
    """The first count found to be narrow, and all of those asked for that are not known to be wide.

    Raises:
        ValueError: as for :func:`narrow`.

    """
    ends, left = _Programme(links, ranges).first_narrow(list(asked), wide)
    return (None, []) if ends is None else (left[0], left)


class _Programme:
    """Ranges and links as the rows of a linear programme."""

    def __init__(self, links: Links, ranges: Mapping[Key, Range]) -> None:
        self._number = {key: number for number, key in enumerate(ranges)}
        self._bounds = np.array(list(ranges.values()), dtype=float).reshape(-1, 2)
        self._equal = self._matrix([{whole: -1, **dict.fromkeys(parts, 1)} for whole, parts in links.sums])
        self._less = self._matrix([{low: 1, high: -1} for low, high in links.within])

    def first_narrow(self, asked: Sequence[Key], wide: int) -> tuple[tuple[int, int] | None, list[Key]]:
        """The ends of the first that is narrow, and those not known to be wide, that one first."""
        places = np.array([self._number[key] for key in asked], dtype=int)
        ends = _Ends(places, wide)
        # the same every time: what is published does not hang on chance
        random = np.random.default_rng(1)
        for look in range(_LOOKS):
            left = ends.left()
            if not left.any():
                return None, []
            signs = np.full(len(places), 1.0 - 2 * look) if look < 2 else random.choice((-1.0, 1.0), len(places))  # noqa: PLR2004 - first all low, then all high
            ends.see(self._solve(self._goal(places, np.where(left, signs * (1 + random.random(len(places))), 0))))
        for number, place in enumerate(places):
            for way in (1.0, -1.0):
                if not ends.apart(number):
                    # a solution for one tells of all others
                    ends.see(self._solve(self._goal(np.array([place]), np.array([way]))))
            if not ends.apart(number):
                left = ends.left()
                left[number] = False
                rest = [key for key, there in zip(asked, left, strict=True) if there]
                return ends.whole(number), [asked[number], *rest]
        return None, []

    def _goal(self, places: Numbers, ways: Numbers) -> Numbers:
        goal = np.zeros(len(self._bounds))
        goal[places] = ways
        return goal

    def _matrix(self, rows: Sequence[Mapping[Key, int]]) -> Any:
        entries = [(row, self._number[key], sign) for row, terms in enumerate(rows) for key, sign in terms.items()]
        if not entries:
            return None
        at, columns, signs = (np.array(side) for side in zip(*entries, strict=True))
        return coo_array((signs, (at, columns)), shape=(len(rows), len(self._number))).tocsr()

    def _solve(self, goal: Numbers) -> Numbers:
        # a count without a most would make a goal without an end; so many more than any register tell nothing further
        bounds = np.minimum(self._bounds, 1e7)
        answer = linprog(
            goal,
            A_eq=self._equal,
            b_eq=None if self._equal is None else np.zeros(self._equal.shape[0]),
            A_ub=self._less,
            b_ub=None if self._less is None else np.zeros(self._less.shape[0]),
            bounds=bounds,
            method="highs",
            # so small, it is solved sooner than looked at first
            options={"presolve": False},
        )
        if answer.status != 0:
            raise ValueError(answer.message)
        return np.asarray(answer.x)


class _Ends:
    """The least and the greatest value of each count that some solution had."""

    def __init__(self, places: Numbers, wide: int) -> None:
        self._places, self._wide = places, wide
        self._least, self._most = np.full(len(places), inf), np.full(len(places), -inf)

    def see(self, solution: Numbers) -> None:
        found = solution[self._places]
        self._least, self._most = np.minimum(self._least, found), np.maximum(self._most, found)

    def whole(self, number: int) -> tuple[int, int]:
        return ceil(self._least[number] - _SLACK), floor(self._most[number] + _SLACK)

    def apart(self, number: int) -> bool:
        if self._most[number] == -inf:
            return False
        low, high = self.whole(number)
        return high - low >= self._wide

    def left(self) -> Numbers:
        return np.array([not self.apart(number) for number in range(len(self._places))])
