"""What a release for the public tells: counts to the nearest 5, none below 10, and no small one narrowed down.

Rounding alone does not protect: of a total of 20 in two districts that both are below 10, each has 9. So everything
that is told is put into one linear programme (:mod:`poverty.ranges`), and where a count below 10 could be narrowed to
less than five apart, the smallest count beside it is not told either, until none can. What planners read exactly, and
what an earlier release told of the same months, is put in beside it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from poverty.disclosure import LEAST_ROUNDED, THRESHOLD, NotProtectable, round_sum, rounded_count
from poverty.ranges import ANYTHING, Links, first_narrow, narrow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from poverty.ranges import Key, Range

APART: Final = 5
"""So far apart are at least the least and the greatest value that a count below 10 can have."""
LEAST_FOR_RATE: Final = 50
ALL: Final = "all"
STRATA: Final = ("urban", "rural")
ETHNICITIES: Final = tuple(f"ethnicity:{name}" for name in ("bumiputera", "chinese", "indian", "other"))
AGES: Final = tuple(f"age:{name}" for name in ("age_0_14", "age_15_64", "age_65_over", "age_unknown"))
MEASURES: Final = ("poor", "tegar")
_REST: Final = "miskin"
"""Who is poor and not hardcore poor: never told, and what planners read beside the hardcore poor."""


class Told(StrEnum):
    """How a count is told: as a number, as "below 10", or not at all for the sake of another."""

    NUMBER = "angka"
    BELOW = "bawah10"
    HELD = "tutup"


class Area(NamedTuple):
    """The country, a state or a district, and the area it lies in."""

    code: str
    parent: str


class Figure(NamedTuple):
    """One count as it is told; ``number`` and ``rate`` (per cent) only where it is one."""

    key: Key
    told: Told
    number: int | None
    rate: Decimal | None = None


class AidFigure(NamedTuple):
    """Households that a programme reached in an area in a year, and RM where they tell nobody more."""

    area: str
    told: Told
    households: int | None
    amount_rm: Decimal | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of the same counts otherwise: ranges told earlier, and which counts planners read exactly.

    ``held``: what was not told for the sake of another, and is not told later, when that other is out of sight.
    """

    ranges: Mapping[Key, Sequence[Range]] = field(default_factory=dict)
    held: Collection[Key] = ()
    read: Collection[Key] | None = None


_NOTHING: Final = Beside()


def plan_month(
    areas: Sequence[Area],
    counts: Mapping[Key, int],
    *,
    cuts: Collection[str] = (),
    census: Mapping[str, int],
    beside: Beside = _NOTHING,
) -> list[Figure]:
    """How the counts of a month by (measure, area, cut) are told; of ``cuts`` (of states) those that are asked for.

    Raises:
        NotProtectable: what is known already narrows a small count down; nothing may be told.

    """
    links, truth = links_of_month(areas, counts, cuts=cuts)
    told = _protected(links, truth, beside)
    found = []
    for key, how in told.items():
        _, area, cut = key
        count = rounded_count(truth[key]) if how is Told.NUMBER else None
        households = census.get(str(area), 0)
        rate = _rate(count, households) if count and cut == ALL and count >= LEAST_FOR_RATE and households else None
        found.append(Figure(key, how, count, rate))
    return found


def plan_aid(
    areas: Sequence[Area], households: Mapping[str, int], amounts: Mapping[str, Decimal], *, beside: Beside = _NOTHING
) -> list[AidFigure]:
    """How the households that a programme reached in a year are told, by area, and with which the money.

    Where a programme gives every household the same, its money divided by it is a count: so money is told only where
    the households might as well be told exactly.
    """
    links, truth = links_of_aid(areas, households)
    # what is part of a count below 10 can be all of it or nothing, whatever that is
    covered = {part for whole, parts in links.sums if truth[whole] < LEAST_ROUNDED for part in parts}
    small = [key for key, count in truth.items() if count < LEAST_ROUNDED and key not in covered]
    told = _rounded(truth)
    _hold_until_wide(links, truth, told, small, beside=beside, wide=APART)
    paid = {key for key, how in told.items() if how is Told.NUMBER}
    while paid:
        exact = {key: (truth[key], truth[key]) for key in paid}
        found = narrow(links, _with_earlier(ranges_of(told, truth) | exact, truth, beside), small, wide=APART)
        if not found:
            break
        # where nothing beside a count has money that could be left out, what does lies further off
        paid -= {near for key in found for near in links.beside(key)} & paid or paid
    return [
        AidFigure(
            str(key[1]),
            how,
            rounded_count(truth[key]) if how is Told.NUMBER else None,
            round_sum(amounts[str(key[1])]) if key in paid else None,
        )
        for key, how in told.items()
    ]


def links_of_month(
    areas: Sequence[Area], counts: Mapping[Key, int], *, cuts: Collection[str] = ()
) -> tuple[Links, dict[Key, int]]:
    """What joins the counts of a month, and what each of them is."""
    links = Links()
    truth: dict[Key, int] = {}
    inside = _inside(areas)
    for measure in (*MEASURES, _REST):
        for area in areas:
            for cut in (ALL, *(cuts if len(area.code) == 2 else ())):  # noqa: PLR2004 - the country and states
                key = (measure, area.code, cut)
                truth[key] = (
                    truth["poor", area.code, cut] - truth["tegar", area.code, cut]
                    if measure == _REST
                    else counts.get(key, 0)
                )
                parts = inside.get(area.code, []) if cut == ALL or area.parent == "" else []
                if parts:
                    links.sums.append((key, tuple((measure, part, cut) for part in parts)))
            for slices in (STRATA, ETHNICITIES):
                if (measure, area.code, slices[0]) in truth:
                    links.sums.append(((measure, area.code, ALL), tuple((measure, area.code, cut) for cut in slices)))
    links.sums += [(key, (("tegar", *key[1:]), (_REST, *key[1:]))) for key in truth if key[0] == "poor"]
    return links, truth


def links_of_aid(areas: Sequence[Area], households: Mapping[str, int]) -> tuple[Links, dict[Key, int]]:
    """The same for a programme in a year, by area."""
    truth: dict[Key, int] = {("aid", area.code): households.get(area.code, 0) for area in areas}
    sums = [(("aid", code), tuple(("aid", part) for part in parts)) for code, parts in _inside(areas).items() if code]
    return Links(sums=list(sums)), truth


def ranges_of(told: Mapping[Key, Told], truth: Mapping[Key, int]) -> dict[Key, Range]:
    """What each count may be for who reads how it is told; who is not told of one knows that it is not below 10."""
    found: dict[Key, Range] = dict.fromkeys(truth, ANYTHING)
    for key, how in told.items():
        found[key] = range_of(how, rounded_count(truth[key]))
    return found


def range_of(how: Told, count: int | None) -> Range:
    """What a count may be that is told in this way."""
    if how is Told.NUMBER and count is not None:
        return (max(LEAST_ROUNDED, count - 2), count + 2)
    return (0, LEAST_ROUNDED - 1) if how is Told.BELOW else (LEAST_ROUNDED, inf)


def _rounded(truth: Mapping[Key, int]) -> dict[Key, Told]:
    return {
        key: Told.BELOW if count < LEAST_ROUNDED else Told.NUMBER for key, count in truth.items() if key[0] != _REST
    }


def _protected(links: Links, truth: Mapping[Key, int], beside: Beside) -> dict[Key, Told]:
    """How each count is told so that none below 10 is narrowed down, and nothing further for who reads more."""
    told = _rounded(truth)
    told |= {key: Told.HELD for key in beside.held if told.get(key) is Told.NUMBER}
    covered = _covered_parts(links, told, beside)
    small = [key for key, how in told.items() if how is Told.BELOW and key not in covered]
    # slices last, so that what is held for a slice is a slice
    small.sort(key=lambda key: (key[-1] != ALL, key))
    _hold_until_wide(links, truth, told, small, beside=replace(beside, read=None), wide=APART)
    # what planners are not told are the counts from 1 to 4; they know what a release tells as well
    _hold_until_wide(links, truth, told, _unread_small(truth, beside), beside=beside, wide=1)
    return told


def _covered_parts(links: Links, told: Mapping[Key, Told], beside: Beside) -> set[Key]:
    """Districts of states with fewer than ten poor: all of the state may be in any of them, however few it are.

    They need no trial of their own, unless an earlier release told of one of them otherwise.
    """
    found = set()
    for whole, parts in links.sums:
        if whole[0] == "poor" and whole[-1] == ALL and told.get(whole) is Told.BELOW and _same_cut(whole, parts):
            both = {(measure, *key[1:]) for key in (whole, *parts) for measure in MEASURES}
            if all(one == (0, LEAST_ROUNDED - 1) for key in both for one in beside.ranges.get(key, ())):
                found |= {(measure, *key[1:]) for key in parts for measure in MEASURES}
    return found


def _same_cut(whole: Key, parts: Sequence[Key]) -> bool:
    return all(part[0] == whole[0] and part[1] != whole[1] for part in parts)


def _hold_until_wide(
    links: Links, truth: Mapping[Key, int], told: dict[Key, Told], asked: Sequence[Key], *, beside: Beside, wide: int
) -> None:
    """Tell less until each of the counts asked for can be this much apart. Telling less narrows nothing down."""
    exact = {key: (truth[key], truth[key]) for key in beside.read or () if key in truth}
    left = list(asked)
    while left:
        ranges = _with_earlier(ranges_of(told, truth) | exact, truth, beside)
        found, left = first_narrow(links, ranges, left, wide=wide)
        if found is not None:
            told[_one_more(links, truth, told, found)] = Told.HELD


def _unread_small(truth: Mapping[Key, int], beside: Beside) -> list[Key]:
    """The counts from 1 to 4 that are hidden from planners: of hardcore poor, and of the other poor."""
    if beside.read is None:
        return []
    return [
        key
        for key, n in truth.items()
        if key[0] != "poor" and 0 < n < THRESHOLD and _covered(key) and key not in beside.read
    ]


def _covered(key: Key) -> bool:
    return not str(key[2]).startswith(("ethnicity:", "age:"))


def _with_earlier(ranges: Mapping[Key, Range], truth: Mapping[Key, int], beside: Beside) -> dict[Key, Range]:
    """The ranges with those told earlier, as far as the count is still the one that they were told of."""
    found = dict(ranges)
    for key, others in beside.ranges.items():
        for low, high in others:
            if key in found and low <= truth[key] <= high:
                found[key] = (max(found[key][0], low), min(found[key][1], high))
    return found


def _one_more(links: Links, truth: Mapping[Key, int], told: Mapping[Key, Told], key: Key) -> Key:
    """The smallest number near a count that may be left out for it: parts before their whole.

    For the sake of a slice (strata, ethnicity, age) first slices are left out, near and further off; the total of an
    area, which people look for, comes last.

    Raises:
        NotProtectable: there is none left.

    """
    wholes = {whole for whole, parts in links.sums if key in parts}
    seen, near = {key}, [key]
    totals: list[Key] = []
    while near:
        near = [other for one in near for other in links.beside(one) if other not in seen]
        near = list(dict.fromkeys(near))
        seen.update(near)
        left = [other for other in near if told.get(other) is Told.NUMBER]
        slices = [other for other in left if other[-1] != ALL or key[-1] == ALL]
        if slices:
            return min(slices, key=lambda other: (other in wholes, truth[other], other))
        totals = totals or left
    if not totals:
        raise NotProtectable
    return min(totals, key=lambda other: (other in wholes, truth[other], other))


def _inside(areas: Iterable[Area]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for area in areas:
        if area.parent:
            found[area.parent].append(area.code)
    return found


def _rate(count: int, households: int) -> Decimal:
    # of the rounded count: of the exact one it would tell that
    return (Decimal(100 * count) / households).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
