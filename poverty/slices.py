"""Hides small counts of areas that are cut once more: by ethnicity, age, strata or month."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from poverty.disclosure import THRESHOLD

Cell = tuple[str, str]


class Count(NamedTuple):
    """The counts of one area in one slice: (tegar, miskin) of Kinta in October; ``parent`` is the area above."""

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


def hide_slices(
    rows: Sequence[Count],
    *,
    additive: bool,
    hidden_areas: Collection[str] = (),
    hidden_above: Collection[Cell] = (),
    threshold: int = THRESHOLD,
) -> set[Cell]:
    """Return which (area, slice) must not be shown, so that no total gives one of them away.

    ``rows`` holds all siblings of each parent together; an absent one is zero. Hidden are cells of which a count is 1
    to ``threshold - 1``, everything of ``hidden_areas`` (areas whose own total is hidden), and what would follow by
    subtraction: among the siblings of one slice, whose total the parent shows; where ``additive``, among the slices of
    one area too, which add up to it (months do not). Of a cell that the parent hides (``hidden_above``) at least one
    child is hidden. Work from the top level down: what is hidden above never depends on what lies beneath.
    """
    hidden = {row.cell for row in rows if row.area in hidden_areas or _small(row.counts, threshold)}
    siblings, slices = defaultdict(list), defaultdict(list)
    for row in rows:
        if row.size:
            siblings[row.parent, row.cut].append(row)
            slices[row.area].append(row)
    groups = [*siblings.values(), *(slices.values() if additive else ())]
    beneath = [siblings[cell] for cell in hidden_above if cell in siblings]
    while True:
        before = len(hidden)
        for children in beneath:
            _cover(children, hidden)
        for group in groups:
            _complement(group, hidden, threshold)
        if len(hidden) == before:
            return hidden


def _cover(children: Sequence[Count], hidden: set[Cell]) -> None:
    """Hide the smallest child where none is hidden yet, since together they are what the parent hides."""
    if not any(row.cell in hidden for row in children):
        hidden.add(min(children, key=_order).cell)


def _complement(group: Sequence[Count], hidden: set[Cell], threshold: int) -> None:
    """Hide more of a group, smallest first, until what subtraction leaves is neither one cell nor a small one."""
    held = [row.counts for row in group if row.cell in hidden]
    if not held:
        return
    for row in sorted((row for row in group if row.cell not in hidden), key=_order):
        if len(held) > 1 and not _small(_sum(held), threshold):
            return
        hidden.add(row.cell)
        held.append(row.counts)


def _order(row: Count) -> tuple[int, Cell]:
    # by code where sizes tie, so that every view chooses alike
    return (row.size, row.cell)


def _sum(counts: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*counts, strict=True))


def _small(counts: Iterable[int], threshold: int) -> bool:
    return any(0 < count < threshold for count in counts)
