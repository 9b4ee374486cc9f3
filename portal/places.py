"""States and their districts, as the lists of the portal's forms have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PLACES: Final = text("SELECT code, level, name, state_code FROM portal.place ORDER BY level DESC, name")
_OFFICE: Final = text("""
    SELECT p.name, o.address, o.telephone, o.hours
    FROM portal.place AS p LEFT JOIN portal.office AS o ON o.district_code = p.code WHERE p.code = :code
""")


@dataclass(frozen=True, slots=True)
class Place:
    """A state or a district."""

    code: str
    name: str


def districts_by_state(connection: Connection) -> list[tuple[Place, list[Place]]]:
    """Every state by name, each with its districts by name."""
    states: dict[str, tuple[Place, list[Place]]] = {}
    for row in connection.execute(_PLACES):
        if row.level == "state":
            states[row.code] = (Place(row.code, row.name), [])
        elif row.state_code in states:
            states[row.state_code][1].append(Place(row.code, row.name))
    return list(states.values())


@dataclass(frozen=True, slots=True)
class Office:
    """A District Office: what the district is called, and what is known of where and when; empty where nothing is."""

    district: str
    address: str
    telephone: str
    hours: str


def office_of(connection: Connection, district_code: str) -> Office | None:
    """The office of a district."""
    row = connection.execute(_OFFICE, {"code": district_code}).one_or_none()
    return None if row is None else Office(row.name, row.address or "", row.telephone or "", row.hours or "")
