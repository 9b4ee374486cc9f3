"""What may be entered about a household: the answers of each question, and the checks that name the field at fault."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from registry.households.commands import INCOME_SOURCES, PersonalFields

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

HEAD = "KIR"
DIED = "died"
REMOVAL_REASONS = (DIED, "moved_out", "entered_by_mistake")
STRATA = ("urban", "rural")

# As the census file writes them; a value outside the list that is already on record may stay.
CHOICES: dict[str, tuple[str, ...]] = {
    "dwelling_type": ("Sebuah", "Teres", "Berkembar", "Pangsa", "Bilik", "Rumah panjang", "Lain-lain"),
    "tenure": ("Sendiri", "Sewa", "Tumpang", "Setinggan"),
    "dwelling_condition": ("Baik", "Sederhana", "Uzur"),
    "toilet": ("Pam", "Curah", "Tiada"),
    "water_supply": ("Paip", "Telaga", "Sungai", "Hujan"),
    "vehicle": ("Tiada", "Basikal", "Motosikal", "Kereta", "Bot"),
    "relationship": (
        "Pasangan", "Anak", "Ibu", "Bapa", "Adik-beradik", "Menantu", "Cucu", "Datuk/Nenek", "Saudara lain",
        "Bukan saudara",
    ),
    "ethnicity": ("Melayu", "Cina", "India", "Orang Asli", "Bumiputera Sabah", "Bumiputera Sarawak", "Lain-lain"),
    "religion": ("Islam", "Buddha", "Hindu", "Kristian", "Lain-lain", "Tiada"),
    "marital_status": ("Bujang", "Berkahwin", "Janda/Duda"),
    "education_level": ("Tiada", "Rendah", "PMR/PT3", "SPM", "STPM/Diploma", "Ijazah"),
    "employment_status": (
        "Bekerja dengan gaji", "Bekerja sendiri", "Tidak bekerja", "Suri rumah", "Pelajar", "Pesara", "Uzur",
    ),
    "skill": ("Tiada", "Pertanian", "Perikanan", "Jahitan", "Masakan", "Mekanik", "Pembinaan", "Lain-lain"),
    "disability": (
        "Tiada", "Fizikal", "Penglihatan", "Pendengaran", "Pertuturan", "Pembelajaran", "Mental", "Pelbagai",
    ),
    "chronic_illness": (
        "Tiada", "Darah tinggi", "Kencing manis", "Jantung", "Buah pinggang", "Asma", "Kanser", "Lain-lain",
    ),
    "frequency": ("Sekali", "Bulanan", "Tahunan"),
}  # fmt: skip

_LONGEST_TEXT = 200
_LONGEST_LIFE_YEARS = 130
_MOST_ROOMS = 60
_MOST_ACRES = Decimal(100_000)
_MOST_INCOME_RM = Decimal(1_000_000)
_CENT = Decimal("0.01")
_MALAYSIA = {"longitude": (99.5, 119.4), "latitude": (0.8, 7.5)}

Problems = dict[str, str]


def tidy(text: str | None) -> str | None:
    """The text without stray blanks; ``None`` where nothing is left."""
    return " ".join(text.split()) or None if text else None


def digits(text: str | None) -> str | None:
    """The digits of a telephone number, with Malaysia's prefix taken for the leading nought; ``None`` for none."""
    found = re.sub(r"\D", "", text or "")
    return ("0" + found.removeprefix("60") if found.startswith("60") else found) or None


def identity(text: str | None) -> tuple[str | None, str | None]:
    """An identity number as it is stored, and its kind: ``mykad`` for twelve digits, else ``other``; nones for none."""
    number = re.sub(r"[\s-]", "", text or "").upper()
    if not number:
        return None, None
    return number, "mykad" if re.fullmatch(r"\d{12}", number) else "other"


def check_choices(given: Mapping[str, Any], *, current: Mapping[str, Any]) -> Problems:
    """Problems of the fields that offer answers: one of them, or what is on record already."""
    return {
        name: "choice"
        for name, value in given.items()
        if name in CHOICES and value is not None and value not in CHOICES[name] and value != current.get(name)
    }


def check_texts(given: Mapping[str, Any]) -> Problems:
    """Problems of texts that are too long to be what they say they are."""
    return {name: "too_long" for name, value in given.items() if isinstance(value, str) and len(value) > _LONGEST_TEXT}


def check_location(*, postcode: str | None, phone: str | None, strata: str) -> Problems:
    """Problems of an address: a postcode has five digits, a telephone number nine to eleven."""
    problems: Problems = {}
    if postcode is not None and not re.fullmatch(r"\d{5}", postcode):
        problems["postcode"] = "postcode"
    if phone is not None and not re.fullmatch(r"0\d{8,10}", digits(phone) or ""):
        problems["phone"] = "phone"
    if strata not in STRATA:
        problems["strata"] = "required"
    return problems


def check_dwelling(*, room_count: int | None) -> Problems:
    """Problems of a dwelling."""
    return {} if room_count is None or 0 <= room_count <= _MOST_ROOMS else {"room_count": "room_count"}


def check_assets(*, land_acres: Decimal | None) -> Problems:
    """Problems of assets: acres are not negative."""
    return {} if land_acres is None or 0 <= land_acres <= _MOST_ACRES else {"land_acres": "land_acres"}


def check_personal(fields: PersonalFields, *, is_head: bool, today: date) -> Problems:
    """Problems of who a member is. A MyKad that disagrees with the declared facts is a warning, not a problem."""
    problems: Problems = {}
    if not tidy(fields.name):
        problems["name"] = "required"
    number, kind = identity(fields.id_no)
    if kind == "other" and not re.fullmatch(r"[A-Z0-9/]{4,20}", number or ""):
        problems["id_no"] = "id_no"
    if fields.sex not in {None, "male", "female"}:
        problems["sex"] = "choice"
    if fields.birth_date is not None:
        if fields.birth_date > today:
            problems["birth_date"] = "birth_date_future"
        elif fields.birth_date.year < today.year - _LONGEST_LIFE_YEARS:
            problems["birth_date"] = "birth_date_past"
    if not is_head and not fields.relationship:
        problems["relationship"] = "required"
    elif (fields.relationship == HEAD) is not is_head:
        problems["relationship"] = "relationship_head"
    return problems


def check_income(amounts: Mapping[str, Decimal]) -> Problems:
    """Problems of monthly incomes by source, RM: not negative, whole sen, below a million."""
    problems: Problems = {}
    for source, amount in amounts.items():
        if source not in INCOME_SOURCES:
            problems[source] = "choice"
        else:
            problem = money_problem(amount)
            if problem:
                problems[source] = problem
    return problems


def money_problem(amount: Decimal) -> str | None:
    """What is wrong with an amount in RM, or ``None``."""
    if not amount.is_finite():
        return "money"
    if amount < 0:
        return "money_negative"
    if amount >= _MOST_INCOME_RM:
        return "money_too_much"
    return None if amount == amount.quantize(_CENT) else "money_sen"


def check_point(*, longitude: float, latitude: float) -> Problems:
    """Problems of a point: it lies in the box around Malaysia."""
    return {
        name: "outside_malaysia"
        for name, value in (("longitude", longitude), ("latitude", latitude))
        if not _MALAYSIA[name][0] <= value <= _MALAYSIA[name][1]
    }
