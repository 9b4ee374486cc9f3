"""The measures of the register on a day, as they are written to a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from poverty.deprivation import profile
from poverty.fgt import measured
from poverty.inequality import theil_of
from poverty.multidimensional import Measured, Profiles, counted
from poverty.register import BASES, figures_of
from poverty.small_areas import empirical_bayes, is_small, spatial_empirical_bayes, standardised
from poverty.unregistered import N_EFF, compared
from registry.areas.neighbours import active_set, neighbours_among
from registry.errors import SetupProblem
from registry.measuring.reading import read_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from poverty.multidimensional import Structure
    from poverty.register import AreaFigures, Households
    from registry.measuring.reading import RegisterDay

    Group = tuple[str, NDArray[np.bool_]]

_CENSUS: Final = text("""
    SELECT a.code, sum(s.value) FILTER (WHERE s.measure = 'household_total')::bigint AS households,
        sum(s.value) FILTER (WHERE s.measure = 'population_total')::bigint AS population
    FROM ekasih.area AS a
    JOIN ekasih.area AS d ON d.level = 'district' AND a.code IN (d.code, d.state_code, 'MY')
    JOIN ekasih.area_statistic AS s ON s.area_code = d.code AND s.source = 'census_2020'
    WHERE a.level IN ('country', 'state', 'district')
    GROUP BY a.code
""")


_RATES: Final = text("""
    WITH year AS (
        SELECT l.survey_year AS line,
            (SELECT max(s.year) FROM ekasih.area_statistic AS s WHERE s.source = 'dosm_poverty') AS survey
        FROM ekasih.poverty_line AS l WHERE l.effective_from <= CAST(:day AS date)
        ORDER BY l.effective_from DESC, l.survey_year DESC LIMIT 1
    )
    SELECT s.area_code, s.value, year.survey, year.line
    FROM ekasih.area_statistic AS s, year
    WHERE s.source = 'dosm_poverty' AND s.measure = 'poverty_absolute' AND s.year = year.survey
        AND length(s.area_code) = 4
""")

_N_EFF: Final = text("SELECT value #>> '{}' FROM ekasih.setting WHERE key = 'tercicir.n_eff'")


@dataclass(frozen=True, slots=True)
class Survey:
    """DOSM's rates by district (0-1), of which year, and what the survey tells of a district by."""

    rates: Mapping[str, float]
    n_eff: float


def survey_of(connection: Connection, day: date) -> Survey:
    """The rates of the latest survey; none where the line in force on a day is of another year."""
    rows = connection.execute(_RATES, {"day": day}).all()
    # to one decimal of a per cent, as it is published: 3.8 % is 0.038
    rates = {row.area_code: round(float(row.value) / 100, 6) for row in rows if row.line == row.survey}
    n_eff = connection.scalar(_N_EFF)
    return Survey(rates, float(n_eff) if n_eff else N_EFF)


def census(connection: Connection) -> dict[str, tuple[int, int]]:
    """Households and population of the census by area: of the country and states the sum of their districts."""
    return {row.code: (row.households, row.population) for row in connection.execute(_CENSUS) if row.households}


def groups(households: Households) -> Iterator[Group]:
    """States, each with its strata, and districts."""
    for code in sorted(set(households.state.tolist())):
        own = households.state == code
        yield code, own
        for strata in ("urban", "rural"):
            if (found := own & (households.strata == strata)).any():
                yield f"{code}|{strata}", found
    for code in sorted(set(households.district.tolist())):
        yield code, households.district == code


def measure_register(
    connection: Connection,
    day: date,
    *,
    structures: Sequence[Structure],
    neighbours: Mapping[str, Collection[str]] | None = None,
) -> dict[str, Any]:
    """Every measure of the register on a day, as the owner reads it; neighbours by the active boundaries else.

    Raises:
        SetupProblem: no neighbours are given, and districts have no boundaries.

    """
    read = read_day(connection, day)
    bases = census(connection)
    if neighbours is None:
        set_id = active_set(connection, "district")
        if set_id is None:
            raise SetupProblem("There are no active boundaries of districts. Give --neighbours.")
        neighbours = neighbours_among(connection, set_id, sorted(set(read.households.district.tolist())))
    return {
        "by_area": by_area(read, bases),
        "theil": theil(read.households),
        "mpi": deprivation(read, structures),
        "tercicir": tercicir(read.households, bases, survey_of(connection, day)),
        "eb": smoothed(read.households, neighbours),
    }


def by_area(day: RegisterDay, bases: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    """Poverty and inequality of states, their strata and districts."""
    found = {}
    for name, own in groups(day.households):
        group = day.households.those(own)
        found[name] = told(group, figures_of(group), bases.get(name))
    return found


def told(group: Households, figures: AreaFigures, census_base: tuple[int, int] | None) -> dict[str, Any]:
    """The measures of one area in words of the file."""
    household, person = (figures.by[basis] for basis in BASES)
    below = household.poverty.below
    wider = measured(group.income, group.wider_line)
    report = {
        "households": figures.households,
        "persons": figures.persons,
        "tegar": figures.tegar,
        "poor": below.poor,
        "by_household": {"pgk": household.poverty.as_dict(), "food": household.food.as_dict()},
        "by_person": {"pgk": person.poverty.as_dict(), "food": person.food.as_dict()},
        "gap_rm": money(below.gap_sen),
        "food_gap_rm": money(household.food.below.gap_sen),
        "mean_gap_rm": below.gap_sen / 100 / below.poor if below.poor else None,
        "gini_household": household.gini,
        "gini_person": person.gini,
        "lorenz_household": list(household.lorenz),
        "lorenz_person": list(person.lorenz),
        "household_or_per_capita": {
            "pgk": wider.as_dict(),
            "food": measured(group.income, group.wider_food_line).as_dict(),
            "gap_rm": money(wider.below.gap_sen),
        },
    }
    if census_base:
        households, population = census_base
        report["of_area"] = {
            "census_households": households,
            "census_population": population,
            **{f"P{alpha}": below.summed(alpha) / households for alpha in range(3)},
            "P0_person": person.poverty.below.poor / population,
        }
    return report


def theil(households: Households) -> dict[str, Any]:
    """By state how much of the inequality lies between its districts."""
    found = {}
    for code in sorted(set(households.state.tolist())):
        inside = households.those(households.state == code)
        parts = {
            district: figures_of(inside.those(inside.district == district)).spread
            for district in sorted(set(inside.district.tolist()))
        }
        if (apart := theil_of(parts)) is not None:
            found[code] = {
                "theil": apart.theil,
                "between": apart.between,
                "within": apart.within,
                "by_district": {
                    name: {"theil": value, "income_share": share} for name, (value, share) in apart.parts.items()
                },
            }
    return found


def deprivation(day: RegisterDay, structures: Sequence[Structure]) -> dict[str, Any]:
    """Multidimensional poverty by each structure that can be computed."""
    found: dict[str, Any] = {}
    named = list(groups(day.households))
    for structure in (one for one in structures if one.computable):
        bits = profile([one.rule for one in structure.computed], day.homes)
        found[structure.code] = {}
        for name, own in named:
            profiles = Profiles.of(bits[0][own], bits[1][own], day.households.members[own], len(structure.computed))
            found[structure.code][name] = {
                f"by_{basis}": Measured(structure, counted(structure, profiles, by_person=basis == "person")).as_dict()
                for basis in BASES
            }
    return found


def tercicir(households: Households, bases: Mapping[str, tuple[int, int]], survey: Survey) -> dict[str, Any]:
    """Registered poor of districts against what the survey's rate leads one to expect."""
    poor = households.income < households.line
    found = {}
    for code in sorted(set(households.district.tolist())):
        if code not in survey.rates or code not in bases:
            continue
        rate, base = survey.rates[code], bases[code][0]
        one = compared(rate, base, int(poor[households.district == code].sum()), survey.n_eff)
        found[code] = {
            "rate": rate,
            "households": base,
            "expected": one.expected,
            "low": one.lower,
            "high": one.upper,
            "registered": one.registered,
            "missing": one.missing,
            "verdict": one.verdict,
        }
    return found


def smoothed(households: Households, neighbours: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """The hardcore poor of districts among their registered, drawn towards the mean as far as they are few."""
    codes = sorted(set(households.district.tolist()))
    place = {code: number for number, code in enumerate(codes)}
    events = [int(households.tegar[households.district == code].sum()) for code in codes]
    bases = [int((households.district == code).sum()) for code in codes]
    beside = [[place[near] for near in neighbours.get(code, ()) if near in place] for code in codes]
    whole, around = empirical_bayes(events, bases), spatial_empirical_bayes(events, bases, beside)
    apart = standardised(events, bases)
    return {
        "mean": whole.mean,
        "variance": whole.a,
        "by_area": {
            code: {
                "e": events[number],
                "b": bases[number],
                "raw": events[number] / bases[number],
                "eb": whole.smoothed[number],
                "eb_spatial": around.smoothed[number],
                "eb_standard": apart[number],
                "small": is_small(events[number], bases[number]),
            }
            for number, code in enumerate(codes)
        },
    }


def money(sen: int) -> str:
    """An amount in sen as RM with two decimals."""
    return f"{sen // 100}.{sen % 100:02}"
