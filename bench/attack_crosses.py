"""Attacks what a planner reads of the running month, all of it together: counts, tables by two cuts, shares, faults.

By one cut counts are exact, by two they are rounded; what is exact in one table is a margin of the other. Shares are of
all households, of which the poor are some, and those with any fault are no more than all faults together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, combinations, product
from math import inf
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from bench.attack import Taken
from bench.joined import Joined
from poverty.disclosure import LEAST_ROUNDED
from registry.publishing.crossing import CUTS, CutRow, areas_of
from registry.publishing.figures import ALL, ETHNICITIES, SHARES, STRATA, TREES
from registry.publishing.publish import read_faults, read_workloads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from bench.joined import Key
    from registry.publishing.figures import Exact, Place

    Rows = Sequence[Any]

CROSSED: Final = (
    "published_count",
    "published_cross",
    "published_cross_state",
    "published_share",
    "published_fault",
)
"""The tables that are joined here; bench/attack_analysis.py has those of closed months."""
_STATUSES: Final = ("tegar", "miskin")
_OF: Final = {1: (10, 99), 2: (100, 999), 3: (1000, inf)}
_CUT_ROWS: Final = text(f"SELECT {', '.join(('area_code', *CUTS, *_STATUSES))} FROM ekasih.household_cut")


@dataclass(frozen=True, slots=True)
class TruthNow:
    """The exact figures of the running month, as the owner of the register reads them."""

    exact: Exact
    cuts: Sequence[CutRow]
    workloads: Mapping[str, Mapping[str, Any]]
    faults: Mapping[tuple[str, str], int]


def read_now(connection: Connection, exact: Exact) -> TruthNow:
    """Read what the attack is judged by."""
    cuts = [CutRow(*row) for row in connection.execute(_CUT_ROWS)]
    return TruthNow(exact, cuts, read_workloads(connection), read_faults(connection))


def attack_crosses(truth: TruthNow, seen: Mapping[str, Rows] | None) -> Taken:
    """Try every small count of the running month; without ``seen`` all but the small ones are told.

    All areas are joined by what is told by one cut, the country and its states, and each state and what lies in it, by
    tables of two cuts as well.
    """
    places = [place for place in truth.exact.places if place.level in TREES[0]]
    states = [place.code for place in places if place.level == "state"]
    groups = [[place for place in places if place.level in {"country", "state"}]]
    groups += [[place for place in places if place.code.startswith(state)] for state in states]
    taken = Taken()
    for number, group in enumerate([places, *groups]):
        now = _Now(truth, group, crossed=number > 0)
        if seen is None:
            now.joined.tell_all_but_small()
        else:
            now.join(seen)
        found = now.joined.solve()
        taken.hidden += found.hidden
        for known, more in ((taken.recovered, found.recovered), (taken.small, found.small)):
            known += [entry for entry in more if entry not in known]
    return taken


def _cut_of(name: str) -> str:
    """A cut by the name that tables by two cuts have for it."""
    return f"strata:{name}" if name in STRATA else name


class _Now:
    """The counts of the running month, and what tells of them."""

    def __init__(self, truth: TruthNow, places: Sequence[Place], *, crossed: bool) -> None:
        self.joined = Joined()
        self._truth, self._places = truth, places
        self._pairs = list(combinations(CUTS, 2)) if crossed else []
        self._parents = {place.code: place.parent for place in self._places}
        self._put_counts()
        self._put_cuts()
        self._put_others()
        self._add_up()

    def _put_counts(self) -> None:
        for place in self._places:
            for cut in (ALL, *STRATA, *ETHNICITIES):
                for status, count in zip(_STATUSES, self._truth.exact.now.get((place.code, cut), (0, 0)), strict=True):
                    if any(self._truth.exact.now.get((place.code, ALL), ())):
                        self.joined.count((status, place.code, _cut_of(cut)), count)

    def _own(self, district: str) -> list[str]:
        """Those of the areas that a household of a district is counted in."""
        return [area for area in areas_of(district) if area in self._parents]

    def _put_cuts(self) -> None:
        single: dict[Key, int] = defaultdict(int)
        double: dict[Key, int] = defaultdict(int)
        for row in self._truth.cuts:
            named = [f"{cut}:{value}" for cut, value in zip(CUTS, row[1:-2], strict=True)]
            for area in self._own(row.area_code):
                for name, (status, count) in product(named, (("tegar", row.tegar), ("miskin", row.miskin))):
                    single[status, area, name] += count
                for first, second in combinations(named, 2) if self._pairs else ():
                    double["poor", area, first, second] += row.tegar + row.miskin
        names = sorted({str(name) for _, _, name in single})
        self._values = {cut: [name for name in names if name.startswith(f"{cut}:")] for cut in CUTS}
        self._crossed = sorted({str(area) for _, area, _ in single})
        for area in self._crossed:
            for key in product(_STATUSES, (area,), names):
                if key not in self.joined.truth:
                    self.joined.count(key, single[key])
            for first, second in self._pairs:
                for one, other in product(self._values[first], self._values[second]):
                    self.joined.count(("poor", area, one, other), double["poor", area, one, other])

    def _put_others(self) -> None:
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for code, counts in self._truth.workloads.items():
            for area, name in product(self._own(code), ("households", *SHARES)):
                sums[area, name] += counts[name]
        for (area, name), count in sums.items():
            if name == "households":
                self.joined.count(("all", area), count)
                continue
            yes, no, whole = ("share", area, name), ("no share", area, name), ("all", area)
            self.joined.count(yes, count)
            # an exited household that was seen again has a fault and is none of them
            if count <= sums[area, "households"]:
                self.joined.count(no, sums[area, "households"] - count)
                self.joined.same([(yes, 1), (no, 1), (whole, -1)])
        faults: dict[Key, int] = defaultdict(int)
        for (area, kind), count in self._truth.faults.items():
            if area in self._parents:
                faults["fault", area, kind] += count
            if self._parents.get(area) == "MY" and "MY" in self._parents:
                faults["fault", "MY", kind] += count
        for key, count in faults.items():
            self.joined.count(key, count)

    def _add_up(self) -> None:
        put = self.joined
        inside: dict[Key, list[Key]] = defaultdict(list)
        for key in list(put.truth):
            if parent := self._parents.get(str(key[1])):
                inside[(key[0], parent, *key[2:])].append(key)
        for whole, parts in inside.items():
            terms = [*((key, 1.0) for key in parts), (whole, -1.0)]
            if whole in put.truth and not put.between(terms, 0, 0):
                put.between(terms, -inf, 0)
        self._add_up_cuts()

    def _add_up_cuts(self) -> None:
        put = self.joined
        for place in self._places:
            for status, cuts in product(_STATUSES, ([f"strata:{one}" for one in STRATA], ETHNICITIES)):
                put.between([*(((status, place.code, cut), 1) for cut in cuts), ((status, place.code, ALL), -1)], 0, 0)
        for area in self._crossed:
            for status, cut in product(_STATUSES, CUTS):
                parts = [((status, area, name), 1) for name in self._values[cut]]
                put.between([*parts, ((status, area, ALL), -1)], 0, 0)
            for first, second in self._pairs:
                self._cross(area, first, second)
                self._cross(area, second, first)
            poor = [((status, area, ALL), 1.0) for status in _STATUSES]
            put.between([*poor, (("all", area), -1)], -inf, 0)
            kinds = [key for key in put.truth if key[:2] == ("fault", area)]
            put.between([(("share", area, "quality_open"), 1), *((key, -1) for key in kinds)], -inf, 0)
            for key in kinds:
                put.between([(key, 1), (("share", area, "quality_open"), -1)], -inf, 0)

    def _cross(self, area: str, first: str, second: str) -> None:
        for one in self._values[first]:
            cells: list[Key] = [
                ("poor", area, *((one, other) if CUTS.index(first) < CUTS.index(second) else (other, one)))
                for other in self._values[second]
            ]
            margin = [((status, area, one), -1) for status in _STATUSES]
            self.joined.between([*((cell, 1) for cell in cells), *margin], 0, 0)

    def join(self, rows: Mapping[str, Rows]) -> None:
        """Join what is told."""
        self._join_counts(rows["published_count"])
        self._join_crosses(rows["published_cross"])
        for row in rows["published_share"]:
            if row.share is not None:
                places = -int(row.share.as_tuple().exponent)
                value, half = float(row.share), 0.5 * 10.0**-places
                self.joined.is_between(("all", row.area_code), *_OF[places])
                for way, low, high in ((half, 0, inf), (-half, -inf, 0)):
                    key = ("share", row.area_code, row.indicator_code)
                    self.joined.between([(key, 1), (("all", row.area_code), way - value)], low, high)
        for row in rows["published_fault"]:
            if row.households is not None:
                self.joined.is_between(("fault", row.area_code, row.kind), row.households, row.households)

    def _join_counts(self, rows: Rows) -> None:
        known = {ALL, *STRATA, *ETHNICITIES}
        told = {
            (row.area_code, row.cut): (row.tegar, row.miskin)
            for row in rows
            if row.month == self._truth.exact.this_month and row.cut in known and row.area_code in self._parents
        }
        for area, cut in product(self._parents, known):
            # where there is no row there is nobody
            pair = told.get((area, cut), (0, 0))
            for status, count in zip(_STATUSES, pair, strict=True):
                if count is not None and not self.joined.is_between((status, area, _cut_of(cut)), count, count):
                    raise AssertionError(f"not what the records count: {area} {cut}")

    def _join_crosses(self, rows: Rows) -> None:
        told = {(row.area_code, row.first, row.second): row.households for row in rows}
        cuts = {first.partition(":")[0] for _, first, second in told if second.startswith("status:")}
        margins: set[tuple[str, str]] = set()
        for area, name in product(self._crossed, (ALL, *chain.from_iterable(self._values.values()))):
            counts = [told.get((area, name, f"status:{status}"), 0) for status in _STATUSES]
            # of another day than the counts, one may guess where nothing has changed since
            if name.partition(":")[0] in cuts and None not in counts:
                ends = [((status, area, name), count) for status, count in zip(_STATUSES, counts, strict=True)]
                if sum(self.joined.is_between(key, count, count) for key, count in ends) == len(ends):
                    margins.add((area, name))
        for key in [key for key in self.joined.truth if key[0] == "poor"]:
            _, area, first, second = (str(name) for name in key)
            rounded = told.get((area, first, second))
            if rounded is not None:
                self.joined.is_between(key, max(LEAST_ROUNDED, rounded - 2), rounded + 2)
            elif {(area, first), (area, second)} <= margins:
                # a rare cell is missing since it is below ten, more often than not
                self.joined.is_between(key, 0, LEAST_ROUNDED - 1)
