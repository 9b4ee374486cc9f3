"""Works out which figures may be shown, from the exact ones; knows no database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from poverty.disclosure import (
    THRESHOLD,
    Cell,
    Count,
    NotProtectable,
    hidden_cells,
    round_sum,
    rounded_count,
    rounded_share,
    unsettled_months,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

ALL: Final = "all"
STRATA: Final = ("urban", "rural")
ETHNICITIES: Final = tuple(f"ethnicity:{name}" for name in ("bumiputera", "chinese", "indian", "other"))
AGES: Final = tuple(f"age:{name}" for name in ("age_0_14", "age_15_64", "age_65_over", "age_unknown"))
SHARES: Final = ("located", "review_overdue", "quality_open")
LEAST_FOR_GAP: Final = 10
"""Poor households that a shortfall must be of before it is shown."""
TREES: Final = (("country", "state", "district", "mukim"), ("country", "state", "parliament", "dun"), ("catchment",))
"""Levels of areas that add up, from the top down."""
_REST: Final = "~"
"""Ends the code of what an area holds beyond the areas inside it that are known."""

Pair = tuple[int, int]
Counts = dict[Cell, Pair]


class Place(NamedTuple):
    """An area, its level, and the area it lies in."""

    code: str
    level: str
    parent: str


class Shown(NamedTuple):
    """A row of what is published; ``None`` is hidden."""

    area: str
    month: date
    cut: str
    tegar: int | None
    miskin: int | None
    gap_rm: Decimal | None


class AidFigures(NamedTuple):
    """What aid reached whom in an area and cut; of what is published, ``None`` is hidden."""

    area: str
    cut: str
    aided: int | None
    never: int | None
    households: int | None
    amount_rm: Decimal | None


@dataclass(frozen=True, slots=True)
class Exact:
    """The exact figures: counts by (area, cut) of now and of each closed month, and shortfalls in RM a month.

    ``told`` is what is known of a month as an earlier publication told it, ``None`` where that was hidden; of the
    running month as the last one did.
    """

    places: Sequence[Place]
    this_month: date
    now: Counts
    months: Mapping[date, Counts]
    gaps: Mapping[date, Mapping[Cell, Decimal]]
    threshold: int = THRESHOLD
    told: Mapping[date, Mapping[Cell, Pair | None]] = field(default_factory=dict)


@dataclass(slots=True)
class Planned:
    """What may be shown, and the cuts of which nothing may since a small count would follow."""

    rows: list[Shown] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def plan_counts(exact: Exact) -> Planned:
    """Return every count of every area, month and cut but zeros, with those hidden that must be.

    Raises:
        NotProtectable: a small count of areas would follow from others; nothing may be shown.

    """
    planned = Planned()
    unsettled = _unsettled(exact)
    for month, counts in (*sorted(exact.months.items()), (exact.this_month, exact.now)):
        running = month == exact.this_month
        held = (unsettled.get(month, set()), _hidden_before(exact, counts, month))
        hidden = _hidden_cells(exact, counts, (ALL,), planned, held=held)
        areas = frozenset(area for area, _ in hidden)
        for cuts in (STRATA, ETHNICITIES, AGES) if running else (STRATA,):
            hidden |= _hidden_cells(exact, counts, cuts, planned, held=held, areas=areas)
        gaps = exact.gaps.get(month, {})
        for place in exact.places:
            if not running and place.level not in TREES[0]:
                continue
            for cut in (ALL, *STRATA, *(ETHNICITIES + AGES if running else ())):
                cell = (place.code, cut)
                # who has nobody has no row, but for the country: its row says that the month was published
                if cell in hidden or any(counts.get(cell, ())) or cell == ("MY", ALL):
                    gap = None if running else gaps.get(cell, Decimal(0))
                    planned.rows.append(_shown(cell, month, counts, gap, hidden=hidden))
    return planned


def plan_faults(
    places: Sequence[Place], faults: Mapping[Cell, int], kinds: Sequence[str], *, threshold: int = THRESHOLD
) -> dict[Cell, int | None]:
    """Return the households with a fault of each kind by (area, kind), ``None`` where hidden.

    A household may have several faults, so the kinds do not add up.
    """
    shown = [place for place in places if place.level in TREES[0][:3]]
    sums = dict(faults)
    for kind in kinds:
        sums["MY", kind] = sum(faults.get((place.code, kind), 0) for place in shown if place.level == "state")
    levels = _levels(shown, TREES[0][:3], {cell: (count,) for cell, count in sums.items()}, kinds)
    hidden = hidden_cells(levels, threshold=threshold)
    return {
        (place.code, kind): None if (place.code, kind) in hidden else sums.get((place.code, kind), 0)
        for place in shown
        for kind in kinds
    }


def plan_projects(projects: Mapping[Cell, int]) -> dict[Cell, int | None]:
    """Return how many projects of a type an area has by (area, type), rounded by itself; ``None`` for too few.

    What an area has is rounded for itself, so that no sum of areas tells of another.
    """
    return {cell: rounded_count(count) for cell, count in projects.items()}


def plan_shares(
    places: Sequence[Place],
    workloads: Mapping[str, Mapping[str, int]],
    *,
    hidden_areas: Collection[str],
    threshold: int = THRESHOLD,
) -> dict[Cell, Decimal | None]:
    """Return shares of households by (area, indicator), rounded by their number; ``None`` where hidden.

    ``workloads`` holds for each district the households and how many of them each indicator counts.
    """
    found: dict[Cell, Decimal | None] = {}
    for place in places:
        if place.level not in TREES[0][:3]:
            continue
        within = [
            counts for code, counts in workloads.items() if place.level == "country" or code.startswith(place.code)
        ]
        whole = sum(counts["households"] for counts in within)
        for indicator in SHARES:
            part = sum(counts[indicator] for counts in within)
            few = any(0 < count < threshold for count in (part, whole - part))
            hidden = few or place.code in hidden_areas
            found[place.code, indicator] = None if hidden else rounded_share(part, whole)
    return found


def plan_aid(places: Sequence[Place], exact: Iterable[AidFigures]) -> list[AidFigures]:
    """Return what of the aid of states and districts may be shown: counts rounded, money of households enough.

    Programmes, needs and agencies overlap in ways that nobody but the register knows, so that no count of theirs may be
    exact: each is to the nearest 5, and none is below 10. Where all of a row is hidden there is none: nine districts
    that are there, of a state with fewer than ten, would be one each.
    """
    levels = {place.code for place in places if place.level in TREES[0][:3]}
    rounded = (
        AidFigures(
            row.area,
            row.cut,
            rounded_count(row.aided),
            rounded_count(row.never),
            rounded_count(row.households),
            round_sum(row.amount_rm) if row.amount_rm is not None and rounded_count(row.households) else None,
        )
        for row in exact
        if row.area in levels
    )
    return [row for row in rounded if (row.aided, row.never, row.households) != (None, None, None)]


def _shown(cell: Cell, month: date, counts: Counts, gap_rm: Decimal | None, *, hidden: Collection[Cell]) -> Shown:
    if cell in hidden:
        return Shown(cell[0], month, cell[1], None, None, None)
    tegar, miskin = counts.get(cell, (0, 0))
    gap = None if gap_rm is None else _gap(tegar + miskin, gap_rm)
    return Shown(cell[0], month, cell[1], tegar, miskin, gap)


def _gap(poor: int, gap_rm: Decimal) -> Decimal | None:
    """The shortfall to the nearest 1,000, where it is of enough households."""
    return round_sum(gap_rm) if poor == 0 or poor >= LEAST_FOR_GAP else None


def _hidden_cells(
    exact: Exact,
    counts: Counts,
    cuts: Sequence[str],
    planned: Planned,
    *,
    held: tuple[Collection[Cell], Collection[Cell]],
    areas: frozenset[str] = frozenset(),
) -> set[Cell]:
    """The hidden cells of some cuts in all trees; where a cut cannot be protected, all of it.

    ``held`` are those unsettled in time, and those hidden before.
    """
    hidden: set[Cell] = set()
    for tree in TREES:
        levels = _levels(exact.places, tree, counts, cuts)
        rest = {row.cell for level in levels for row in level if row.area.endswith(_REST)}
        try:
            hidden |= hidden_cells(
                levels,
                additive=len(cuts) > 1,
                hidden_areas=areas,
                unsettled=held[0],
                kept=held[1],
                unknown=rest,
                threshold=exact.threshold,
            )
        except NotProtectable:
            if len(cuts) == 1:
                raise
            planned.refused.append(f"{tree[-1]} {cuts[0]}")
            hidden |= {(place.code, cut) for place in exact.places for cut in cuts if place.level in tree}
    return hidden


def _levels(
    places: Iterable[Place], tree: Sequence[str], counts: Mapping[Cell, tuple[int, ...]], cuts: Sequence[str]
) -> list[list[Count]]:
    """The counts of a tree level by level; of what lies in none of the areas inside, a row of its own."""
    width = len(next(iter(counts.values()), (0, 0)))
    empty = (0,) * width
    levels: dict[str, list[Count]] = {level: [] for level in tree}
    inside: dict[Cell, list[tuple[int, ...]]] = defaultdict(list)
    parts: set[str] = set()
    for place in places:
        # where nobody is in any cut nothing is to be hidden
        if place.level not in levels or not any(any(counts.get((place.code, cut), ())) for cut in cuts):
            continue
        parent = place.parent if place.level != tree[0] else ""
        parts.add(parent)
        for cut in cuts:
            row = Count(place.code, parent, cut, counts.get((place.code, cut), empty))
            levels[place.level].append(row)
            inside[parent, cut].append(row.counts)
    for upper, lower in pairwise(tree):
        for row in list(levels[upper]):
            if row.area in parts and not row.area.endswith(_REST):
                rest = tuple(map(_less, row.counts, zip(*inside[row.cell], strict=True)))
                if any(rest):
                    levels[lower].append(Count(f"{row.area}{_REST}", row.area, row.cut, rest))
    return [levels[level] for level in tree]


def _less(whole: int, parts: Iterable[int]) -> int:
    return max(0, whole - sum(parts))


def _unsettled(exact: Exact) -> dict[date, set[Cell]]:
    """For each month the cells of all and of each strata that stay hidden for the sake of the months around it."""
    months = [*sorted(exact.months), exact.this_month]
    by_month = [*(exact.months[month] for month in months[:-1]), exact.now]
    lasting = {place.code for place in exact.places if place.level in TREES[0]}
    cells = {
        (area, cut)
        for counts in by_month
        for (area, cut), pair in counts.items()
        if any(pair) and area in lasting and cut in {ALL, *STRATA}
    }
    found: dict[date, set[Cell]] = defaultdict(set)
    for cell in cells:
        pairs = [counts.get(cell, (0, 0)) for counts in by_month]
        for place in range(2):
            held = unsettled_months([pair[place] for pair in pairs], threshold=exact.threshold)
            for month, hidden in zip(months, held, strict=True):
                if hidden:
                    found[month].add(cell)
    return found


def _hidden_before(exact: Exact, counts: Counts, month: date) -> set[Cell]:
    """The cells that an earlier publication hid and that stay hidden, where as many are around them as were then.

    What was hidden with a small count may change though no count does. Side by side, each publication would show what
    the other hides.
    """
    told = exact.told.get(month, {})
    above = {place.code: place.parent for place in exact.places}

    def stands(area: str, cut: str) -> bool:
        known = told.get((area, cut))
        return known is not None and known == counts.get((area, cut), (0, 0))

    def stand_around(area: str, cut: str) -> bool:
        if cut != ALL and stands(area, ALL):
            return True
        while area := above.get(area, ""):
            if told.get((area, cut)) is not None:
                return stands(area, cut)
        return False

    return {cell for cell, pair in told.items() if pair is None and stand_around(*cell)}
