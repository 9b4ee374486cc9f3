"""The two forms of the public: their questions in order, the answers read as values, and what is wrong with them.

Errors concern the form alone: nothing here knows the register. Answers are texts as they were typed; a question with
several answers has a list of codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CONSENT_VERSION: Final = 1
OF_FAMILY: Final = ("kir", "ahli")
REPRESENTATIVES: Final = ("keluarga", "jiran", "ketua_kampung", "wakil_rakyat", "ngo", "guru", "lain")
KNOWS: Final = ("ya", "tidak", "tidak_pasti")
INCOMES: Final = ("tiada", "hingga_500", "hingga_1000", "hingga_1500", "hingga_2500", "lebih", "tidak_tahu")
NOTHING: Final = "tiada"
URGENT: Final = ("makanan", "tempat_tinggal", "rawatan", "keselamatan", NOTHING)
SEEN: Final = ("tiada_makanan", "rumah_tidak_selamat", "sakit", "anak_tidak_sekolah", "bersendirian", "lain")
SEEN_ON: Final = ("hari_ini", "minggu_ini", "bulan_ini", "lebih_lama")
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "who": (*OF_FAMILY, *REPRESENTATIVES), "knows": KNOWS, "income": INCOMES, "urgent": URGENT, "seen": SEEN,
    "seen_on": SEEN_ON,
}  # fmt: skip
SEVERAL: Final = frozenset({"urgent", "seen"})
"""Questions that may have more than one answer."""
LONGEST: Final = {
    "name": 120, "teller_name": 120, "id_no": 20, "phone": 20, "teller_phone": 20, "village": 80, "address": 300,
    "words": 500, "latitude": 12, "longitude": 12,
}  # fmt: skip
COUNTS: Final = ("persons", "under_18", "over_60", "disabled")
MOST_PERSONS: Final = 30
QUESTIONS: Final[dict[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "daftar": (
        ("siapa", ("who",)),
        ("wakil", ("teller_name", "teller_phone", "knows")),
        ("ketua", ("name", "id_no", "phone")),
        ("tempat", ("district", "village", "address", "latitude", "longitude")),
        ("bilangan", COUNTS),
        ("pendapatan", ("income",)),
        ("mendesak", ("urgent", "words")),
    ),
    "maklum": (
        ("tempat", ("district", "village", "address", "latitude", "longitude")),
        ("keluarga", ("name", "phone")),
        ("keadaan", ("seen", "words", "seen_on")),
        ("anda", ("teller_phone",)),
    ),
}
"""The pages of each form in order, each with its fields."""
_PHONE: Final = re.compile(r"[0-9+() -]{7,20}")
_ID_NO: Final = re.compile(r"[0-9A-Z]{5,20}")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_IN_MALAYSIA: Final = {"latitude": (0.8, 7.5), "longitude": (99.5, 119.4)}
_AT_LEAST: Final = 7

Answers = dict[str, Any]
Problems = dict[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """A form as values, and its problems by field; without any it may be sent."""

    kind: str
    answers: Answers
    problems: Problems


def questions(kind: str, answers: Mapping[str, Any]) -> list[str]:
    """The pages that are asked, in order: about a representative only who is one is asked."""
    asked = [name for name, _fields in QUESTIONS[kind]]
    return [name for name in asked if name != "wakil" or answers.get("who") in REPRESENTATIVES]


def fields_of(kind: str, question: str) -> tuple[str, ...]:
    """The fields of a page."""
    return dict(QUESTIONS[kind])[question]


def tidied(kind: str, given: Mapping[str, Any]) -> Answers:
    """What was typed, of the form's own fields alone: texts without what no record can keep, known codes."""
    found: Answers = {}
    for _name, fields in QUESTIONS[kind]:
        for field in fields:
            value = given.get(field)
            if field in SEVERAL:
                codes = value if isinstance(value, (list, tuple)) else [value]
                found[field] = [code for code in CHOICES[field] if code in codes]
            else:
                found[field] = _text(value)
    return found


def read_question(kind: str, question: str, answers: Mapping[str, Any], *, districts: Iterable[str]) -> Problems:
    """What is wrong with the answers of one page, by field; ``districts`` are those that there are."""
    problems: Problems = {}
    for field in fields_of(kind, question):
        problem = _problem(field, answers.get(field))
        if problem:
            problems[field] = problem
    for field, problem in _of_question(kind, question, answers, set(districts)):
        problems.setdefault(field, problem)
    return problems


def read_form(kind: str, given: Mapping[str, Any], *, districts: Iterable[str]) -> Form:
    """The whole form as values and its problems; the declaration is part of an open registration."""
    answers, known = tidied(kind, given), list(districts)
    problems: Problems = {}
    for question in questions(kind, answers):
        problems |= read_question(kind, question, answers, districts=known)
    if kind == "daftar":
        answers["consent"] = CONSENT_VERSION if _text(given.get("consent")) == str(CONSENT_VERSION) else None
        if answers["consent"] is None:
            problems["consent"] = "consent"
        if answers["who"] not in REPRESENTATIVES:
            answers |= dict.fromkeys(fields_of(kind, "wakil"), "")
    else:
        answers["who"] = "awam"
    return Form(kind, answers, problems)


def sent_values(form: Form) -> Answers:
    """The form as the database takes it: numbers as numbers, what was not answered left out."""
    values: Answers = {}
    for field, value in form.answers.items():
        if value in ("", None, []):
            continue
        if field in COUNTS:
            values[field] = int(value)
        elif field in _IN_MALAYSIA:
            values[field] = float(value)
        else:
            values[field] = value
    return values


def _text(value: object) -> str:
    return "" if value is None else _CONTROLS.sub("", str(value)).replace("\r\n", "\n").strip()


def _problem(field: str, value: Any) -> str | None:
    """What is wrong with one answer by itself; an empty one is judged with its question."""
    if not value:
        return None
    wrong = {
        "long": field in LONGEST and len(value) > LONGEST[field],
        "choice": field in CHOICES and field not in SEVERAL and value not in CHOICES[field],
        "phone": field in {"phone", "teller_phone"} and not _is_phone(value),
        "id_no": field == "id_no" and not _ID_NO.fullmatch(re.sub(r"[\s-]", "", value).upper()),
        "persons": field in COUNTS
        and not (re.fullmatch(r"[0-9]{1,2}", value, re.ASCII) and int(value) <= MOST_PERSONS),
        "point": field in _IN_MALAYSIA and not _in_malaysia(field, value),
    }
    return next((problem for problem, so in wrong.items() if so), None)


def _is_phone(value: str) -> bool:
    return bool(_PHONE.fullmatch(value)) and sum(sign.isdigit() for sign in value) >= _AT_LEAST


def _in_malaysia(field: str, value: str) -> bool:
    least, most = _IN_MALAYSIA[field]
    return bool(re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,8})?", value, re.ASCII)) and least <= float(value) <= most


def _of_question(kind: str, question: str, answers: Mapping[str, Any], districts: set[str]) -> list[tuple[str, str]]:
    """What is wrong with the answers of a page together: what it demands, and what does not fit together."""
    needed: dict[str, tuple[str, ...]] = {
        "siapa": ("who",), "wakil": ("teller_name", "teller_phone", "knows"), "ketua": ("name",),
        "pendapatan": ("income",), "mendesak": ("urgent",),
    }  # fmt: skip
    found = [(field, "required") for field in needed.get(question, ()) if not answers.get(field)]
    if question == "ketua" and answers.get("who") in OF_FAMILY and not answers.get("id_no"):
        found.append(("id_no", "required"))
    if question == "tempat":
        found += _of_place(answers, districts)
    if question == "bilangan":
        found += _of_counts(answers)
    if question == "mendesak" and NOTHING in answers["urgent"] and len(answers["urgent"]) > 1:
        found.append(("urgent", "nothing_else"))
    if kind == "maklum" and question == "keadaan" and not answers.get("seen") and not answers.get("words"):
        found.append(("seen", "required"))
    return found


def _of_place(answers: Mapping[str, Any], districts: set[str]) -> list[tuple[str, str]]:
    found = [] if answers.get("district") in districts else [("district", "required")]
    pinned = [bool(answers.get(field)) for field in _IN_MALAYSIA]
    if any(pinned) and not all(pinned):
        found.append(("latitude" if pinned[1] else "longitude", "both"))
    if not any([answers.get("village"), answers.get("address"), all(pinned)]):
        found.append(("village", "somewhere"))
    return found


def _of_counts(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    try:
        persons, *some = (int(answers.get(field) or 0) for field in COUNTS)
    except ValueError:
        return []
    if persons < 1:
        return [("persons", "required")]
    return [(field, "too_many") for field, count in zip(COUNTS[1:], some, strict=True) if count > persons]
