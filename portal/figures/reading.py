"""Reads releases as anybody may: approved ones, as they were sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection, Row

COUNTRY: Final = "MY"
MEASURES: Final = ("miskin", "tegar", "kadar")
"""Poor, hardcore poor, and the rate of the poor."""
_OF: Final = {"miskin": "poor", "tegar": "tegar", "kadar": "poor"}
_NEWEST: Final = text("SELECT * FROM portal.release ORDER BY month DESC, approved_on DESC, number DESC LIMIT 1")
_ONE: Final = text("SELECT * FROM portal.release WHERE number = :number")
_ALL: Final = text("SELECT number, month, corrected_by FROM portal.release ORDER BY month DESC, number DESC LIMIT 60")
_AREAS: Final = text("SELECT area_code, parent_code, name, shape FROM portal.release_area WHERE number = :number")
_LAST: Final = text("""
    SELECT area_code, measure, told, count AS counted, rate FROM portal.release_count
    WHERE number = :number AND month = :month AND cut = 'all'
""")
_COURSE: Final = text("""
    SELECT month, measure, told, count AS counted, rate FROM portal.release_count
    WHERE number = :number AND area_code = :area AND cut = 'all' ORDER BY month
""")
_CUTS: Final = text("""
    SELECT cut, measure, told, count AS counted FROM portal.release_count
    WHERE number = :number AND month = :month AND area_code = :area AND cut <> 'all'
""")
_AID: Final = text("""
    SELECT year, programme_code, programme_ms, programme_en, told, households, amount_rm FROM portal.release_aid
    WHERE number = :number AND area_code = :area ORDER BY year DESC, households DESC NULLS LAST, programme_code
""")
_EVERY: Final = text("""
    SELECT month, area_code, cut, measure, told, count AS counted, rate FROM portal.release_count
    WHERE number = :number ORDER BY month, area_code, cut, measure
""")
_EVERY_AID: Final = text("""
    SELECT year, programme_code, programme_ms, area_code, told, households, amount_rm FROM portal.release_aid
    WHERE number = :number ORDER BY year, programme_code, area_code
""")


@dataclass(frozen=True, slots=True)
class Told:
    """A count, or how it is told in place of one; its rate where there is one."""

    how: str
    count: int | None
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Area:
    """The country, a state or a district of a release."""

    code: str
    parent: str
    name: str
    shape: str | None


@dataclass(frozen=True, slots=True)
class Release:
    """What a release is, and its areas by code."""

    facts: Row[Any]
    areas: Mapping[str, Area]
    last: Mapping[tuple[str, str], Told]

    @property
    def number(self) -> str:
        """The number by which it is cited."""
        return str(self.facts.number)

    def inside(self, code: str) -> list[Area]:
        """The areas that lie in one, by name."""
        return sorted((one for one in self.areas.values() if one.parent == code), key=lambda one: one.name)

    def told(self, code: str, measure: str) -> Told:
        """What is told of an area: how many, or the rate of the poor."""
        return self.last.get((code, _OF[measure]), Told("tutup", None, None))

    def value(self, code: str, measure: str) -> Decimal | int | None:
        """The figure that an area is coloured by."""
        told = self.told(code, measure)
        return told.rate if measure == "kadar" else told.count


@dataclass(frozen=True, slots=True)
class Point:
    """A month of a course."""

    month: date
    told: Told


def release(connection: Connection, number: str | None) -> Release | None:
    """The release of a number, or the newest; ``None`` where there is none."""
    found = connection.execute(_ONE, {"number": number}) if number else connection.execute(_NEWEST)
    facts = found.one_or_none()
    if facts is None:
        return None
    asked = {"number": facts.number}
    areas = {row.area_code: Area(*row) for row in connection.execute(_AREAS, asked)}
    rows = connection.execute(_LAST, {**asked, "month": facts.month})
    return Release(facts, areas, {(row.area_code, row.measure): Told(row.told, row.counted, row.rate) for row in rows})


def releases(connection: Connection) -> Sequence[Row[Any]]:
    """The numbers of the last approved releases, the newest first."""
    return connection.execute(_ALL).all()


def course(connection: Connection, of: Release, area: str, measure: str) -> list[Point]:
    """An area month by month."""
    rows = connection.execute(_COURSE, {"number": of.number, "area": area})
    return [Point(row.month, Told(row.told, row.counted, row.rate)) for row in rows if row.measure == _OF[measure]]


def cuts(connection: Connection, of: Release, area: str) -> dict[str, dict[str, Told]]:
    """A state by strata, ethnicity and age: poor and hardcore poor by cut."""
    found: dict[str, dict[str, Told]] = {}
    for row in connection.execute(_CUTS, {"number": of.number, "month": of.facts.month, "area": area}):
        found.setdefault(row.cut, {})[row.measure] = Told(row.told, row.counted, None)
    return found


def aid(connection: Connection, of: Release, area: str) -> Sequence[Row[Any]]:
    """What programmes gave in an area in whole years."""
    return connection.execute(_AID, {"number": of.number, "area": area}).all()


def every(connection: Connection, of: Release) -> Sequence[Row[Any]]:
    """All counts of a release."""
    return connection.execute(_EVERY, {"number": of.number}).all()


def every_aid(connection: Connection, of: Release) -> Sequence[Row[Any]]:
    """All aid of a release."""
    return connection.execute(_EVERY_AID, {"number": of.number}).all()
