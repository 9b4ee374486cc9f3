"""Hides counts so small that they would tell something about a person, and proves that none of them can be worked out.

Counts form a tree of areas whose parts add up, cut once more by strata, ethnicity or age. Hiding the small ones is not
enough: what is shown beside them gives them away by subtraction. So others are hidden with them (complementary cell
suppression; Hundepool and others, Statistical Disclosure Control, 2012, chapter 4), and then each small count is tried:
the equations between hidden counts form a network, and a count is safe where a cycle of hidden counts leads through it,
along which it could be larger or smaller without any shown figure changing.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

THRESHOLD: Final = 5
LEAST_ROUNDED: Final = 10
"""Below it a rounded count is not shown."""
SETTLED_ABOVE: Final = 3
"""How far above the threshold, less one, a count must be before it is shown again after it was small."""
SETTLED_MONTHS: Final = 3
"""For how many months it must have been so."""

Cell = tuple[str, str]
"""An area and a slice of it: Kinta, urban."""
Node = tuple[str, ...]
_TOTAL: Final = ""
"""The slice that stands for all slices of an area together."""


class NotProtectable(Exception):
    """A small count follows from figures that are shown, and nothing is left that could be hidden to prevent it."""


class Count(NamedTuple):
    """The counts of one area in one slice, for example (hardcore poor, poor); ``parent`` is the area above."""

    area: str
    parent: str
    cut: str
    counts: tuple[int, ...]

    @property
    def cell(self) -> Cell:
        """The area and the slice."""
        return (self.area, self.cut)

    @property
    def size(self) -> int:
        """The counts together."""
        return sum(self.counts)


def hidden_cells(
    levels: Sequence[Sequence[Count]],
    *,
    additive: bool = False,
    hidden_areas: Collection[str] = (),
    unsettled: Collection[Cell] = (),
    kept: Collection[Cell] = (),
    unknown: Collection[Cell] = (),
    threshold: int = THRESHOLD,
) -> set[Cell]:
    """Return which (area, slice) must not be shown, so that no count from 1 to ``threshold - 1`` can be worked out.

    ``levels`` holds the whole tree, top level first; an absent count is zero. The counts of a cell are hidden together.
    Hidden are cells with a small count, those of ``hidden_areas`` (areas whose total over all slices is hidden), those
    ``unsettled`` in time, those ``kept`` hidden since they were before, and what would give one of them away by
    subtraction: among siblings, whose sum the area above shows, and where ``additive`` among the slices of an area,
    which add up to its total. Cells that are ``unknown`` are shown to nobody and need no protection: what an area holds
    beyond the parts of it that have figures; where nobody is in one, somebody may know it. What is hidden at a level
    never depends on the levels beneath.

    Raises:
        NotProtectable: a small count can be worked out although nothing more is left to hide; show nothing of this.

    """
    plan = _Plan(
        additive=additive,
        hidden_areas=frozenset(hidden_areas),
        unsettled=frozenset(unsettled),
        kept=frozenset(kept),
        unknown=frozenset(unknown),
        threshold=threshold,
    )
    for level in levels:
        plan.add(level)
    return plan.hidden


def unsettled_months(series: Sequence[int], *, threshold: int = THRESHOLD) -> list[bool]:
    """Return for each month whether a count stays hidden for the sake of the months around it.

    Beside a month that shows 5, a hidden one is 4 more often than not. So a count that is small in a month stays
    hidden, forwards and backwards in time, until it has been clear of the threshold (8 or more, or 0) for three months.
    """
    forwards = _unsettled(series, threshold)
    backwards = _unsettled(series[::-1], threshold)[::-1]
    return [before or after for before, after in zip(forwards, backwards, strict=True)]


def exposed_cells(
    levels: Sequence[Sequence[Count]],
    hidden: Collection[Cell],
    *,
    additive: bool = False,
    hidden_areas: Collection[str] = (),
    unknown: Collection[Cell] = (),
    threshold: int = THRESHOLD,
) -> set[Cell]:
    """Return the hidden cells of which a small count follows from what is shown; empty where the hiding holds.

    Of cells that are ``unknown`` those without anybody hide nothing: that nobody is there may be known otherwise.
    """
    rows = [row for level in levels for row in level]
    found: set[Cell] = set()
    for place in range(max((len(row.counts) for row in rows), default=0)):
        moving = [row for row in rows if row.cell in hidden and (row.counts[place] or row.cell not in unknown)]
        network = _Network(rows, moving, frozenset(hidden_areas), place=place, additive=additive)
        found |= {cell for cell in network.small(threshold) if network.follows(cell)}
    return found


def rounded_share(part: int, whole: int) -> Decimal | None:
    """Return a share to the decimals that the number of households bears: 3 from 1,000, 2 from 100, 1 from 10, or none.

    Exact, it would tell how many households there are.
    """
    places = next((places for least, places in ((1000, 3), (100, 2), (10, 1)) if whole >= least), None)
    if places is None:
        return None
    return (Decimal(part) / whole).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def rounded_count(count: int | None) -> int | None:
    """Return a count to the nearest 5, none where it is below 10: for counts that overlap in ways nobody is told."""
    return None if count is None or count < LEAST_ROUNDED else (count + 2) // 5 * 5


def round_sum(amount_rm: Decimal) -> Decimal:
    """Return a sum of money to the nearest RM1,000, half up."""
    return (amount_rm / 1000).quantize(Decimal(1), rounding=ROUND_HALF_UP) * 1000


def _unsettled(series: Sequence[int], threshold: int) -> list[bool]:
    clear_from = threshold + SETTLED_ABOVE
    held, calm, found = False, SETTLED_MONTHS, []
    for count in series:
        calm = calm + 1 if count == 0 or count >= clear_from else 0
        held = 0 < count < threshold or (held and calm < SETTLED_MONTHS)
        found.append(held)
    return found


class _Plan:
    """The cells hidden so far, level by level."""

    def __init__(
        self,
        *,
        additive: bool,
        hidden_areas: frozenset[str],
        unsettled: frozenset[Cell],
        kept: frozenset[Cell],
        unknown: frozenset[Cell],
        threshold: int,
    ) -> None:
        self.hidden: set[Cell] = set()
        self._additive = additive
        self._hidden_areas = hidden_areas
        self._unsettled = unsettled
        self._kept = kept
        self._unknown = unknown
        self._threshold = threshold
        self._levels: list[Sequence[Count]] = []

    def add(self, level: Sequence[Count]) -> None:
        """Hide what must be hidden of the next level."""
        self._levels.append(level)
        told = self._unsettled | self._kept | self._unknown
        self.hidden |= {
            row.cell
            for row in level
            if row.area in self._hidden_areas or row.cell in told or self._has_small(row.counts)
        }
        siblings, slices = _grouped(level)
        self._settle(siblings, slices)
        while exposed := self._exposed():
            self._hide_one_more(exposed, level)
            self._settle(siblings, slices)

    def _exposed(self) -> set[Cell]:
        found = exposed_cells(
            self._levels,
            self.hidden,
            additive=self._additive,
            hidden_areas=self._hidden_areas,
            unknown=self._unknown,
            threshold=self._threshold,
        )
        return found - self._unknown

    def _settle(self, siblings: Mapping[Cell, list[Count]], slices: Mapping[str, list[Count]]) -> None:
        """Hide complements until no group of cells whose sum is known gives one away."""
        groups = [group for parent, group in siblings.items() if parent not in self.hidden]
        beneath = [group for parent, group in siblings.items() if parent in self.hidden]
        if self._additive:
            groups += [group for area, group in slices.items() if area not in self._hidden_areas]
        while True:
            before = len(self.hidden)
            for group in beneath:
                self._cover(group)
            for group in groups:
                self._complement(group)
            if len(self.hidden) == before:
                return

    def _cover(self, children: Sequence[Count]) -> None:
        """Hide a child of a cell that the level above hides, for each of its counts: together they are that count."""
        for place in range(len(children[0].counts)):
            counted = [row for row in children if row.counts[place]]
            if counted and not any(row.cell in self.hidden for row in counted):
                self.hidden.add(min(counted, key=_order).cell)

    def _complement(self, group: Sequence[Count]) -> None:
        """Hide more of a group whose sum is known until two counts of each kind are hidden and are not few together."""
        for place in range(len(group[0].counts)):
            held = [row for row in group if row.cell in self.hidden]
            own = [row for row in held if row.cell not in self._unknown]
            if not own:
                return
            needed = any(self._is_small(row.counts[place]) or self._is_held(row, place) for row in own)
            counted = [row.counts[place] for row in held if row.counts[place]]
            for row in sorted((row for row in group if row.cell not in self.hidden), key=_order):
                two = len(counted) > 1 and sum(counted) >= self._threshold if needed else len(held) != 1
                if two:
                    break
                if row.counts[place] or not needed:
                    self.hidden.add(row.cell)
                    held.append(row)
                    counted.append(row.counts[place])

    def _hide_one_more(self, exposed: Collection[Cell], level: Sequence[Count]) -> None:
        """Hide the smallest shown cell that lies in an equation with an exposed one, else of the level.

        One with nobody in it comes last: it helps only against those who do not know that nobody is there.
        """
        parents = {(row.parent, row.cut) for row in level if row.cell in exposed}
        areas = {area for area, _ in exposed}
        left = [row for row in level if row.cell not in self.hidden]
        near = [
            row
            for row in left
            if (row.parent, row.cut) in exposed or (row.parent, row.cut) in parents or row.area in areas
        ]
        if not left:
            raise NotProtectable
        self.hidden.add(min(near or left, key=lambda row: (row.size == 0, *_order(row))).cell)

    def _is_held(self, row: Count, place: int) -> bool:
        return row.cell in self._unsettled and row.counts[place] > 0

    def _is_small(self, count: int) -> bool:
        return 0 < count < self._threshold

    def _has_small(self, counts: Iterable[int]) -> bool:
        return any(self._is_small(count) for count in counts)


class _Network:
    """Hidden counts of one kind as the arcs of a flow: what enters an equation's node leaves it."""

    def __init__(
        self,
        rows: Sequence[Count],
        moving: Sequence[Count],
        hidden_areas: frozenset[str],
        *,
        place: int,
        additive: bool,
    ) -> None:
        self._arcs: dict[Cell, tuple[Node, Node, int]] = {}
        self._ways: dict[Node, list[tuple[Node, Cell]]] = defaultdict(list)
        self._beside: Counter[tuple[Node, Node]] = Counter()
        parents = {row.parent for row in rows}
        areas = {row.area for row in rows}

        def slices(area: str, cut: str) -> Node:
            """The node at which a cell is shared out: among the areas inside, else among no one."""
            if area in parents:
                return ("slice", area, cut)
            return ("total", area) if additive else ()

        totals: dict[str, int] = defaultdict(int)
        for row in rows:
            if additive and row.area in hidden_areas:
                totals[row.area] += row.counts[place]
        for row in moving:
            above: Node = ("slice", row.parent, row.cut) if row.parent in areas else ()
            self._add(row.cell, above, slices(row.area, row.cut), row.counts[place])
        parent_of = {row.area: row.parent for row in rows}
        for area, count in totals.items():
            above = ("total", parent_of[area]) if parent_of[area] in areas else ()
            self._add((area, _TOTAL), ("total", area), above, count)

    def _add(self, cell: Cell, tail: Node, head: Node, count: int) -> None:
        self._arcs[cell] = (tail, head, count)
        self._ways[tail].append((head, cell))
        if count:
            self._ways[head].append((tail, cell))
            self._beside[tail, head] += 1

    def small(self, threshold: int) -> list[Cell]:
        """Hidden cells whose count is small."""
        return [cell for cell, (_, _, count) in self._arcs.items() if cell[1] != _TOTAL and 0 < count < threshold]

    def follows(self, cell: Cell) -> bool:
        """Whether the count of a hidden cell can be worked out: it can become neither larger nor smaller."""
        tail, head, _ = self._arcs[cell]
        if tail == head or self._beside[tail, head] > 1:
            return False
        return not self._leads(head, tail, cell) and not self._leads(tail, head, cell)

    def _leads(self, start: Node, goal: Node, without: Cell) -> bool:
        seen, queue = {start}, deque([start])
        while queue:
            for node, by in self._ways[queue.popleft()]:
                if by == without or node in seen:
                    continue
                if node == goal:
                    return True
                seen.add(node)
                queue.append(node)
        return False


def _grouped(level: Iterable[Count]) -> tuple[dict[Cell, list[Count]], dict[str, list[Count]]]:
    """The counts that are not zero as siblings, by area above and slice, and as slices of an area."""
    siblings: dict[Cell, list[Count]] = defaultdict(list)
    slices: dict[str, list[Count]] = defaultdict(list)
    for row in level:
        if row.size:
            siblings[row.parent, row.cut].append(row)
            slices[row.area].append(row)
    return siblings, slices


def _order(row: Count) -> tuple[int, Cell]:
    # by code where sizes tie, so that the choice is the same every time
    return (row.size, row.cell)
