"""Rounds counts by two cuts, and hides more of them until no small one follows from what is shown beside it.

A table by two cuts, of areas that add up, has equations in three directions: rows, columns and areas. Hiding alone
cannot be proven safe there as it can in :mod:`poverty.disclosure`, so what is shown is rounded to 5 and nothing below
10 is. What remains is what rounded neighbours leave to a hidden count: its least and its most, narrowed along every
equation in turn.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from poverty.disclosure import LEAST_ROUNDED, THRESHOLD, rounded_count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_MOST: Final = 10**9
_HALF: Final = 2
"""How far a count may be from what it is rounded to."""
_ROUNDS: Final = 40


class Crossed(NamedTuple):
    """A count of an area by two cuts; as a margin one of the cuts is empty."""

    area: str
    first: str
    second: str


Bounds = dict[Crossed, tuple[int, int]]
Equation = tuple[Crossed, tuple[Crossed, ...]]
"""A whole and its parts."""


@dataclass(slots=True)
class Tables:
    """Counts by two cuts of areas that add up, their exact margins, and which of these are shown as they are.

    ``parents`` names for each area the one it lies in. What a margin hides, no cell of it tells.
    """

    counts: Mapping[Crossed, int]
    margins: Mapping[Crossed, int]
    shown_margins: Collection[Crossed]
    parents: Mapping[str, str]
    threshold: int = THRESHOLD
    kept_back: set[Crossed] = field(default_factory=set)
    """Cells that are hidden for the sake of others."""

    def shown(self) -> dict[Crossed, int]:
        """What is shown of the cells, rounded."""
        found = {}
        for cell, count in self.counts.items():
            rounded = rounded_count(count)
            if rounded is not None and cell not in self.kept_back and self._margins_are_shown(cell):
                found[cell] = rounded
        return found

    def _margins_are_shown(self, cell: Crossed) -> bool:
        return all(margin in self.shown_margins for margin in margins_of(cell))

    def bounds(self) -> Bounds:
        """The least and the most of each cell and margin, as somebody may know them who knows the rules."""
        shown, found = self.shown(), {}
        for cell, count in self.counts.items():
            if cell in shown:
                found[cell] = (max(LEAST_ROUNDED, shown[cell] - _HALF), shown[cell] + _HALF)
            elif cell not in self.kept_back and self._margins_are_shown(cell) and count < LEAST_ROUNDED:
                found[cell] = (0, LEAST_ROUNDED - 1)
            else:
                found[cell] = (0, _MOST)
        for margin, count in self.margins.items():
            found[margin] = (count, count) if margin in self.shown_margins else (0, _MOST)
        return found

    def equations(self) -> list[Equation]:
        """What adds up: cells to their margins, areas to the area above."""
        inside: dict[Crossed, list[Crossed]] = defaultdict(list)
        below: dict[Crossed, list[Crossed]] = defaultdict(list)
        for cell in self.counts:
            for margin in margins_of(cell):
                inside[margin].append(cell)
        for one in (*self.counts, *self.margins):
            if parent := self.parents.get(one.area):
                below[one._replace(area=parent)].append(one)
        known = self.counts.keys() | self.margins.keys()
        found = [*sorted(inside.items()), *sorted(below.items())]
        return [(whole, tuple(parts)) for whole, parts in found if whole in known]

    def protect(self) -> dict[Crossed, int]:
        """Hide more until no small count is narrowed down to be one; what is shown then."""
        equations = self.equations()
        beside: dict[Crossed, list[Equation]] = defaultdict(list)
        for whole, parts in equations:
            for one in (whole, *parts):
                beside[one].append((whole, parts))
        while shown := self.shown():
            unsafe = self.told(narrowed(self.bounds(), equations))
            if not unsafe:
                break
            for cell in sorted(unsafe):
                near = {one for whole, parts in beside[cell] for one in (whole, *parts) if one in shown}
                there = {one for one in shown if one.area == cell.area}
                # where nothing beside it is shown, all of the area is kept back, and where nothing is there all of it
                self.kept_back |= {min(near, key=lambda one: (shown[one], one))} if near else there or set(shown)
        return self.shown()

    def told(self, bounds: Bounds) -> set[Crossed]:
        """The small counts that bounds tell to be small and there; and hidden margins that they nearly tell."""
        last = self.threshold - 1
        small = {
            cell
            for cell, count in self.counts.items()
            if 0 < count <= last and bounds[cell][0] >= 1 and bounds[cell][1] <= last
        }
        hidden = {
            margin
            for margin, count in self.margins.items()
            if count and margin not in self.shown_margins and bounds[margin][1] - bounds[margin][0] < last
        }
        return small | hidden


def margins_of(cell: Crossed) -> tuple[Crossed, Crossed]:
    """The margins that a cell is counted in: those of its first and of its second cut."""
    return cell._replace(second=""), cell._replace(first="")


def narrowed(bounds: Bounds, equations: Iterable[Equation]) -> Bounds:
    """The bounds that follow from all equations, each used in turn until none narrows anything more."""
    found, left = dict(bounds), list(equations)
    for _ in range(_ROUNDS):
        changed = False
        for whole, parts in left:
            low, high = sum(found[one][0] for one in parts), sum(found[one][1] for one in parts)
            was = found[whole]
            now = (max(was[0], low), min(was[1], high))
            changed |= now != was
            found[whole] = now
            for one in parts:
                least, most = found[one]
                tighter = (max(least, now[0] - (high - most)), min(most, now[1] - (low - least)))
                changed |= tighter != (least, most)
                low, high = low - least + tighter[0], high - most + tighter[1]
                found[one] = tighter
        if not changed:
            break
    return found
