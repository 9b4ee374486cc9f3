"""Registration forms of the sample register's case work, filled in as an officer would; nobody in them is real."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sqlalchemy import text

from registry.demo.families import CHILD, HEAD, SPOUSE, Families
from registry.demo.family_names import family_names
from registry.demo.people import NEVER_ISSUED

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray
    from sqlalchemy import Connection

_WEST, _SOUTH, _WIDTH = 101.00, 4.43, 0.12  # a square around Batu Gajah, in degrees
_TRIES = 4
_IN_DISTRICT = text("""
    SELECT p.longitude, p.latitude, here.mukim_code
    FROM unnest(CAST(:longitudes AS float8[]), CAST(:latitudes AS float8[])) WITH ORDINALITY
        AS p (longitude, latitude, place)
    CROSS JOIN LATERAL ekasih.areas_at(ST_SetSRID(ST_MakePoint(p.longitude, p.latitude), 4326)) AS here
    WHERE here.district_code = :district ORDER BY p.place LIMIT :count
""")
# by community: Malay, Chinese, Indian
_ETHNICITY: Final = ("Melayu", "Cina", "India")
_RELIGION: Final = ("Islam", "Buddha", "Hindu")
_BIRTHPLACE = "36"  # Perak; the sample's own people have the state's first number, so that no two share a number


def families(
    connection: Connection, district: str, count: int, *, rng: np.random.Generator, today: date
) -> list[dict[str, Any]]:
    """``count`` forms of families of a district: two parents, up to three children, every part filled in."""
    community = rng.integers(0, len(_ETHNICITY), count)
    longitudes, latitudes = (start + rng.random(_TRIES * count) * _WIDTH for start in (_WEST, _SOUTH))
    asked = {"longitudes": longitudes.tolist(), "latitudes": latitudes.tolist(), "district": district, "count": count}
    places = connection.execute(_IN_DISTRICT, asked).all()
    return [
        {
            "lokasi": {
                "address": f"No. {rng.integers(1, 90)}, Jalan {rng.integers(1, 9)}", "village": "Kampung Rekaan",
                "town": "Batu Gajah", "postcode": "31000", "phone": f"011-{rng.integers(10**7, 10**8)}",
                "strata": "urban" if number % 3 else "rural", "district_code": district,
                "mukim_code": place.mukim_code or "", "longitude": f"{place.longitude:.5f}",
                "latitude": f"{place.latitude:.5f}",
            },
            "kediaman": {
                "dwelling_type": _one(rng, "Sebuah", "Teres", "Pangsa"), "tenure": _one(rng, "Sewa", "Sendiri"),
                "dwelling_condition": _one(rng, "Sederhana", "Uzur"), "room_count": str(rng.integers(1, 4)),
                "toilet": _one(rng, "Pam", "Curah"), "water_supply": "Paip", "electricity": "yes",
                "rubbish_collection": _one(rng, "yes", "no"),
            },
            "harta": {"vehicle": _one(rng, "Motosikal", "Tiada"), "land_acres": "0"},
            "members": members_of(number, int(group), rng, today),
            "aid": [],
        }
        for number, (group, place) in enumerate(zip(community, places, strict=True))
    ]  # fmt: skip


def members_of(number: int, community: int, rng: np.random.Generator, today: date) -> list[dict[str, Any]]:
    """The two parents and their children; one number tells the birthdays of the families apart."""
    children = int(rng.integers(0, 4))
    female = np.array([False, True, *(rng.random(children) < 0.5)])
    # twenty families in all: fathers from 36 on, children of 14, 11 and 8
    ages = (36 + number // 2, 34 + number // 2, *(14 - 3 * n for n in range(children)))
    names = family_names(np.array([community]), _family(female, ages), rng)
    father = {
        "relationship": "KIR", "employment_status": "Bekerja dengan gaji", "skill": _one(rng, "Pembinaan", "Mekanik"),
        "education_level": _one(rng, "Rendah", "PMR/PT3", "SPM"), "employment": str(100 * rng.integers(4, 16)),
        "chronic_illness": _one(rng, "Tiada", "Tiada", "Darah tinggi"),
    }  # fmt: skip
    mother = {
        "relationship": "Pasangan", "employment_status": "Suri rumah", "skill": _one(rng, "Jahitan", "Masakan"),
        "education_level": _one(rng, "Rendah", "PMR/PT3"), "no_income": "yes",
    }  # fmt: skip
    married = {"marital_status": "Berkahwin", "in_school": "no"}
    pupils = (
        {
            "relationship": "Anak", "employment_status": "Pelajar", "in_school": "yes", "marital_status": "Bujang",
            "education_level": "Rendah" if age > 12 else "Tiada",
        }
        for age in ages[2:]
    )  # fmt: skip
    people = zip(names, female, ages, (father | married, mother | married, *pupils), strict=True)
    return [
        {
            "key": f"m{place}", "name": name, "sex": "female" if girl else "male",
            **_born(today.year - age, number, last=0 if girl else 1), "ethnicity": _ETHNICITY[community],
            "religion": _RELIGION[community], "citizen": "yes", "skill": "Tiada", "disability": "Tiada",
            "chronic_illness": "Tiada",
        } | facts
        for place, (name, girl, age, facts) in enumerate(people, 1)
    ]  # fmt: skip


def _family(female: NDArray[np.bool_], ages: tuple[int, ...]) -> Families:
    """A father, a mother and their children, as one household."""
    count = len(ages)
    child = np.maximum(np.arange(count) - 2, -1)
    return Families(
        household=np.zeros(count, dtype=np.intp),
        number=np.arange(count),
        role=np.array([HEAD, SPOUSE, *[CHILD] * (count - 2)], dtype=np.int8),
        child=child,
        female=female,
        age=np.array(ages, dtype=float),
        marital_status=np.where(child < 0, "Berkahwin", "Bujang").astype(object),
    )


def _born(year: int, number: int, *, last: int) -> dict[str, str]:
    """A birthday, and a MyKad number that fits it and was never issued."""
    month, day = 1 + number % 12, 1 + number % 28
    mykad = f"{year % 100:02}{month:02}{day:02}-{_BIRTHPLACE}-{NEVER_ISSUED}{37 * number % 100:02}{last}"
    return {"birth_date": f"{day:02}/{month:02}/{year}", "id_no": mykad}


def _one(rng: np.random.Generator, *answers: str) -> str:
    return str(rng.choice(answers))
