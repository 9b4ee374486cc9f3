"""Registration forms for tests: a whole one of a family of three in Kinta, changed where a claim needs it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

_FORM: dict[str, Any] = {
    "lokasi": {
        "address": "Lot 12, Jalan Kampung", "village": "Kampung Rekaan", "town": "Batu Gajah", "postcode": "31000",
        "phone": "012-345 6789", "strata": "rural", "district_code": "0803", "mukim_code": "",
    },
    "kediaman": {"dwelling_type": "Sebuah", "tenure": "Sendiri", "room_count": "3", "electricity": "yes"},
    "harta": {"vehicle": "Motosikal", "land_acres": "1.5"},
    "members": [
        {"key": "m1", "name": "Ali  bin Abu", "relationship": "KIR", "id_no": "700101-08-5551",
         "birth_date": "01/01/1970", "sex": "male", "ethnicity": "Melayu",
         "employment": "RM500.00", "self_employment": "100"},
        {"key": "m2", "name": "Siti binti Ahmad", "relationship": "Pasangan", "id_no": "", "sex": "female",
         "no_income": "yes"},
        {"key": "m3", "name": "Abu bin Ali", "relationship": "Anak", "birth_date": "2015-03-04", "in_school": "yes"},
    ],
    "aid": [{"key": "b1", "agency": "JKM", "programme": "BTB", "member": "m2", "amount_rm": "300"}],
}  # fmt: skip


def form(**parts: Any) -> dict[str, Any]:
    """A whole form; ``parts`` replaces parts of it."""
    return {**deepcopy(_FORM), **parts}


def with_member(number: int, **answers: Any) -> dict[str, Any]:
    """A whole form in which the member ``number`` (from 0) answers otherwise."""
    changed = form()
    changed["members"][number] |= answers
    return changed
