"""The values of indicators of areas in closed months, by the definition in force at the end of each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poverty.kpi.grammar import read_formula
from poverty.kpi.kept import key_of
from poverty.kpi.published import RULES
from poverty.kpi.tree import figures, reference_of
from poverty.months import month_before, month_end
from poverty.unregistered import N_EFF, rate_range
from queries import kpi_months
from queries.maps import COUNTRY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from poverty.kpi.evaluation import Value
    from poverty.kpi.kept import Kept, Where
    from queries.kpi import Definition

    Definitions = Mapping[str, Sequence[Definition]]

MONTHS: Final = 24
_EVERY: Final = {"bulanan": 1, "sukuan": 3, "tahunan": 12}
"""Months of a period, by how often an indicator is judged; a daily one is of now."""
_DISTRICT: Final = 4
"""The length of the code of a district, the lowest of which values are published."""


@dataclass(frozen=True, slots=True)
class Course:
    """The values of indicators in closed months, by the definition in force at the end of each.

    ``rounded`` are those that are published themselves, by indicator, for who sees no persons.
    """

    definitions: Definitions
    kept: Kept
    last: date | None
    rounded: Mapping[str, Mapping[Where, Decimal | None]] = field(default_factory=dict)

    def at(self, code: str, area: str, month: date) -> Value:
        """The value of an indicator at the end of a closed month."""
        found = in_force(self.definitions[code], month_end(month))
        if code in self.rounded and found.formula in RULES:
            return self._rounded(code, area, month)
        return self.kept.value(read_formula(found.formula), area, month, cohort=found.cohort_id)

    def _rounded(self, code: str, area: str, month: date) -> Value:
        values = self.rounded[code]
        if (COUNTRY, month) not in values or not (area == COUNTRY or len(area) <= _DISTRICT):
            return "tiada_data"
        value = values.get((area, month))
        return "disembunyikan" if value is None else value

    def holds(self, code: str) -> bool:
        """Whether what an indicator reads may be seen by who asks, of any area."""
        if self.rounded.get(code):
            return True
        kept, known = self.kept, self.definitions[code][-1]
        asked = [reference_of(one) for one in figures(read_formula(known.formula))]
        return all(one.name in kept.public or key_of(one, known.cohort_id) in kept.values for one in asked)

    def every(self, code: str) -> int:
        """The months of a period of an indicator."""
        return _EVERY.get(self.definitions[code][-1].frequency, 1)

    def month(self, code: str) -> date | None:
        """The last closed month, quarter or year of an indicator, by its last month."""
        if self.last is None:
            return None
        return month_before(self.last, self.last.month % self.every(code))

    def latest(self, code: str, area: str) -> Value:
        """The value of the last closed period."""
        month = self.month(code)
        return "tiada_data" if month is None else self.at(code, area, month)

    def survey_year(self, code: str, area: str) -> int | None:
        """The year of DOSM's rate, where an indicator reads it and the area has one."""
        year = self.kept.public["dosm_year"].get(area) if is_estimate(self.definitions[code]) else None
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


def is_estimate(definitions: Sequence[Definition]) -> bool:
    """Whether an indicator rests on the rate of a survey, so that it is told with a range alone."""
    return any(reference_of(one).name == "dosm_rate" for one in figures(read_formula(definitions[-1].formula)))


def in_force(definitions: Sequence[Definition], day: date) -> Definition:
    """The definition that counts on a day; before the first, the first."""
    return next((one for one in reversed(definitions) if one.valid_from <= day), definitions[0])


@dataclass(frozen=True, slots=True)
class Closed:
    """Which values: of areas (codes) in closed months; ``exact`` are those whose persons who asks may see."""

    areas: Sequence[str]
    first: date
    last: date
    exact: bool = field(kw_only=True)


def course(conn: Connection, definitions: Definitions, asked: Closed, *, codes: Collection[str]) -> Course:
    """What the indicators of ``codes`` need for their values, as far as who asks may see it."""
    first, last = asked.first, asked.last
    if not asked.exact:
        ruled = [code for code in codes if any(one.formula in RULES for one in definitions[code])]
        rounded = kpi_months.published_values(conn, areas=asked.areas, codes=ruled, first=first, last=last)
        kept = kpi_months.published(conn, areas=asked.areas, first=first, last=last)
        return Course(definitions, kept, last, rounded)
    formulas = [(read_formula(one.formula), one.cohort_id) for code in codes for one in definitions[code]]
    return Course(definitions, kpi_months.kept(conn, formulas, areas=asked.areas, first=first, last=last), last)
