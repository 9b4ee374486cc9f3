"""Works out the indicators of areas, each by the formula of its day, from the figures that who asks may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from dashboard.areas import COUNTRY
from poverty.kpi.evaluation import value_of
from poverty.kpi.grammar import read_formula
from poverty.kpi.tree import Reference, Total, figures, reference_of
from poverty.unregistered import N_EFF, rate_range
from queries import kpi, kpi_months, maps, published
from queries.maps import month_before, month_end

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from dashboard.deps import Reads
    from poverty.kpi.evaluation import Value
    from poverty.kpi.kept import Kept
    from poverty.kpi.tree import Figure
    from queries.kpi import Definition
    from queries.maps import Area, Footing
    from queries.overview import Overview

    Read = Callable[[Figure], Value]
    Definitions = Mapping[str, Sequence[Definition]]

MONTHS: Final = 24
_EVERY: Final = {"bulanan": 1, "sukuan": 3, "tahunan": 12}
"""Months of a period, by how often an indicator is judged; a daily one is of now."""
_SHARES: Final = {
    "with_point / households": "located",
    "review_overdue / households": "review_overdue",
    "quality_open / households": "quality_open",
}
"""Formulas whose value is published as a share alone, rounded by how many households it is of."""


@dataclass(frozen=True, slots=True)
class Course:
    """The values of indicators in closed months, by the definition in force at the end of each."""

    definitions: Definitions
    kept: Kept
    last: date | None

    def at(self, code: str, area: str, month: date) -> Value:
        """The value of an indicator at the end of a closed month."""
        found = in_force(self.definitions[code], month_end(month))
        return self.kept.value(read_formula(found.formula), area, month, cohort=found.cohort_id)

    def month(self, code: str) -> date | None:
        """The last closed month, quarter or year of an indicator, by its last month."""
        if self.last is None:
            return None
        every = _EVERY.get(self.definitions[code][-1].frequency, 1)
        return month_before(self.last, self.last.month % every)

    def latest(self, code: str, area: str) -> Value:
        """The value of the last closed period."""
        month = self.month(code)
        return "tiada_data" if month is None else self.at(code, area, month)

    def survey_year(self, code: str, area: str) -> int | None:
        """The year of DOSM's rate, where an indicator reads it and the area has one."""
        tree = read_formula(self.definitions[code][-1].formula)
        reads = any(reference_of(one).name == "dosm_rate" for one in figures(tree))
        year = self.kept.public["dosm_year"].get(area) if reads else None
        return None if year is None else int(year)

    def range(self, code: str, area: str) -> tuple[Value, Value]:
        """The least and the most that the value of the last closed period is, by how sure DOSM's rate is.

        What the survey tells of a district by is an assumption; a state's or the country's rate rests on all of its.
        """
        public = self.kept.public
        districts = float(public["dosm_districts"][area])
        ends = rate_range(float(public["dosm_rate"][area]), n_eff=N_EFF * districts)
        low, high = (
            replace(self, kept=replace(self.kept, public={**public, "dosm_rate": {area: Decimal(end)}})) for end in ends
        )
        return low.latest(code, area), high.latest(code, area)

    def months(self, code: str, area: str) -> list[tuple[date, Value]]:
        """The closed months of an indicator, the last 24 of them, the first first."""
        if self.last is None:
            return []
        return [
            (month, self.at(code, area, month))
            for month in (month_before(self.last, back) for back in range(MONTHS - 1, -1, -1))
        ]


def in_force(definitions: Sequence[Definition], day: date) -> Definition:
    """The definition that counts on a day; before the first, the first."""
    return next((one for one in reversed(definitions) if one.valid_from <= day), definitions[0])


def course(
    conn: Reads, definitions: Definitions, *, areas: Sequence[str], footing: Footing, codes: Collection[str], back: int
) -> Course:
    """What the indicators of ``codes`` need for the values of areas in so many of the last closed months."""
    last = footing.last_month
    first = month_before(last or footing.this_month, back)
    until = last or footing.this_month
    if not footing.live:
        return Course(definitions, kpi_months.published(conn, areas=areas, first=first, last=until), last)
    formulas = [(read_formula(one.formula), one.cohort_id) for code in codes for one in definitions[code]]
    return Course(definitions, kpi_months.kept(conn, formulas, areas=areas, first=first, last=until), last)


def values(conn: Reads, area: Area, shown: Overview, found: Course) -> dict[str, tuple[Value, date]]:
    """The value of each indicator by its code, or why there is none, and the day that it is of.

    A daily one is of now, any other of the last closed period. What the register does not hold is no data.
    """
    footing = shown.footing
    told: dict[str, tuple[Value, date]] = {}
    shares = {} if footing.live else published.shares(conn, area.code)
    now = (_exact if footing.live else _published)(conn, area, shown, found)
    for code, versions in found.definitions.items():
        formula, month = versions[-1].formula, found.month(code)
        if _SHARES.get(formula) in shares:
            share = shares[_SHARES[formula]]
            told[code] = ("disembunyikan" if share is None else share, footing.as_of)
        elif versions[-1].frequency == "harian":
            tree = read_formula(formula)
            told[code] = (value_of(tree, {one.key: now(one) for one in figures(tree)}), footing.as_of)
        else:
            told[code] = (found.latest(code, area.code), month_end(month) if month else footing.as_of)
    return told


def _exact(conn: Reads, area: Area, shown: Overview, found: Course) -> Read:
    rows = kpi.stocks(conn, areas=maps.states(conn) if area.code == COUNTRY else [area.code])
    work = kpi.workload(conn, area.code)
    counted = {"review_overdue": Decimal(work.review_overdue), "quality_open": Decimal(work.quality_open)}

    def read(figure: Figure) -> Value:
        stock = counted.get(figure.key, kpi.stock(rows, figure))
        return _closed(figure, area, shown, found) if stock is None else stock

    return read


def _published(_conn: Reads, area: Area, shown: Overview, found: Course) -> Read:
    totals = shown.totals
    counts = {"tegar": totals.tegar, "poor": totals.poor}
    known: dict[str, Value] = {key: "disembunyikan" if one is None else Decimal(one) for key, one in counts.items()}
    return lambda figure: known[figure.key] if figure.key in known else _closed(figure, area, shown, found)


def _closed(figure: Figure, area: Area, shown: Overview, found: Course) -> Value:
    """What a figure of now reads of closed months: sums of the last ones, stocks of so many before the running one."""
    last = shown.footing.last_month or shown.footing.this_month
    month = last if isinstance(figure, Reference | Total) else shown.footing.this_month
    return found.kept.figure(figure, area.code, month)
