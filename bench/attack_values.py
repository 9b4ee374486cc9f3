"""Attacks the published values of indicators as a planner would: what is rounded is a range, and ranges are joined.

Districts add up to their state and states to the country; a sum over twelve months, or over the year so far, shares all
its months but one with the sum before it; a rate lies within its rounding, and its decimals say of how many it is. For
each small count linear programming looks for others that all of this allows: where there are none, it is worked out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.sparse import csr_array, lil_array
from sqlalchemy import text

from bench.attack import Taken
from bench.solving import Numbers, solution
from poverty.disclosure import LEAST_ROUNDED, THRESHOLD
from poverty.kpi.grammar import read_formula
from poverty.kpi.kept import months_of
from poverty.kpi.published import LEAST_BASE, RULES
from poverty.kpi.tree import figures
from queries import kpi
from queries.kpi_months import kept
from queries.maps import COUNTRY
from registry.publishing.values import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from registry.publishing.figures import Place

    Where = tuple[str, date]

_LAST_MONTHS: Final = re.compile(r", (\d+|ytd)\)")
_LEVELS: Final = frozenset({"country", "state", "district"})
_LOOKS: Final = 6
_MANY: Final = 10**9
_SLACK: Final = 1e-6
_BASES: Final = {1: (LEAST_BASE, 99), 2: (100, 999), 3: (1000, _MANY)}
"""Of how many a share is, by its decimals."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator that counts: what flowed in each month (of a stock, what there was) by area, parts and wholes.

    ``windows`` are the months that the figure of a month is the sum of.
    """

    code: str
    kind: str
    parts: Mapping[Where, int]
    wholes: Mapping[Where, int]
    windows: Mapping[date, Sequence[date]]

    def figure(self, of: Mapping[Where, int], area: str, month: date) -> int | None:
        """The exact figure of a month; ``None`` where one of its months was not kept."""
        found = [of.get((area, each)) for each in self.windows[month]]
        known = [value for value in found if value is not None]
        return sum(known) if len(known) == len(found) else None


def exact_values(connection: Connection, places: Sequence[Place], months: Sequence[date]) -> list[Counted]:
    """The truth about every published indicator that counts, as the owner reads it."""
    areas = [place.code for place in places if place.level in _LEVELS]
    asked = list(months)[-MONTHS:]
    found = []
    for code, known in kpi.definitions(connection).items():
        rule = RULES.get(known[-1].formula)
        if rule is None or rule.kind in {"money", "depth"} or not asked:
            continue
        cohort, (figure,) = known[-1].cohort_id, figures(read_formula(rule.part))
        windows = {month: months_of(figure, month) for month in asked}
        first = min(min(each) for each in windows.values())
        trees = [read_formula(_LAST_MONTHS.sub(", 1)", one)) for one in (rule.part, rule.whole) if one]
        read = kept(connection, [(tree, cohort) for tree in trees], areas=areas, first=first, last=asked[-1])
        flows: list[dict[Where, int]] = [{}, {}]
        for number, tree in enumerate(trees):
            for area in areas:
                for month in (each for each in list(months) if each >= first):
                    value = read.value(tree, area, month, cohort=cohort)
                    if not isinstance(value, str):
                        flows[number][area, month] = int(value)
        found.append(Counted(code, rule.kind, *flows, windows))
    return found


def seen_values(connection: Connection) -> dict[str, dict[Where, Decimal]]:
    """The values that the acting user reads."""
    found: dict[str, dict[Where, Decimal]] = {}
    rows = connection.execute(text("SELECT * FROM ekasih.published_value WHERE value IS NOT NULL"))
    for row in rows:
        found.setdefault(row.indicator_code, {})[row.area_code, row.month] = row.value
    return found


def unrounded(truth: Sequence[Counted], *, threshold: int = THRESHOLD) -> dict[str, dict[Where, Decimal]]:
    """What would be read if small counts alone were hidden, the others told as they are: the attack must succeed."""
    return {
        one.code: {
            (area, month): Decimal(value)
            for area in {area for area, _ in one.parts}
            for month in one.windows
            if (value := one.figure(one.parts, area, month)) is not None and not 0 < value < threshold
        }
        for one in truth
        if one.kind == "count"
    }


def attack_values(
    truth: Sequence[Counted],
    shown: Mapping[str, Mapping[Where, Decimal]],
    places: Sequence[Place],
    *,
    rounded: bool = True,
    seed: int = 1,
) -> Taken:
    """Try every small count of every state and its districts; ``truth`` judges. Not ``rounded``: figures are exact."""
    random = np.random.default_rng(seed)
    taken = Taken()
    states = [place.code for place in places if place.level == "state"]
    for one in truth:
        for state in states:
            districts = [place.code for place in places if place.level == "district" and place.parent == state]
            if districts and any(value for (area, _), value in one.parts.items() if area == state):
                others = [code for code in states if code != state]
                system = _System(one, shown.get(one.code, {}), [state, *districts], others, rounded=rounded)
                taken += system.solve(random)
    return taken


class _System:
    """The flows of the districts of a state, of parts and of wholes, and between what their sums lie."""

    def __init__(
        self,
        one: Counted,
        shown: Mapping[Where, Decimal],
        areas: Sequence[str],
        others: Sequence[str],
        *,
        rounded: bool,
    ) -> None:
        self._one, self._areas, self._rounded = one, areas, rounded
        months = sorted({month for area, month in one.parts if area == areas[0]})
        of = (one.parts, one.wholes) if one.wholes else (one.parts,)
        self._place: dict[tuple[int, str, date], int] = {}
        truth: list[int] = []
        for number, flows in enumerate(of):
            for area in areas[1:]:
                for month in months:
                    self._place[number, area, month] = len(truth)
                    truth.append(flows.get((area, month), 0))
        self._truth = np.array(truth)
        self._rows: list[dict[int, float]] = []
        self._ends: list[tuple[float, float]] = []
        self._known: set[date] = set()
        self._small: list[tuple[tuple[Any, ...], dict[int, float], int]] = []
        for area in areas:
            for month in one.windows:
                self._figure(area, month, shown.get((area, month)))
        for month in sorted(self._known) if one.kind == "count" else ():
            # the state is what the others, each within its range, leave of the country
            whole = self._range(shown.get((COUNTRY, month)))
            beside = [self._range(shown.get((code, month))) for code in others]
            least, most = (sum(ends[place] for ends in beside) for place in (0, 1))
            self._add(self._terms(0, areas[0], month), whole[0] - most, whole[1] - least)

    def _terms(self, number: int, area: str, month: date, sign: float = 1) -> dict[int, float]:
        inside = self._areas[1:] if area == self._areas[0] else [area]
        return {self._place[number, each, m]: sign for each in inside for m in self._one.windows[month]}

    def _figure(self, area: str, month: date, shown: Decimal | None) -> None:
        one = self._one
        part = one.figure(one.parts, area, month)
        if part is None or any((0, self._areas[1], each) not in self._place for each in one.windows[month]):
            return
        terms = self._terms(0, area, month)
        # exits that were undone later, or areas without a figure: not a sum of these flows
        if sum(self._truth[place] for place in terms) != part:
            return
        if area == self._areas[0]:
            self._known.add(month)
        if one.kind == "count":
            self._add(terms, *self._range(shown))
        elif shown is not None:
            share, more = float(1 - shown if one.kind == "left" else shown), -int(shown.as_tuple().exponent)
            wholes, half = self._terms(1, area, month), 0.5 * 10.0**-more
            self._add(terms | dict.fromkeys(wholes, half - share), 0, _MANY)
            self._add(terms | dict.fromkeys(wholes, -half - share), -_MANY, 0)
            self._add(wholes, *_BASES.get(more, (LEAST_BASE, _MANY)))
        if shown is None and 0 < part < LEAST_ROUNDED:
            self._small.append(((one.code, month, area), terms, part))

    def _range(self, shown: Decimal | None) -> tuple[float, float]:
        if not self._rounded:
            return (0, THRESHOLD - 1) if shown is None else (float(shown), float(shown))
        return (0, LEAST_ROUNDED - 1) if shown is None else (max(float(shown) - 2, LEAST_ROUNDED), float(shown) + 2)

    def _add(self, terms: dict[int, float], low: float, high: float) -> None:
        self._rows.append(terms)
        self._ends.append((low, high))

    def solve(self, random: np.random.Generator) -> Taken:
        """Which small counts have one possible value."""
        taken = Taken(hidden=len(self._small))
        if not self._small:
            return taken
        matrix, small = self._matrix(self._rows), self._matrix([terms for _, terms, _ in self._small])
        ends = np.array(self._ends).reshape(-1, 2)
        found = matrix @ self._truth
        if ((found < ends[:, 0] - _SLACK) | (found > ends[:, 1] + _SLACK)).any():
            raise AssertionError(f"the ranges are wrong: {self._one.code} {self._areas[0]}")
        steps = (matrix, ends - found[:, None])
        same = np.ones(len(self._small), dtype=bool)
        for _ in range(_LOOKS):
            goal = small.T @ np.where(same, random.choice((-1.0, 1.0), len(same)) * (1 + random.random(len(same))), 0.0)
            step = np.rint(self._step(*steps, goal, near=True)).astype(int)
            moved = matrix @ step
            if (moved >= steps[1][:, 0] - _SLACK).all() and (moved <= steps[1][:, 1] + _SLACK).all():
                same &= (small @ step) == 0
        for number in np.flatnonzero(same):
            goal = small[[number]].toarray()[0]
            least, most = (float(goal @ self._step(*steps, way * goal, near=False)) for way in (1, -1))
            if ceil(least - _SLACK) == floor(most + _SLACK):
                label, _, part = self._small[number]
                taken.recovered.append((*label, part))
                if part < THRESHOLD:
                    taken.small.append((*label, part))
        return taken

    def _matrix(self, rows: Sequence[Mapping[int, float]]) -> csr_array:
        matrix = lil_array((len(rows), len(self._truth)))
        for row, terms in enumerate(rows):
            for place, sign in terms.items():
                matrix[row, place] = sign
        return csr_array(matrix)

    def _step(self, matrix: csr_array, ends: Numbers, goal: Numbers, *, near: bool) -> Numbers:
        """How the flows may differ from the truth where the goal is least."""
        low = -self._truth.astype(float)
        low, high = (np.maximum(low, -1), np.ones(len(low))) if near else (low, np.full(len(low), np.inf))
        return solution(matrix, ends, goal, low, high)
