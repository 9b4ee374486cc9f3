"""Attacks the published figures as a planner would: everything that can be read, as one system of equations.

Every figure that those who see no persons can read is an equation between the counts that are hidden from them: areas
add up to the area above, slices to their area, a target tells its baseline. What can be subtracted is subtracted. For
the rest, linear programming looks for other solutions: a count that is the same in all of them has been worked out.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from scipy.sparse import block_array, csr_array
from scipy.sparse.csgraph import connected_components
from sqlalchemy import text

from bench.solving import Numbers, solution
from poverty.disclosure import THRESHOLD
from registry.publishing.figures import AGES, ALL, ETHNICITIES, STRATA, TREES, Exact, Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

Key = tuple[str, str]
Pairs = dict[Key, tuple[int | None, int | None]]
Equation = tuple[list[tuple[Key, int]], int]

_CUTS: Final = (STRATA, ETHNICITIES, AGES)
_LOOKS: Final = 12
"""Other solutions looked for at random before a count is tried by itself."""

OUTPUTS: Final = {
    "published_count": "equations",
    "published_fault": "equations",
    "area_access": "medians of thirty households or more to 100 m, of areas whose counts are shown; and public points",
    "area_look": "days and numbers of areas",
    "area_neighbour": "which areas touch",
    "area_pocket": "worked out from published counts alone, and joined with all others in attack_analysis",
    "published_cross": "exact by one cut, rounded by two: ranges, joined with counts in attack_crosses",
    "published_cross_state": "a day",
    "aid_effect": "means over hundreds of households; counts rounded to 5 and none below 10",
    "published_aid": "ranges, see attack_aid; money to RM1,000",
    "project_type": "kinds of projects: no figure of a household",
    "project_type_milestone": "shares of work: no figure of a household",
    "project_rate": "ceilings: no figure of a household",
    "project_transition": "steps: no figure of a household",
    "referral_transition": "steps: no figure of a household",
    "published_project": "rounded to 5 and none below 10: no equation holds",
    "release": "numbers, days and reasons of releases",
    "release_area": "names and boundaries",
    "release_count": "ranges, see attack_releases",
    "release_aid": "ranges, see attack_releases; money where the count might be known by it",
    "report": "which reports there are",
    "report_month": "days and numbers of publications",
    "report_count": "equations, each month as first told; joined with what is told since in attack_analysis",
    "report_figure": "faults as equations; aid, projects and shares rounded, as in what was published",
    "report_edition": "made of the three before, held by tests/leaks/test_reports.py",
    "report_table": "names of measures and areas",
    "published_share": "rounded by the number of households (specification 9), of areas whose counts are shown",
    "target": "equations",
    "published_value": "ranges, see attack_values",
    "alert": "holds no figure; must follow from what is published, see attack_kpi",
    "alert_mark": "who saw and took an alert that is read",
    "alert_receiver": "the own address",
    "alert_rule": "definitions",
    "published_poverty": "ratios and sums rounded by n, of 10 poor or more, joined with all others in attack_analysis",
    "published_mpi": "the same",
    "simulation_group": "groups of 30 households or more, rounded; joined with all others in attack_analysis",
    "mpi_structure": "definitions",
    "publication": "days and numbers of publications",
    "indicator": "definitions",
}
"""What of the register's figures a planner can read, and what the attack makes of it."""


@dataclass(slots=True)
class Taken:
    """What an attack worked out: all hidden counts with one possible value, and those from 1 to 4 among them."""

    hidden: int = 0
    recovered: list[tuple[Any, ...]] = field(default_factory=list)
    small: list[tuple[Any, ...]] = field(default_factory=list)

    def __iadd__(self, other: Taken) -> Self:
        self.hidden += other.hidden
        self.recovered += other.recovered
        self.small += other.small
        return self


@dataclass(frozen=True, slots=True)
class Seen:
    """What a planner reads: counts by month, (area, cut), hidden ones ``None``; faults; baselines of targets.

    ``baselines`` (of ``tegar``, and of ``miskin`` for both together) hold whatever tells a count by itself, ``bounds``
    what tells the least and the most that one can be, with the same keys.
    """

    months: Mapping[date, Pairs]
    faults: Mapping[Key, int | None]
    baselines: Mapping[tuple[date, Key], int]
    bounds: Mapping[tuple[date, Key], tuple[int, int]] = field(default_factory=dict)


def seen_by(connection: Connection) -> Seen:
    """Everything with figures that the acting user can read."""
    months: dict[date, Pairs] = defaultdict(dict)
    for row in connection.execute(text("SELECT area_code, month, cut, tegar, miskin FROM ekasih.published_count")):
        months[row.month][row.area_code, row.cut] = (row.tegar, row.miskin)
    faults = connection.execute(text("SELECT area_code, kind, households FROM ekasih.published_fault"))
    targets = connection.execute(
        text("""
            SELECT t.area_code, t.indicator_code, date_trunc('month', t.baseline_on)::date AS month, t.baseline
            FROM ekasih.target AS t WHERE t.indicator_code IN ('tegar', 'miskin')
        """)
    )
    return Seen(
        months,
        {(row.area_code, row.kind): row.households for row in faults},
        {(row.month, (row.area_code, row.indicator_code)): int(row.baseline) for row in targets},
    )


def unprotected(exact: Exact) -> Seen:
    """What a planner would read if small counts alone were hidden, and nothing with them: the attack must succeed."""
    moments = {**exact.months, exact.this_month: exact.now}
    months: dict[date, Pairs] = {
        month: {
            key: (None, None) if any(0 < count < exact.threshold for count in pair) else pair
            for key, pair in counts.items()
        }
        for month, counts in moments.items()
    }
    return Seen(months, {}, {})


def attack(exact: Exact, seen: Seen, *, faults: Mapping[Key, int] | None = None, seed: int = 1) -> Taken:
    """Try every hidden count of every month and status, of all trees and cuts at once; ``exact`` tells the truth."""
    taken = Taken()
    random = np.random.default_rng(seed)
    moments = {**exact.months, exact.this_month: exact.now}
    for month, truth in sorted(moments.items()):
        running = month == exact.this_month
        for place, status in enumerate(("tegar", "miskin")):
            less = {area: 0 if status == "tegar" else pair[0] for (area, cut), pair in truth.items() if cut == ALL}
            told = {
                area: value - less.get(area, 0)
                for (on, (area, indicator)), value in seen.baselines.items()
                if on == month and indicator == status
            }
            bounds = {
                (area, ALL): (low - less.get(area, 0), high - less.get(area, 0))
                for (on, (area, indicator)), (low, high) in seen.bounds.items()
                if on == month and indicator == status
            }
            system = _System(
                exact.places,
                trees=TREES if running else TREES[:1],
                cuts=_CUTS if running else _CUTS[:1],
                shown=seen.months.get(month, {}),
                truth=truth,
                place=place,
                told=told,
                bounds=bounds,
            )
            taken += system.solve(random, label=(month, status))
    for kind in sorted({kind for _, kind in seen.faults}):
        shown: Pairs = {(area, ALL): (count, 0) for (area, what), count in seen.faults.items() if what == kind}
        real = {(area, ALL): (count, 0) for (area, what), count in (faults or {}).items() if what == kind}
        states = {place.code for place in exact.places if place.level == "state"}
        real["MY", ALL] = (sum(count for (area, _), (count, _) in real.items() if area in states), 0)
        system = _System(
            exact.places, trees=(TREES[0][:3],), cuts=(), shown=shown, truth=real, place=0, told={}, bounds={}
        )
        taken += system.solve(random, label=(kind,))
    return taken


class _System:
    """The equations between the hidden counts of one status in one month, of all trees and cuts together."""

    def __init__(
        self,
        places: Sequence[Place],
        *,
        trees: Sequence[Sequence[str]],
        cuts: Sequence[Sequence[str]],
        shown: Pairs,
        truth: Mapping[Key, tuple[int, int]],
        place: int,
        told: Mapping[str, int],
        bounds: Mapping[Key, tuple[int, int]],
    ) -> None:
        self._bounds = bounds
        self._shown = {key: pair[place] for key, pair in shown.items()}
        self._truth = {key: pair[place] for key, pair in truth.items()}
        self._equations: list[Equation] = []
        self._hidden: dict[Key, int] = {}  # and what they are
        whole = ALL if ALL in {cut for _, cut in shown} or not cuts else None
        for tree in trees:
            inside: dict[str, list[str]] = defaultdict(list)
            areas = [found for found in places if found.level in tree]
            for found in areas:
                inside[found.parent].append(found.code)
            for found in areas:
                for cut in (*([whole] if whole else []), *chain(*cuts)):
                    if found.code in inside and self._adds_up(found.code, inside[found.code], cut):
                        parts = [(self._key(code, cut), 1) for code in inside[found.code]]
                        self._equate([*parts, (self._key(found.code, cut), -1)], 0)
                for group in cuts:
                    # ages count persons, whose total nobody is shown
                    if whole and not group[0].startswith("age:"):
                        slices = [(self._key(found.code, cut), 1) for cut in group]
                        self._equate([*slices, (self._key(found.code, ALL), -1)], 0)
                if found.code in told:
                    self._equate([(self._key(found.code, ALL), 1)], told[found.code])

    def _adds_up(self, area: str, parts: Sequence[str], cut: str) -> bool:
        """Whether the areas inside hold everybody; of seats whose boundaries are missing nobody knows how many."""
        return self._truth.get((area, cut), 0) == sum(self._truth.get((code, cut), 0) for code in parts)

    def _key(self, area: str, cut: str) -> Key:
        key = (area, cut)
        if self._shown.get(key, 0) is None:
            self._hidden.setdefault(key, self._truth.get(key, 0))
        return key

    def _equate(self, terms: list[tuple[Key, int]], value: int) -> None:
        left = [(key, sign) for key, sign in terms if key in self._hidden]
        known = sum(sign * (self._shown.get(key) or 0) for key, sign in terms if key not in self._hidden)
        if left:
            self._equations.append((left, value - known))

    def solve(self, random: np.random.Generator, *, label: tuple[Any, ...]) -> Taken:
        """Which hidden counts have one possible value."""
        truth = self._hidden
        for left, value in self._equations:
            if sum(sign * truth[key] for key, sign in left) != value:
                raise AssertionError(f"an equation is wrong: {label} {left} is not {value}")
        solved, equations = _eliminated(self._equations)
        if equations:
            cells, matrix = _matrix(equations)
            known = np.array([truth[key] for key in cells])
            low, high = (
                np.array([self._bounds.get(key, (0, np.inf))[end] - truth[key] for key in cells]) for end in (0, 1)
            )
            pinned = _pinned(matrix, np.maximum(low, -known), high, random)
            solved |= {cells[number]: truth[cells[number]] for number in pinned}
        # a count that can be no more than it can be less is told, and so is a small one that is simply shown
        solved |= {key: low for key, (low, high) in self._bounds.items() if low == high and key in truth}
        solved |= {key: value for key, value in self._shown.items() if value is not None and 0 < value < THRESHOLD}
        taken = Taken(hidden=len(truth))
        for key, value in solved.items():
            entry = (*label, *key, value)
            if value != self._truth.get(key, 0):
                raise AssertionError(f"the equations are wrong: {entry} is {self._truth.get(key, 0)}")
            taken.recovered.append(entry)
            if 0 < value < THRESHOLD:
                taken.small.append(entry)
        return taken


def _eliminated(equations: Sequence[Equation]) -> tuple[dict[Key, int], list[Equation]]:
    """The counts that follow from one equation after another, and what the equations say of those left.

    An equation tells its only count; and if none can be less than nothing, those that together are nothing are zero.
    """
    terms = [dict(left) for left, _ in equations]
    values = [value for _, value in equations]
    inside: dict[Key, list[int]] = defaultdict(list)
    for number, left in enumerate(terms):
        for key in left:
            inside[key].append(number)
    solved: dict[Key, int] = {}
    queue = deque(range(len(terms)))
    while queue:
        number = queue.popleft()
        left, value = terms[number], values[number]
        if len(left) == 1 or (value == 0 and len(set(left.values())) == 1):
            # signs are 1 or -1, so to multiply is to divide
            for key, sign in list(left.items()):
                solved[key] = sign * value
                for other in inside[key]:
                    values[other] -= terms[other].pop(key) * solved[key]
                    queue.append(other)
    return solved, [(list(left.items()), value) for left, value in zip(terms, values, strict=True) if left]


def _matrix(equations: Sequence[Equation]) -> tuple[list[Key], csr_array]:
    """The counts in the equations, and the equations as rows over them."""
    index: dict[Key, int] = {}
    entries = [
        (row, index.setdefault(key, len(index)), sign) for row, (left, _) in enumerate(equations) for key, sign in left
    ]
    rows, columns, signs = (np.array(side) for side in zip(*entries, strict=True))
    return list(index), csr_array((signs, (rows, columns)), shape=(len(equations), len(index)))


def _pinned(matrix: csr_array, least: Numbers, most: Numbers, random: np.random.Generator) -> list[int]:
    """The places of the counts with one possible whole value, which is the true one.

    ``least`` and ``most`` are by how much each may differ from the truth, which is used to judge only: it solves the
    equations, so what another solution changes is not worked out. Such solutions are looked for at random, close to the
    truth and for all counts at once; each is rounded and put into the equations, so that none is cleared wrongly. A
    count that they leave is tried by itself, among those that equations join it to.
    """
    same = np.ones(len(least), dtype=bool)
    low, high = np.maximum(least, -1), np.minimum(most, 1)
    for _ in range(_LOOKS):
        goal = np.where(same, random.choice((-1.0, 1.0), len(least)) * (1 + random.random(len(least))), 0.0)
        step = np.rint(solution(matrix, np.zeros((matrix.shape[0], 2)), goal, low, high)).astype(int)
        if (step >= low).all() and (step <= high).all() and not (matrix @ step).any():
            same &= step == 0
        if not same.any():
            return []
    _, parts = connected_components(block_array([[None, matrix], [matrix.T, None]]), directed=False)
    rows, columns = np.split(parts, [matrix.shape[0]])
    found = []
    for number in np.flatnonzero(same):
        beside = np.flatnonzero(columns == columns[number])
        part = matrix[np.flatnonzero(rows == columns[number])][:, beside]
        if _is_pinned(part, least[beside], most[beside], int(np.searchsorted(beside, number))):
            found.append(int(number))
    return found


def _is_pinned(matrix: csr_array, least: Numbers, most: Numbers, number: int) -> bool:
    """Whether a count can be neither one more nor one less than it is, whatever the others are."""
    goal, low, high = np.zeros(len(least)), least.astype(float), most.astype(float)
    ends = np.zeros((matrix.shape[0], 2))
    goal[number], low[number], high[number] = 1, max(-1, low[number]), min(1, high[number])
    return all(abs(solution(matrix, ends, way * goal, low, high)[number]) < 1 - 1e-6 for way in (1, -1))
