"""Attacks releases as anybody could: every approved one, all months, put together as ranges that have to add up.

The ranges of a count are those of all releases that tell of it at once, but for what was corrected between them. For
each count told as below 10, linear programming finds the least and the most that all of this leaves; less than five
apart, it was narrowed down. Of the truth nothing is used but which counts were corrected: that may be guessed rightly.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from poverty.ranges import ANYTHING, Links, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy import Connection

    from poverty.ranges import Key, Range
    from registry.publishing.figures import Exact

APART: Final = 5
_STRATA: Final = ("urban", "rural")
_ETHNICITIES: Final = tuple(f"ethnicity:{name}" for name in ("bumiputera", "chinese", "indian", "other"))
_ALL: Final = "all"
_KNOWN: Final = (_ALL, *_STRATA)
"""Cuts of which closed months keep the truth."""
_LEAST: Final = 10
_MOST: Final = 10**7


@dataclass(slots=True)
class Narrowed:
    """How many counts below 10 were tried, and those narrowed down, with what is left of each."""

    tried: int = 0
    found: list[tuple[Any, ...]] = field(default_factory=list)


@dataclass(slots=True)
class SeenReleases:
    """What anybody reads: ranges of counts by month and of aid by (year, programme), and which areas lie in which."""

    parents: Mapping[str, str]
    truth: Mapping[date, Mapping[Key, int]]
    months: dict[date, dict[Key, Range]] = field(default_factory=lambda: defaultdict(dict))
    aid: dict[tuple[int, str], dict[Key, Range]] = field(default_factory=lambda: defaultdict(dict))
    below: set[tuple[Any, Key]] = field(default_factory=set)

    def put(self, of: Any, key: Key, told: str, count: int | None) -> None:
        """Put what one release tells of a count to what is known of it, unless it was corrected since."""
        known = self.aid[of] if isinstance(of, tuple) else self.months[of]
        least, most = known.get(key, ANYTHING)
        low, high = _range(told, count)
        if isinstance(of, tuple) or key[2] not in _KNOWN or low <= self.truth[of].get(key, 0) <= high:
            known[key] = (max(least, low), min(most, high))
        if told == "bawah10":
            self.below.add((of, key))


def seen_releases(connection: Connection, truth: Mapping[date, Mapping[Key, int]]) -> SeenReleases:
    """Everything of approved releases, in the order in which they were made; ``truth``: the counts, by month."""
    areas = connection.execute(text("SELECT DISTINCT area_code, parent_code FROM ekasih.release_area"))
    seen = SeenReleases({row.area_code: row.parent_code for row in areas}, truth)
    for row in connection.execute(
        text("""
            SELECT c.month, c.measure, c.area_code, c.cut, c.told, c.count FROM ekasih.release_count AS c
            JOIN ekasih.release AS r ON r.id = c.release_id AND r.state = 'diluluskan' ORDER BY r.id
        """)
    ):
        seen.put(row.month, (row.measure, row.area_code, row.cut), row.told, row.count)
    for row in connection.execute(
        text("""
            SELECT a.year, a.programme_code, a.area_code, a.told, a.households FROM ekasih.release_aid AS a
            JOIN ekasih.release AS r ON r.id = a.release_id AND r.state = 'diluluskan' ORDER BY r.id
        """)
    ):
        seen.put((row.year, row.programme_code), ("aid", row.area_code), row.told, row.households)
    return seen


def rounded_alone(seen: SeenReleases) -> SeenReleases:
    """What would be read if counts were only rounded, and none left out for another: the attack must succeed."""
    bare = SeenReleases(seen.parents, seen.truth)
    for month, ranges in seen.months.items():
        for key in (key for key in ranges if key[2] in _KNOWN):
            count = seen.truth[month].get(key, 0)
            number = count >= _LEAST
            bare.put(month, key, "angka" if number else "bawah10", (count + 2) // 5 * 5 if number else None)
    return bare


def true_counts(exact: Exact) -> dict[date, dict[Key, int]]:
    """The poor and hardcore poor of an area, all and by strata, by month."""
    return {
        month: {
            (measure, area, cut): tegar + (miskin if measure == "poor" else 0)
            for (area, cut), (tegar, miskin) in pairs.items()
            for measure in ("poor", "tegar")
        }
        for month, pairs in exact.months.items()
    }


def attack_releases(seen: SeenReleases) -> Narrowed:
    """Try every count below 10 of every month and of all aid."""
    taken = Narrowed()
    for of, ranges in (*seen.months.items(), *seen.aid.items()):
        try:
            _try(taken, seen, of, ranges)
        except ValueError:
            # strata of a month as they were before it was corrected do not fit its totals of today
            _try(taken, seen, of, {key: known for key, known in ranges.items() if key[2] == _ALL})
    return taken


def _try(taken: Narrowed, seen: SeenReleases, of: Any, ranges: Mapping[Key, Range]) -> None:
    links = _links(seen.parents, ranges)
    below = [key for key in ranges if (of, key) in seen.below]
    found = narrow(links, ranges, below, wide=APART)
    taken.tried += len(below)
    taken.found += [(of, *key, *left) for key, left in found.items()]


def planners_bounds(seen: SeenReleases) -> dict[tuple[date, tuple[str, str]], tuple[int, int]]:
    """What releases tell planners of counts that are hidden from them, by (month, (area, indicator))."""
    indicators = {"tegar": "tegar", "poor": "miskin"}
    return {
        (month, (str(key[1]), indicators[str(key[0])])): (int(low), _MOST if high == inf else int(high))
        for month, ranges in seen.months.items()
        for key, (low, high) in ranges.items()
        if key[2] == _ALL
    }


def _range(told: str, count: int | None) -> Range:
    if count is not None:
        return (max(_LEAST, count - 2), count + 2)
    return (0, _LEAST - 1) if told == "bawah10" else (_LEAST, inf)


def _links(parents: Mapping[str, str], ranges: Iterable[Key]) -> Links:
    """The sums that the tables say for themselves: of areas, of strata and of ethnicities; and who is hardcore poor."""
    keys = set(ranges)
    links = Links()
    inside: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        above = (key[0], parents[str(key[1])], *key[2:])
        if above in keys:
            inside[above].append(key)
    links.sums += [(whole, tuple(parts)) for whole, parts in inside.items()]
    for key in keys:
        if key[0] != "aid" and key[2] == _ALL:
            for cuts in (_STRATA, _ETHNICITIES):
                parts = tuple((*key[:2], cut) for cut in cuts)
                if keys.issuperset(parts):
                    links.sums.append((key, parts))
        if key[0] == "tegar":
            links.within.append((key, ("poor", *key[1:])))
    return links
