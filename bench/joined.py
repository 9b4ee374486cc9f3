"""Joins counts and amounts by what is told of them together, and finds the counts that then have one possible value.

Everything is a number of which the truth is known, with the least and the most that it can be, and sums of numbers with
the ends between which they lie. Linear programming (HiGHS) looks for other numbers that all of this allows. The truth
is used to judge only: it is one solution, from which others are looked for.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import block_array, csr_array
from scipy.sparse.csgraph import connected_components

from bench.attack import Taken
from bench.solving import Numbers, solution
from poverty.disclosure import LEAST_ROUNDED, THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

Key = tuple["Hashable", ...]
Terms = "Iterable[tuple[Key, float]]"

_LOOKS: Final = 12
"""Other solutions looked for at random, for all counts at once, before a count is tried by itself."""
_SLACK: Final = 1e-6
_ALLOWED: Final = 1e-6
"""By how much of itself a sum may lie outside of its ends: what is kept as floating point is not exact."""


@dataclass(slots=True)
class _Part:
    """Numbers that equations join, none of them to any other: where they are, and what joins them."""

    columns: Numbers
    matrix: csr_array
    ends: Numbers


@dataclass(slots=True)
class Joined:
    """Numbers by key, and sums of them.

    Whoever reads the figures knows the sums; of a number that is not put here they know that it is nought.
    """

    truth: dict[Key, float] = field(default_factory=dict)
    _ends: dict[Key, tuple[float, float]] = field(default_factory=dict)
    _counts: set[Key] = field(default_factory=set)
    _sums: list[tuple[dict[Key, float], float, float]] = field(default_factory=list)

    def count(self, key: Key, truth: int) -> None:
        """Put a count of households, which is looked for where it is small."""
        self.amount(key, truth)
        self._counts.add(key)

    def amount(self, key: Key, truth: float) -> None:
        """Put a number that is nobody's secret by itself, but joins others."""
        self.truth[key] = truth
        self._ends[key] = (0, inf)

    def is_between(self, key: Key, low: float, high: float) -> bool:
        """Tell the ends of a number, unless the truth is not within them; whether it was."""
        if not low <= self.truth.get(key, 0) <= high:
            return False
        if key in self._ends:
            least, most = self._ends[key]
            self._ends[key] = (max(least, low), min(most, high))
        return True

    def between(self, terms: Iterable[tuple[Key, float]], low: float, high: float) -> bool:
        """Tell the ends of a sum, unless the truth is not within them; whether it was."""
        left: dict[Key, float] = {}
        for key, times in terms:
            if key in self.truth:
                left[key] = left.get(key, 0) + times
        found = sum(times * self.truth[key] for key, times in left.items())
        near = _ALLOWED * (1 + sum(abs(times * self.truth[key]) for key, times in left.items()))
        if not low - near <= found <= high + near:
            return False
        if left:
            self._sums.append((left, min(low, found), max(high, found)))
        return True

    def same(self, terms: Iterable[tuple[Key, float]]) -> None:
        """Tell that a sum is nought.

        Raises:
            AssertionError: in truth it is not.

        """
        left = list(terms)
        if not self.between(left, 0, 0):
            raise AssertionError(f"not the same: {left}")

    def tell_all_but_small(self) -> None:
        """Tell every count as it is but those that are small: the attack must succeed."""
        for key in self._counts:
            if not 0 < self.truth[key] < THRESHOLD:
                self.is_between(key, self.truth[key], self.truth[key])

    def solve(self, *, seed: int = 1) -> Taken:
        """Try every count below ten that is not nought; those told by themselves are worked out too."""
        random = np.random.default_rng(seed)
        asked = {key for key in self._counts if 0 < self.truth[key] < LEAST_ROUNDED}
        told = {key for key in asked if self._is_told(key)}
        # what is of five or more may be shown, and is not hidden then
        hidden = {key for key in asked if key not in told or self.truth[key] < THRESHOLD}
        taken = Taken(hidden=len(hidden))
        self._subtract()
        found = {key for key in hidden if self._is_told(key)}
        open_ = [key for key in self._ends if not self._is_told(key)]
        wanted = np.array([key in hidden for key in open_], dtype=bool)
        for part in self._parts(open_) if open_ else ():
            if wanted[part.columns].any():
                found |= {open_[number] for number in self._pinned(part, open_, wanted, random)}
        for key in sorted(found, key=str):
            entry = (*key, int(self.truth[key]))
            taken.recovered.append(entry)
            if self.truth[key] < THRESHOLD:
                taken.small.append(entry)
        return taken

    def _is_told(self, key: Key) -> bool:
        low, high = self._ends[key]
        return low == high

    def _subtract(self) -> None:
        """Tell what follows from one sum after another: the only number left in it, or what is nought together."""
        exact = [terms for terms, low, high in self._sums if low == high]
        inside: dict[Key, list[int]] = defaultdict(list)
        for number, terms in enumerate(exact):
            for key in terms:
                inside[key].append(number)
        left = deque(range(len(exact)))
        while left:
            terms = exact[left.popleft()]
            open_ = {key: times for key, times in terms.items() if not self._is_told(key)}
            nought = not any(self.truth[key] for key in open_) and len({times > 0 for times in open_.values()}) == 1
            if len(open_) == 1 or nought:
                for key in open_:
                    self._ends[key] = (self.truth[key], self.truth[key])
                    left.extend(inside[key])

    def _parts(self, open_: list[Key]) -> Iterable[_Part]:
        """The numbers that have more than one value, with the sums that they are in, as far as these join them."""
        place = {key: number for number, key in enumerate(open_)}
        entries: list[tuple[int, int, float]] = []
        ends: list[tuple[float, float]] = []
        for terms, low, high in self._sums:
            own = [(place[key], times) for key, times in terms.items() if key in place]
            if own:
                entries += [(len(ends), column, times) for column, times in own]
                known = sum(times * self.truth[key] for key, times in terms.items())
                # by how much the sum may differ from the truth
                ends.append((low - known, high - known))
        if not entries:
            return
        rows, columns, times = (np.array(side) for side in zip(*entries, strict=True))
        matrix = csr_array((times.astype(float), (rows, columns)), shape=(len(ends), len(open_)))
        _, labels = connected_components(block_array([[None, abs(matrix)], [abs(matrix).T, None]]), directed=False)
        of_rows, of_columns = np.split(labels, [len(ends)])
        bounds = np.array(ends)
        order_rows, order_columns = (np.argsort(of, kind="stable") for of in (of_rows, of_columns))
        for label in np.unique(of_rows):
            own_rows = order_rows[slice(*np.searchsorted(of_rows[order_rows], (label, label + 1)))]
            own_columns = order_columns[slice(*np.searchsorted(of_columns[order_columns], (label, label + 1)))]
            yield _Part(own_columns, csr_array(matrix[own_rows][:, own_columns]), bounds[own_rows])

    def _pinned(self, part: _Part, open_: list[Key], wanted: Numbers, random: np.random.Generator) -> list[int]:
        """The places of the counts that no solution found makes at least one more or one less."""
        keys = [open_[number] for number in part.columns]
        truth = np.array([self.truth[key] for key in keys])
        low, high = (np.array([self._ends[key][end] for key in keys]) - truth for end in (0, 1))
        same = wanted[part.columns].copy()
        # counts stay near the truth, so that many of them move at once
        near = np.array([key in self._counts for key in keys])
        close = np.where(near, np.maximum(low, -1), low), np.where(near, np.minimum(high, 1), high)
        for _ in range(_LOOKS):
            goal = np.where(same, random.choice((-1.0, 1.0), len(same)) * (1 + random.random(len(same))), 0.0)
            same &= abs(solution(part.matrix, part.ends, goal, *close)) < 1 - _SLACK
            if not same.any():
                return []
        return [
            int(part.columns[number])
            for number in np.flatnonzero(same)
            # a solution for one tells of all others
            if same[number] and self._is_pinned(part, low, high, int(number), same)
        ]

    def _is_pinned(self, part: _Part, low: Numbers, high: Numbers, number: int, same: Numbers) -> bool:
        least, most = low.copy(), high.copy()
        # what can differ by more can differ by one as well, since the solutions have no gaps
        least[number], most[number] = max(-1, low[number]), min(1, high[number])
        for way in (1.0, -1.0):
            goal = np.zeros(len(low))
            goal[number] = way
            step = solution(part.matrix, part.ends, goal, least, most)
            moved = abs(step[number]) >= 1 - _SLACK
            same &= abs(step) < 1 - _SLACK
            if moved:
                return False
        return True
