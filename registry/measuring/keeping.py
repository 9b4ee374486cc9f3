"""Keeps the measures of closed months by country, state and district, so that no page works them out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select, text

from poverty.deprivation import profile
from poverty.inequality import theil_of
from poverty.months import month_end
from poverty.multidimensional import Profiles, counted
from poverty.register import BASES, COUNTRY, areas_of, figures_of
from registry.measuring.models import MpiMonth, PovertyMonth
from registry.measuring.reading import read_day
from registry.measuring.structures import in_force, kept_structures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sqlalchemy import Connection

    from poverty.inequality import Spread
    from poverty.multidimensional import Structure
    from poverty.register import AreaFigures
    from registry.measuring.reading import RegisterDay

MONTHS: Final = 13
"""How many of the newest closed months have measures: a year back from the newest."""
_UNMEASURED: Final = text("SELECT ekasih.unmeasured_months(:months)")


def keep_months(connection: Connection) -> int:
    """Measure the closed months that are not measured yet, or whose households have changed; how many.

    A month that had a structure of multidimensional poverty keeps it.
    """
    months = connection.scalars(_UNMEASURED, {"months": MONTHS}).all()
    structures = kept_structures(connection) if months else []
    for month in months:
        day = read_day(connection, month_end(month))
        had = connection.scalar(select(MpiMonth.structure).where(MpiMonth.month == month).limit(1))
        structure = next((one for one in structures if one.code == had), None) or in_force(structures, month_end(month))
        for table in (PovertyMonth, MpiMonth):
            connection.execute(delete(table).where(table.month == month))
        if poverty := list(_poverty(day, month)):
            connection.execute(insert(PovertyMonth), poverty)
        if structure and (deprived := list(_deprived(day, month, structure))):
            connection.execute(insert(MpiMonth), deprived)
    return len(months)


def _poverty(day: RegisterDay, month: date) -> Iterator[dict[str, Any]]:
    measured = {code: figures_of(day.households.those(own)) for code, own in areas_of(day.households)}
    for code, figures in measured.items():
        parts = {name: one.spread for name, one in measured.items() if _lies_in(name, code)}
        yield from _rows(figures, parts, area_code=code, month=month)


def _rows(figures: AreaFigures, parts: Mapping[str, Spread], **key: object) -> Iterator[dict[str, Any]]:
    apart = theil_of(parts) if parts else None
    for basis in BASES:
        one = figures.by[basis]
        below, food = one.poverty.below, one.food.below
        yield key | {
            "basis": basis,
            "households": figures.households,
            "persons": figures.persons,
            "poor_households": below.households,
            "total": below.total,
            "poor": below.poor,
            "tegar": food.poor,
            "p1_sum": below.summed(1),
            "p2_sum": below.summed(2),
            "food_p1_sum": food.summed(1),
            "food_p2_sum": food.summed(2),
            "sen": one.poverty.sen,
            "watts": one.poverty.watts,
            "without_income": one.poverty.without_income,
            "income_rm": _rm(figures.income_sen),
            "gap_rm": _rm(below.gap_sen),
            "food_gap_rm": _rm(food.gap_sen),
            "largest_gap_rm": _rm(below.largest_sen),
            "gini": one.gini,
            "lorenz": list(one.lorenz),
            "theil": figures.spread.theil,
            "between": None if apart is None else apart.between,
        }


def _deprived(day: RegisterDay, month: date, structure: Structure) -> Iterator[dict[str, Any]]:
    deprived, unknown = profile([one.rule for one in structure.computed], day.homes)
    for code, own in areas_of(day.households):
        profiles = Profiles.of(deprived[own], unknown[own], day.households.members[own], len(structure.computed))
        for basis in BASES:
            found = counted(structure, profiles, by_person=basis == "person")
            yield {
                "area_code": code,
                "month": month,
                "basis": basis,
                "structure": structure.code,
                "used": found.used,
                "dropped": found.dropped,
                "weight": found.weight,
                "every": found.every,
                "poor": found.poor,
                "score": found.score,
                "lower": found.lower,
                "upper": found.upper,
                "deprived": list(found.deprived),
                "deprived_poor": list(found.deprived_poor),
            }


def _lies_in(code: str, whole: str) -> bool:
    if whole == COUNTRY:
        return len(code) == 2 and code != COUNTRY  # noqa: PLR2004 - the code of a state
    return len(whole) == 2 and len(code) > 2 and code.startswith(whole)  # noqa: PLR2004


def _rm(sen: int) -> Decimal:
    return Decimal(sen) / 100
