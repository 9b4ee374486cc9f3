"""Attacks the published figures of aid as a planner would: what is rounded is a range, and ranges are put together.

Areas add up to the area above; households aided by a programme are among those of its agency, these among all; the poor
ones among all; aided and never aided are together no more than the poor that are published. For each count that is
hidden (below ten) linear programming finds the least and the most that all of this allows: where both are one whole
number, it has been worked out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array
from sqlalchemy import text

from bench.attack import Taken
from poverty.disclosure import THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

Cell = tuple[str, str, str]
"""Area, cut and measure."""
Range = tuple[int, int]

MEASURES: Final = ("households", "aided", "never")
_HIDDEN_BELOW: Final = 10
_MANY: Final = 10**7
_SLACK: Final = 1e-6
_ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class SeenAid:
    """What a planner reads of aid: rounded counts, hidden ones ``None``; which areas are in which, whose programmes."""

    counts: Mapping[Cell, int | None]
    parents: Mapping[str, str]
    agencies: Mapping[str, str]
    poor: Mapping[str, int]


def seen_aid(connection: Connection) -> SeenAid:
    """All that the acting user can read about how many were aided."""
    counts: dict[Cell, int | None] = {}
    rows = connection.execute(text("SELECT area_code, cut, aided, never, households FROM ekasih.published_aid")).all()
    areas = connection.execute(
        text("SELECT code, coalesce(parent_code, 'MY') AS parent FROM ekasih.area WHERE level IN ('state', 'district')")
    )
    programmes = connection.execute(
        text("""
            SELECT p.code, a.code AS agency FROM ekasih.aid_programme AS p
            JOIN ekasih.agency AS a ON a.id = p.agency_id
        """)
    )
    parents = {row.code: row.parent for row in areas}
    # what is not there is hidden like what is there without a figure: from none to nine
    known = connection.scalars(
        text("""
            SELECT 'need:' || code FROM ekasih.aid_need UNION ALL SELECT 'agency:' || code FROM ekasih.agency
            UNION ALL SELECT 'programme:' || code FROM ekasih.aid_programme
        """)
    )
    for area, cut, measure in product(("MY", *parents), {_ALL, *known}, MEASURES):
        if measure != "never" or cut == _ALL:
            counts[area, cut, measure] = None
    for row in rows:
        counts |= {
            (row.area_code, row.cut, measure): getattr(row, measure)
            for measure in MEASURES
            if (row.area_code, row.cut, measure) in counts
        }
    poor = connection.execute(
        text("""
            SELECT area_code, tegar + miskin AS poor FROM ekasih.published_count
            WHERE cut = 'all' AND tegar + miskin IS NOT NULL
                AND month = (SELECT max(month) FROM ekasih.published_count)
        """)
    )
    return SeenAid(
        counts,
        parents,
        {row.code: row.agency for row in programmes},
        {row.area_code: int(row.poor) for row in poor},
    )


def exact_aid(connection: Connection) -> dict[Cell, int]:
    """The truth, as the owner reads it."""
    return {
        (row.area_code, row.cut, measure): int(getattr(row, measure) or 0)
        for row in connection.execute(text("SELECT area_code, cut, aided, never, households FROM ekasih.aid_area"))
        for measure in MEASURES
    }


def attack_aid(seen: SeenAid, truth: Mapping[Cell, int]) -> Taken:
    """Try every hidden count that is not nought, state by state with the country above; ``truth`` judges."""
    taken = Taken()
    states = sorted({area for area, parent in seen.parents.items() if parent == "MY"})
    for state in states:
        system = _Ranges(seen, state)
        for cell, (least, most) in system.solved(cell for cell, real in truth.items() if real):
            taken.hidden += 1
            real = truth[cell]
            if not least <= real <= most:
                raise AssertionError(f"the ranges are wrong: {cell} is {real}, not within {least} and {most}")
            if least == most:
                taken.recovered.append((*cell, real))
                if 0 < real < THRESHOLD:
                    taken.small.append((*cell, real))
    return taken


class _Ranges:
    """The ranges of a state's counts and of its districts', and what joins them."""

    def __init__(self, seen: SeenAid, state: str) -> None:
        self._seen = seen
        self._areas = [state, *sorted(a for a, parent in seen.parents.items() if parent == state)]
        self._cells = [cell for cell in seen.counts if cell[0] in set(self._areas)]
        self._number = {cell: number for number, cell in enumerate(self._cells)}
        self._bounds = [self._range(cell) for cell in self._cells]
        self._rows: list[dict[int, int]] = []
        self._most: list[int] = []
        self._tree(state)
        self._country(state)
        for area in self._areas:
            self._cuts(area)
            self._poor(area)

    def solved(self, asked: Iterable[Cell]) -> Iterator[tuple[Cell, Range]]:
        """Each of these counts that is hidden, with the least and the most that it can be."""
        entries = [(row, column, sign) for row, terms in enumerate(self._rows) for column, sign in terms.items()]
        matrix: Any = None
        if entries:
            rows, columns, signs = (np.array(side) for side in zip(*entries, strict=True))
            matrix = coo_array((signs, (rows, columns)), shape=(len(self._rows), len(self._cells))).tocsr()
        for cell in asked:
            number = self._number.get(cell)
            if number is not None and self._seen.counts[cell] is None:
                yield cell, (self._end(matrix, number, 1), -self._end(matrix, number, -1))

    def _end(self, matrix: Any, number: int, way: int) -> int:
        goal = np.zeros(len(self._cells))
        goal[number] = way
        answer = linprog(goal, A_ub=matrix, b_ub=self._most or None, bounds=self._bounds, method="highs")
        if answer.status != 0:
            raise AssertionError(f"no answer: {answer.message}")
        return ceil(answer.fun - _SLACK) if way > 0 else -floor(-answer.fun + _SLACK)

    def _range(self, cell: Cell) -> Range:
        shown = self._seen.counts[cell]
        if shown is not None:
            return max(shown - 2, _HIDDEN_BELOW), shown + 2
        return 0, _HIDDEN_BELOW - 1

    def _no_more(self, terms: Iterable[tuple[Cell, int]], most: int = 0) -> None:
        """The terms, of which those without a row are nothing, are together at most this."""
        found = {self._number[cell]: sign for cell, sign in terms if cell in self._number}
        if found:
            self._rows.append(found)
            self._most.append(most)

    def _same(self, terms: Sequence[tuple[Cell, int]]) -> None:
        self._no_more(terms)
        self._no_more([(cell, -sign) for cell, sign in terms])

    def _tree(self, state: str) -> None:
        for cut, measure in {(cut, measure) for _, cut, measure in self._cells}:
            parts = [((area, cut, measure), 1) for area in self._areas[1:]]
            self._same([*parts, ((state, cut, measure), -1)])

    def _country(self, state: str) -> None:
        """A state is what the other states, each within its range, leave of the country."""
        others = {area for area, parent in self._seen.parents.items() if parent == "MY"} - {state}
        for cell in [cell for cell in self._cells if cell[0] == state]:
            whole = self._range(("MY", *cell[1:])) if ("MY", *cell[1:]) in self._seen.counts else (0, 0)
            beside = [self._range((o, *cell[1:])) for o in others if (o, *cell[1:]) in self._seen.counts]
            self._no_more([(cell, 1)], whole[1] - sum(least for least, _ in beside))
            self._no_more([(cell, -1)], sum(most for _, most in beside) - whole[0])

    def _cuts(self, area: str) -> None:
        for measure in ("households", "aided"):
            kinds: dict[str, list[str]] = defaultdict(list)
            for cut in {cut for where, cut, what in self._cells if where == area and what == measure}:
                kinds[cut.partition(":")[0]].append(cut)
            for programme in kinds["programme"]:
                agency = "agency:" + self._seen.agencies[programme.partition(":")[2]]
                self._no_more([((area, programme, measure), 1), ((area, agency, measure), -1)])
            for agency in kinds["agency"]:
                own = [p for p in kinds["programme"] if self._seen.agencies[p.partition(":")[2]] == agency[7:]]
                self._covered(area, agency, own, measure)
            for kind in ("need", "agency", "programme"):
                self._covered(area, _ALL, kinds[kind], measure)
                for cut in kinds[kind]:
                    self._no_more([((area, cut, measure), 1), ((area, _ALL, measure), -1)])

    def _covered(self, area: str, whole: str, parts: Iterable[str], measure: str) -> None:
        """The whole is no more than its parts together, which overlap."""
        self._no_more([((area, whole, measure), 1), *(((area, part, measure), -1) for part in parts)])

    def _poor(self, area: str) -> None:
        for cut in {cut for where, cut, _ in self._cells if where == area}:
            self._no_more([((area, cut, "aided"), 1), ((area, cut, "households"), -1)])
        self._no_more([((area, _ALL, "aided"), 1), ((area, _ALL, "never"), 1)], self._seen.poor.get(area, _MANY))
