"""Families of the sample that come to the office a second time, under a name written another way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sqlalchemy import func, select

from registry.cases.draft import ASSETS, DWELLING, HOUSEHOLD_FIELDS, INCOME, MEMBER_FIELDS
from registry.demo.people import NEVER_ISSUED
from registry.households.models import Household, Person
from registry.matching.slips import misspelt, mistyped_number

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LONGITUDE: Final = func.ST_X(Household.geom).label("longitude")
_LATITUDE: Final = func.ST_Y(Household.geom).label("latitude")
_SERIAL: Final = 8
_PLACE: Final = ("address", "village", "town", "postcode", "phone", "strata", "district_code", "mukim_code")


def again(connection: Connection, district: str, count: int, *, seed: int) -> list[dict[str, Any]]:
    """Registration forms of ``count`` households of a district, filled in anew with slips of the hand."""
    rng = np.random.default_rng(seed)
    homes = connection.execute(
        select(Household.__table__, _LONGITUDE, _LATITUDE).where(
            Household.district_code == district, Household.member_count >= 3, Household.mukim_code.is_not(None)
        ).order_by(Household.id.desc()).limit(count)
    ).mappings()  # fmt: skip
    return [_form(connection, dict(home), rng) for home in homes.all()]


def _form(connection: Connection, home: dict[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    people = connection.execute(
        select(Person.__table__).where(Person.household_id == home["id"]).order_by(Person.member_no)
    ).mappings()  # fmt: skip
    place = {name: str(home[name] or "") for name in _PLACE}
    members = [_member(dict(person), home, rng) for person in people]
    members[0]["employment"] = str(int(home["income_rm"]))
    for member in members[1:]:
        member["no_income"] = "yes"
    where = {"longitude": f"{home['longitude']:.5f}", "latitude": f"{home['latitude']:.5f}"}
    dwelling, assets = ({name: _answer(home[name]) for name in HOUSEHOLD_FIELDS[part]} for part in (DWELLING, ASSETS))
    return {"lokasi": place | where, "kediaman": dwelling, "harta": assets, "members": members, "aid": []}


def _member(person: dict[str, Any], home: dict[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    number = mistyped_number(person["id_no"], rng) or ""
    known = {name: _answer(person[name]) for part, fields in MEMBER_FIELDS.items() if part != INCOME for name in fields}
    return known | {
        "key": f"m{person['member_no']}",
        "name": misspelt(person["name"], rng),
        # the right number would be refused, for it is registered; one that could be issued may be somebody's
        "id_no": number if number != person["id_no"] and number[_SERIAL : _SERIAL + 1] == NEVER_ISSUED else "",
        "birth_date": f"{person['birth_date']:%d/%m/%Y}" if person["birth_date"] else "",
        "ethnicity": person["ethnicity"] or home["ethnicity"] or "",
    }


def _answer(value: object) -> str:
    """A value as it is typed into the form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
