"""Attacks what a planner reads of closed months, all of it together: counts, reports, measures, compared areas, groups.

Each of these was protected by itself. Here they are joined as ranges of the same counts: a share within its rounding,
of as many households as its decimals say; indicators of the multidimensional measure that make up its score; counts as
a report tells them and as they are published by now; a figure that stands, since fewer than five have changed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from bench.joined import Joined
from poverty.disclosure import LEAST_ROUNDED
from poverty.months import month_end
from registry.measuring.models import MpiMonth, PovertyMonth
from registry.measuring.report import census
from registry.measuring.structures import kept_structures
from registry.publishing.figures import ALL, STRATA, TREES
from registry.simulations.groups import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from bench.attack import Taken
    from bench.joined import Key
    from poverty.multidimensional import Structure
    from registry.publishing.figures import Counts, Exact

    Rows = Sequence[Any]

JOINED: Final = (
    "published_count",
    "report_count",
    "published_poverty",
    "published_mpi",
    "area_look",
    "area_pocket",
    "simulation_group",
)
"""The tables that are joined here; bench/attack_crosses.py has those of the running month."""
_STATUSES: Final = ("tegar", "miskin")
_BASES: Final = ("household", "person")
_OF: Final = {1: (10, 99), 2: (100, 999), 3: (1000, inf)}
"""Of how many households a share is, by its decimals."""
_CHANGED: Final = 4
"""How many households of an area may have changed while its figure stands."""
_STATUSES_OF_GROUPS: Final = 4
_INCOME: Final = "pendapatan_bawah_pgk"
"""The indicator of the multidimensional measure that says who is poor by income."""
_REGISTERED: Final = text("""
    SELECT m.month, m.area_code, m.strata, sum(m.households)::bigint AS households
    FROM ekasih.headcount_month AS m JOIN ekasih.area AS a ON a.code = m.area_code AND a.level = 'state'
    GROUP BY m.month, m.area_code, m.strata
""")


@dataclass(frozen=True, slots=True)
class Truth:
    """The exact figures of closed months, as the owner of the register reads them."""

    exact: Exact
    poverty: Mapping[date, Mapping[tuple[str, str], Any]]
    mpi: Mapping[date, Mapping[tuple[str, str], Any]]
    registered: Mapping[date, Mapping[tuple[str, str], int]]
    structures: Mapping[str, Structure]
    census: Mapping[str, tuple[int, int]]


def read_truth(connection: Connection, exact: Exact) -> Truth:
    """Read what the attack is judged by."""
    registered: dict[date, dict[tuple[str, str], int]] = defaultdict(dict)
    for row in connection.execute(_REGISTERED):
        registered[row.month][row.area_code, row.strata] = int(row.households)
    found: list[dict[date, dict[tuple[str, str], Any]]] = []
    for table in (PovertyMonth, MpiMonth):
        by_month: dict[date, dict[tuple[str, str], Any]] = defaultdict(dict)
        for row in connection.execute(select(table)):
            by_month[row.month][row.area_code, row.basis] = row
        found.append(by_month)
    structures = {one.code: one for one in kept_structures(connection)}
    return Truth(exact, found[0], found[1], registered, structures, census(connection))


def seen_analysis(connection: Connection, tables: Iterable[str] = JOINED) -> dict[str, Rows]:
    """All rows of the joined tables that the acting user reads."""
    # names of our own tables, none of them given
    return {name: connection.execute(text(f'SELECT * FROM ekasih."{name}"')).all() for name in tables}


def attack_analysis(truth: Truth, seen: Mapping[str, Rows] | None) -> Taken:
    """Try every small count of the closed months of which measures were published, and of those told in two ways.

    Without ``seen`` every count of the newest is told as it is but those that are small: the attack must succeed.
    """
    joined = Joined()
    rows = seen or {}
    months = {max(truth.poverty)} if seen is None else _months(rows)
    for month in sorted(months & truth.exact.months.keys()):
        one = _Month(joined, truth, month)
        one.put(_hidden(rows, month))
        if seen is not None:
            one.join(rows)
    if seen is None:
        joined.tell_all_but_small()
    else:
        _join_standing(joined, rows["published_poverty"])
    return joined.solve()


def _months(rows: Mapping[str, Rows]) -> set[date]:
    """The months that measures are of or stood in, and those that reports tell otherwise than they are published."""
    pairs = [
        {(row.month, row.area_code, row.cut, row.tegar, row.miskin) for row in rows[table] if row.cut in {ALL, *STRATA}}
        for table in ("published_count", "report_count")
    ]
    told = {row[0] for row in pairs[1]}
    found = {row[0] for row in pairs[0] ^ pairs[1]} & told
    for row in rows["published_poverty"]:
        found |= {row.month, row.figure_month}
    return found


def _hidden(rows: Mapping[str, Rows], month: date) -> set[tuple[str, str]]:
    """The cells whose counts are hidden in what is published or in reports."""
    return {
        (row.area_code, row.cut)
        for table in ("published_count", "report_count")
        for row in rows.get(table, ())
        if row.month == month and row.tegar is None
    }


class _Month:
    """The counts of a closed month, and what tells of them."""

    def __init__(self, joined: Joined, truth: Truth, month: date) -> None:
        self._joined, self._month = joined, month
        self._counts: Counts = truth.exact.months[month]
        self._places = [place for place in truth.exact.places if place.level in TREES[0]]
        self._parents = {place.code: place.parent for place in self._places}
        self._truth = truth
        self._poverty = truth.poverty.get(month, {})
        self._mpi = truth.mpi.get(month, {})

    def _key(self, *names: str) -> Key:
        return (self._month, *names)

    def put(self, hidden: set[tuple[str, str]]) -> None:
        """Put the counts, and what adds up."""
        for place in self._places:
            for cut in (ALL, *STRATA):
                pair = self._counts.get((place.code, cut), (0, 0))
                for status, count in zip(_STATUSES, pair, strict=True):
                    if count or (place.code, cut) in hidden:
                        self._joined.count(self._key(status, place.code, cut), count)
        for (area, basis), row in self._poverty.items():
            self._put_poverty(area, basis, row)
        for (area, basis), row in self._mpi.items():
            self._put_mpi(area, basis, row, self._truth.structures[row.structure])
        for (area, strata), count in self._truth.registered.get(self._month, {}).items():
            self._joined.count(self._key("registered", area, strata), count)
        self._add_up()

    def _put_poverty(self, area: str, basis: str, row: Any) -> None:
        put = self._joined
        n, poor, rest = (self._key(name, area, basis) for name in ("all", "poor", "rest"))
        for key, value in ((n, row.total), (poor, row.poor), (rest, row.total - row.poor)):
            put.count(key, value)
        put.same([(n, 1), (poor, -1), (rest, -1)])
        p1, p2 = (self._key(name, area, basis) for name in ("p1", "p2"))
        put.amount(p1, row.p1_sum)
        put.amount(p2, row.p2_sum)
        put.between([(p1, 1), (poor, -1)], -inf, 0)
        put.between([(p2, 1), (p1, -1)], -inf, 0)
        if basis == "household":
            put.amount(self._key("gap", area, basis), float(row.gap_rm))
            put.amount(self._key("income", area, basis), float(row.income_rm))
            put.same([(poor, 1), *((self._key(status, area, ALL), -1) for status in _STATUSES)])
        else:
            # whoever is counted lives in a household that is
            for name in ("poor", "rest"):
                put.between([(self._key(name, area, "household"), 1), (self._key(name, area, basis), -1)], -inf, 0)

    def _put_mpi(self, area: str, basis: str, row: Any, structure: Structure) -> None:
        put = self._joined
        of, poor, score = (self._key(f"mpi {name}", area, basis) for name in ("all", "poor", "score"))
        rest = self._key("mpi rest", area, basis)
        put.count(of, row.weight)
        put.count(poor, row.poor)
        put.count(rest, row.weight - row.poor)
        put.same([(of, 1), (poor, -1), (rest, -1)])
        put.amount(score, row.score)
        put.between([(score, 1), (poor, -structure.parts)], -inf, 0)
        put.between([(score, 1), (poor, -float(structure.cutoff * structure.parts))], 0, inf)
        for one, share, both in zip(structure.computed, row.deprived, row.deprived_poor, strict=True):
            # of the poor and of the others, those that are deprived of it and those that are not
            for whole, part in ((poor, both), (rest, share - both)):
                yes, no = ((*whole, one.code, said) for said in ("yes", "no"))
                put.count(yes, part)
                put.count(no, round(put.truth[whole]) - part)
                put.same([(whole, 1), (yes, -1), (no, -1)])
        weights = zip(structure.computed, structure.weights, strict=True)
        put.same([(score, -1), *(((*poor, one.code, "yes"), weight) for one, weight in weights)])
        if basis == "household":
            dropped, n = self._key("mpi dropped", area, basis), self._key("all", area, basis)
            put.count(dropped, row.dropped)
            put.same([(n, 1), (of, -1), (dropped, -1)])
            # who is deprived of income is who is poor, as far as the rest is known of them
            for name, said in (("poor", "yes"), ("rest", "no")):
                known = [((*whole, _INCOME, said), 1.0) for whole in (poor, rest)]
                put.between([*known, (self._key(name, area, basis), -1)], -inf, 0)
        else:
            for name in ("mpi poor", "mpi rest"):
                put.between([(self._key(name, area, "household"), 1), (self._key(name, area, basis), -1)], -inf, 0)

    def _add_up(self) -> None:
        put = self._joined
        for place in self._places:
            for status in _STATUSES:
                parts = [(self._key(status, place.code, cut), 1) for cut in STRATA]
                put.same([*parts, (self._key(status, place.code, ALL), -1)])
        inside: dict[Key, list[Key]] = defaultdict(list)
        for key in [key for key in put.truth if key[0] == self._month]:
            if parent := self._parents.get(str(key[2])):
                inside[(*key[:2], parent, *key[3:])].append(key)
        for whole, parts in inside.items():
            terms = [*((key, 1.0) for key in parts), (whole, -1.0)]
            # of mukims some households have none
            if whole in put.truth and not put.between(terms, 0, 0):
                put.between(terms, -inf, 0)
        for state in {area for area, _ in self._truth.registered.get(self._month, {})}:
            registered = [(self._key("registered", state, strata), 1.0) for strata in STRATA]
            if self._poverty:
                put.same([*registered, (self._key("all", state, "household"), -1)])
            for (key, _), strata in zip(registered, STRATA, strict=True):
                poor = [(self._key(status, state, strata), 1.0) for status in _STATUSES]
                put.between([*poor, (key, -1)], -inf, 0)

    def join(self, rows: Mapping[str, Rows]) -> None:
        """Join what is told of the month."""
        self._join_counts(rows["published_count"])
        self._join_told(rows["report_count"])
        for row in rows["published_poverty"]:
            if row.figure_month == self._month and row.value is not None:
                self._join_measure(row)
        for row in rows["published_mpi"]:
            if row.figure_month == self._month and row.value is not None:
                self._join_deprived(row)
        self._join_pockets(rows)
        self._join_groups(rows["simulation_group"])

    def _join_counts(self, rows: Rows) -> None:
        for row in rows:
            if row.month != self._month or row.tegar is None or row.area_code not in self._parents:
                continue
            for status in _STATUSES:
                count = getattr(row, status)
                if not self._joined.is_between(self._key(status, row.area_code, row.cut), count, count):
                    raise AssertionError(f"not what the records count: {row}")
            if row.gap_rm is not None and row.cut == ALL:
                gap = float(row.gap_rm)
                self._joined.is_between(self._key("gap", row.area_code, "household"), gap - 500, gap + 500)

    def _join_told(self, rows: Rows) -> None:
        """What reports tell, where what it is a part of is as it was: then nobody came or went, one may guess."""
        told = {
            (row.area_code, row.cut): (row.tegar, row.miskin)
            for row in rows
            if row.month == self._month and row.tegar is not None
        }
        for (area, cut), pair in told.items():
            wholes = [whole for whole in ((self._parents[area], cut), (area, ALL)) if whole != (area, cut)]
            known = [whole for whole in wholes if whole in told]
            if not known or any(told[whole] == self._counts.get(whole, (0, 0)) for whole in known):
                for status, count in zip(_STATUSES, pair, strict=True):
                    self._joined.is_between(self._key(status, area, cut), count, count)

    def _share(self, part: Iterable[Key], whole: Key, value: float, half: float, *, each: float = 1) -> None:
        """What a part is of a whole, to within half of the last digit that is told."""
        for way, low, high in ((half, 0, inf), (-half, -inf, 0)):
            terms = [*((key, 1.0) for key in part), (whole, (way - value) * each)]
            self._joined.between(terms, low, high)

    def _decimals(self, row: Any) -> tuple[float, float]:
        """A value with half of its last digit; and of how many households it is, which its decimals say."""
        places = -int(row.value.as_tuple().exponent)
        return float(row.value), 0.5 * 10.0**-places

    def _join_measure(self, row: Any) -> None:
        of = {name: self._key(name, row.area_code, row.basis) for name in ("all", "poor", "p1", "p2", "gap", "income")}
        value, half = self._decimals(row)
        n = self._key("all", row.area_code, "household")
        name = row.measure
        if name in {"P0", "P1", "P2", "I"}:
            self._joined.is_between(n, *_OF[-int(row.value.as_tuple().exponent)])
        parts = {"P0": "poor", "P1": "p1", "P2": "p2"}
        base = self._truth.census.get(row.area_code, (0, 0))[row.basis == "person"]
        if name in parts:
            self._share([of[parts[name]]], of["all"], value, half)
        elif name == "I":
            self._share([of["p1"]], of["poor"], value, half)
        elif name.removesuffix("_all") in parts and base:
            self._joined.is_between(of[parts[name[:2]]], (value - half) * base, (value + half) * base)
        elif name == "households":
            self._joined.is_between(n, max(LEAST_ROUNDED, value - 2), value + 2)
        elif name == "gap_rm":
            self._joined.is_between(of["gap"], value - 500, value + 500)
        elif name == "mean_gap_rm":
            self._share([of["gap"]], of["poor"], value, 5)
        elif name == "mean_income_rm" and row.basis == "household":
            self._share([of["income"]], of["all"], value, 5)

    def _join_deprived(self, row: Any) -> None:
        structure = self._truth.structures[row.structure]
        of, poor, rest, score = (
            self._key(f"mpi {name}", row.area_code, row.basis) for name in ("all", "poor", "rest", "score")
        )
        dropped = self._key("mpi dropped", row.area_code, "household")
        value, half = self._decimals(row)
        if row.measure == "dropped":
            ends = (max(LEAST_ROUNDED, value - 2), value + 2) if value else (0, 0)
            self._joined.is_between(dropped, *ends)
            return
        decimals = -int(row.value.as_tuple().exponent)
        self._joined.is_between(self._key("mpi all", row.area_code, "household"), *_OF[decimals])
        yes, others = (*poor, row.indicator, "yes"), (*rest, row.indicator, "yes")
        if row.measure == "H":
            self._share([poor], of, value, half)
        elif row.measure == "A":
            self._share([score], poor, value, half, each=structure.parts)
        elif row.measure == "MPI":
            self._share([score], of, value, half, each=structure.parts)
        elif row.measure == "share":
            self._share([yes, others], of, value, half)
        elif row.measure == "censored":
            self._share([yes], of, value, half)
        elif row.measure == "contribution":
            codes = [one.code for one in structure.computed]
            weight = structure.weights[codes.index(row.indicator)]
            for way, low, high in ((half, 0, inf), (-half, -inf, 0)):
                self._joined.between([(yes, weight), (score, way - value)], low, high)

    def _join_pockets(self, rows: Mapping[str, Rows]) -> None:
        days = {row.subject: row.of_day for row in rows["area_look"]}
        for row in rows["area_pocket"]:
            if row.subject == "register" and days.get(row.subject) == month_end(self._month):
                poor = round(row.rate * self._truth.census[row.area_code][0])
                terms = [(self._key(status, row.area_code, ALL), 1) for status in _STATUSES]
                self._joined.between(terms, poor, poor)

    def _join_groups(self, rows: Rows) -> None:
        sums: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in rows:
            if row.month == self._month:
                sums[row.state_code, row.strata].append(row.households)
        for (state, strata), groups in sums.items():
            # a status of fewer than enough has no group
            least = sum(max(LEAST, count - 2) for count in groups)
            most = sum(count + 2 for count in groups) + _STATUSES_OF_GROUPS * (LEAST - 1)
            self._joined.is_between(self._key("registered", state, strata), least, most)


def _join_standing(joined: Joined, rows: Rows) -> None:
    """Where an area's figure stands, few of its households have changed."""
    for area, month, of in {(row.area_code, row.month, row.figure_month) for row in rows}:
        if of < month:
            for key in _counts_of(joined, month, area):
                joined.between([(key, 1), ((of, *key[1:]), -1)], -_CHANGED, _CHANGED)


def _counts_of(joined: Joined, month: date, area: str) -> Iterator[Key]:
    for name, cut in (*((status, ALL) for status in _STATUSES), ("rest", "household")):
        key = (month, name, area, cut)
        if key in joined.truth:
            yield key
