"""Works out what may be shown of poor households by two cuts; knows no database.

By one cut and status counts are exact, and protected like those of every other cut. By two cuts they are rounded.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from poverty.crossing import Crossed, Tables
from poverty.disclosure import THRESHOLD, Count, NotProtectable, hidden_cells

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from poverty.disclosure import Cell

CUTS: Final = ("strata", "ethnicity", "head_sex", "head_age", "disability", "size")
ALL: Final = "all"
STATUSES: Final = ("tegar", "miskin")
COUNTRY: Final = "MY"
_STATE_DIGITS: Final = 2

Pair = tuple[int, int]


class CutRow(NamedTuple):
    """Poor households of a district that are alike in all cuts."""

    area_code: str
    strata: str
    ethnicity: str
    head_sex: str
    head_age: str
    disability: str
    size: str
    tegar: int
    miskin: int


class Shown(NamedTuple):
    """A row of what is published; ``None`` is hidden."""

    area: str
    first: str
    second: str
    households: int | None


def plan_crosses(
    rows: Sequence[CutRow],
    *,
    hidden_areas: Collection[str],
    held: Collection[Cell] = (),
    threshold: int = THRESHOLD,
) -> list[Shown]:
    """What is shown of the country, the states and the districts; a cut that cannot be protected is left out.

    ``hidden_areas`` are those whose total is hidden, ``held`` cells (an area, ``strata:urban``) that are hidden where
    they are published otherwise.
    """
    single = _single(rows)
    shown: list[Shown] = []
    for area, pair in sorted(_totals(rows).items()):
        hidden = area in hidden_areas or any(0 < count < threshold for count in pair)
        shown += _by_status(area, ALL, None if hidden else pair)
    told: dict[str, set[Cell]] = {}
    for cut in CUTS:
        cells = {cell: pair for cell, pair in single.items() if cell[1].startswith(f"{cut}:")}
        try:
            hidden_here = hidden_cells(
                _levels(cells), additive=True, hidden_areas=hidden_areas, unsettled=held, threshold=threshold
            )
        except NotProtectable:
            continue
        told[cut] = cells.keys() - hidden_here
        for cell, pair in sorted(cells.items()):
            shown += _by_status(*cell, None if cell in hidden_here else pair)
    for first, second in combinations(told, 2):
        tables = _tables(rows, (first, second), single, told[first] | told[second], threshold=threshold)
        shown += [Shown(*cell, count) for cell, count in sorted(tables.protect().items())]
    return shown


def areas_of(district: str) -> tuple[str, str, str]:
    """The country, the state and the district that a household of a district is counted in."""
    return COUNTRY, district[:_STATE_DIGITS], district


def parent_of(area: str) -> str:
    """The area that one lies in; none of the country."""
    if area == COUNTRY:
        return ""
    return COUNTRY if len(area) == _STATE_DIGITS else area[:_STATE_DIGITS]


def _by_status(area: str, cut: str, pair: Pair | None) -> list[Shown]:
    if pair == (0, 0):
        return []
    counts = pair or (None, None)
    return [Shown(area, cut, f"status:{status}", count) for status, count in zip(STATUSES, counts, strict=True)]


def _totals(rows: Sequence[CutRow]) -> dict[str, Pair]:
    found: dict[str, Pair] = defaultdict(lambda: (0, 0))
    for row in rows:
        for area in areas_of(row.area_code):
            found[area] = (found[area][0] + row.tegar, found[area][1] + row.miskin)
    return found


def _single(rows: Sequence[CutRow]) -> dict[Cell, Pair]:
    """The counts by area and one cut; of every value that there is, also where an area has none."""
    found: dict[Cell, Pair] = {}
    areas = {area for row in rows for area in areas_of(row.area_code)}
    for place, cut in enumerate(CUTS, 1):
        for value in {row[place] for row in rows}:
            found |= {(area, f"{cut}:{value}"): (0, 0) for area in areas}
    for row in rows:
        for area in areas_of(row.area_code):
            for place, cut in enumerate(CUTS, 1):
                cell = (area, f"{cut}:{row[place]}")
                tegar, miskin = found[cell]
                found[cell] = (tegar + row.tegar, miskin + row.miskin)
    return found


def _levels(cells: Mapping[Cell, Pair]) -> list[list[Count]]:
    levels: dict[int, list[Count]] = {0: [], _STATE_DIGITS: [], 2 * _STATE_DIGITS: []}
    for (area, cut), pair in sorted(cells.items()):
        levels[0 if area == COUNTRY else len(area)].append(Count(area, parent_of(area), cut, pair))
    return list(levels.values())


def _tables(
    rows: Sequence[CutRow],
    cuts: tuple[str, str],
    single: Mapping[Cell, Pair],
    told: Collection[Cell],
    *,
    threshold: int,
) -> Tables:
    first, second = (CUTS.index(cut) + 1 for cut in cuts)
    values = [sorted({str(row[place]) for row in rows}) for place in (first, second)]
    areas = sorted({area for area, _ in single})
    counts = {
        Crossed(area, f"{cuts[0]}:{one}", f"{cuts[1]}:{other}"): 0
        for area in areas
        for one in values[0]
        for other in values[1]
    }
    for row in rows:
        for area in areas_of(row.area_code):
            counts[Crossed(area, f"{cuts[0]}:{row[first]}", f"{cuts[1]}:{row[second]}")] += row.tegar + row.miskin
    margins, shown = {}, set()
    for place, cut in enumerate(cuts):
        for (area, name), pair in single.items():
            if name.startswith(f"{cut}:"):
                margin = Crossed(area, name, "") if place == 0 else Crossed(area, "", name)
                margins[margin] = sum(pair)
                if (area, name) in told:
                    shown.add(margin)
    return Tables(counts, margins, shown, {area: parent_of(area) for area in areas}, threshold)
