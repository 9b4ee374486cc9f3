"""The registration form as a case keeps it: its parts and fields, read as values, checked, and counted.

A draft is JSON of texts as they were typed, complete or not::

    {"lokasi": {"address": …}, "kediaman": {…}, "harta": {…},
     "members": [{"key": "m1", "relationship": "KIR", "name": …, "id_no": …, "employment": "1200.00", …}, …],
     "aid": [{"key": "b1", "agency": …, "programme": …, "member": "m1", …}, …]}

Days are written dd/mm/yyyy or yyyy-mm-dd, answers as the census writes them, yes and no as ``yes`` and ``no``. Whoever
may earn has an amount or ``no_income``: what was not said is never read as nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from registry.households import rules
from registry.households.commands import INCOME_SOURCES, PersonalFields
from registry.households.typed_values import read
from registry.mykad import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

Fields = dict[str, str]
"""The kind of each field, by its name."""

LOCATION, DWELLING, ASSETS, AID = "lokasi", "kediaman", "harta", "bantuan"
PERSONAL, EDUCATION, WORK, HEALTH, INCOME = "peribadi", "pendidikan", "pekerjaan", "kesihatan", "pendapatan"
NO_INCOME: Final = "no_income"
EARNING_AGE: Final = 15
"""The age from which DOSM counts people as of working age; whose age is not known is asked as well."""
UNSAID: Final = "income_unsaid"
_OF_INCOME: Final = frozenset({*INCOME_SOURCES, NO_INCOME})
_MISSING: Final = frozenset({"required", UNSAID})

HOUSEHOLD_FIELDS: Final[dict[str, Fields]] = {
    LOCATION: {
        "address": "text", "village": "text", "town": "text", "postcode": "text", "phone": "text", "strata": "strata",
        "district_code": "area", "mukim_code": "area", "latitude": "degrees", "longitude": "degrees",
        "accuracy_m": "whole",
    },
    DWELLING: {
        "dwelling_type": "choice", "tenure": "choice", "dwelling_condition": "choice", "room_count": "whole",
        "toilet": "choice", "water_supply": "choice", "electricity": "yes_no", "rubbish_collection": "yes_no",
    },
    ASSETS: {"vehicle": "choice", "land_acres": "acres"},
}  # fmt: skip
MEMBER_FIELDS: Final[dict[str, Fields]] = {
    PERSONAL: {
        "name": "text", "relationship": "choice", "id_no": "text", "birth_date": "date", "sex": "sex",
        "ethnicity": "choice", "religion": "choice", "marital_status": "choice", "citizen": "yes_no",
    },
    EDUCATION: {"education_level": "choice", "in_school": "yes_no"},
    WORK: {"employment_status": "choice", "skill": "choice"},
    HEALTH: {"disability": "choice", "chronic_illness": "choice"},
    INCOME: {**dict.fromkeys(INCOME_SOURCES, "money"), NO_INCOME: "tick"},
}  # fmt: skip
AID_FIELDS: Final[Fields] = {
    "agency": "text", "programme": "text", "member": "member", "given_on": "date", "amount_rm": "money",
    "frequency": "choice",
}  # fmt: skip
PARTS: Final = frozenset({*HOUSEHOLD_FIELDS, "members", "aid"})
"""What the form itself keeps in a draft."""
NOT_ASKED: Final = frozenset({"latitude", "longitude", "accuracy_m"})
"""Fields that a visit fills in; a form without them is complete."""
MOST_ROWS: Final = 60
"""Members, and aid, beyond which a form is not one household's."""
_LONGEST_ANSWER = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMember:
    """A member of the form: the columns of a person, income by source, and whether there is said to be none."""

    key: str
    values: dict[str, Any]
    income: dict[str, Decimal]
    no_income: bool = False

    @property
    def is_head(self) -> bool:
        """Whether this is the head (KIR)."""
        return bool(self.values["relationship"] == rules.HEAD)

    @property
    def has_said(self) -> bool:
        """Whether the income was said: an amount, nought too, or that there is none."""
        return self.no_income or bool(self.income)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A form as values; what was not answered is ``None``."""

    location: dict[str, Any]
    dwelling: dict[str, Any]
    assets: dict[str, Any]
    members: tuple[DraftMember, ...]
    aid: tuple[dict[str, Any], ...]


def read_draft(draft: Mapping[str, Any], *, today: date, whole: bool = False) -> tuple[Registration, rules.Problems]:
    """The form as values, and its problems by ``<part>.<field>``, ``<member>.<field>`` or ``<aid>.<field>``.

    Only what is there is judged; ``whole`` asks for what a household cannot be registered without as well.
    """
    problems: rules.Problems = {}
    parts = {part: _values(fields, _section(draft, part), part, problems) for part, fields in HOUSEHOLD_FIELDS.items()}
    members = tuple(_member(row, problems) for row in rows_of(draft, "members"))
    aid = tuple({"key": row["key"], **_values(AID_FIELDS, row, row["key"], problems)} for row in rows_of(draft, "aid"))
    form = Registration(
        location=parts[LOCATION], dwelling=parts[DWELLING], assets=parts[ASSETS], members=members, aid=aid
    )
    found = dict(_problems(form, today=today))
    if not whole:
        found = {place: problem for place, problem in found.items() if problem not in _MISSING}
        found.pop(f"{PERSONAL}.members", None)
    for place in problems:  # who has written an amount that cannot be read has said something
        key, _, name = place.rpartition(".")
        if name in INCOME_SOURCES:
            found.pop(f"{key}.{NO_INCOME}", None)
    return form, {**found, **problems}


def tells_income(problems: rules.Problems) -> bool:
    """Whether the income of a form read as a whole is known: said for all who may earn, and readable."""
    return not any(place.rpartition(".")[2] in _OF_INCOME for place in problems)


def completeness(draft: Mapping[str, Any], *, today: date) -> dict[str, tuple[int, int]]:
    """How many questions of each part are answered, of how many; of income, how many of those who may earn.

    Nothing of nothing for aid.
    """
    counted: dict[str, tuple[int, int]] = {}
    for part, fields in HOUSEHOLD_FIELDS.items():
        counted[part] = _answered([_section(draft, part)], fields)
    members = rows_of(draft, "members")
    for part, fields in MEMBER_FIELDS.items():
        counted[part] = _answered(members, fields)
    earners = [member for row in members if (member := _member(row, {})) and may_earn(member, today=today)]
    return counted | {INCOME: (sum(member.has_said for member in earners), len(earners)), AID: (0, 0)}


def unanswered(draft: Mapping[str, Any], *, today: date) -> list[str]:
    """The parts that nothing is said about yet: such a form is not ready, whatever a registration demands."""
    return [part for part, (known, asked) in completeness(draft, today=today).items() if asked and not known]


def may_earn(member: DraftMember, *, today: date) -> bool:
    """Whether a member is of an age to earn, by the day of birth or the MyKad; whose age is not known is."""
    card = parse(str(member.values["id_no"] or ""), today=today)
    born: date | None = member.values["birth_date"] or (card.birth_date if card else None)
    if born is None:
        return True
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) >= EARNING_AGE


def rows_of(draft: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The members or the aid of a draft, each with its key; whatever else stands there is passed over."""
    given = draft.get(name)
    rows = [row for row in given if isinstance(row, dict)] if isinstance(given, list) else []
    letter = "m" if name == "members" else "b"
    return [{**row, "key": str(row.get("key") or f"{letter}{place}")} for place, row in enumerate(rows[:MOST_ROWS], 1)]


def head_of(draft: Mapping[str, Any]) -> str:
    """The head's name as the form has it; empty where it has none yet."""
    heads = [row for row in rows_of(draft, "members") if row.get("relationship") == rules.HEAD]
    return (rules.tidy(str(heads[0].get("name") or "")) or "") if heads else ""


def _section(draft: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    found = draft.get(part)
    return found if isinstance(found, dict) else {}


def _answered(rows: Sequence[Mapping[str, Any]], fields: Fields) -> tuple[int, int]:
    asked = [name for name in fields if name not in NOT_ASKED]
    return sum(row.get(name) not in {None, ""} for row in rows for name in asked), len(rows) * len(asked)


def _values(fields: Fields, given: Mapping[str, Any], place: str, problems: rules.Problems) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, kind in fields.items():
        values[name], problem = read(kind, given.get(name))
        if problem is not None:
            problems[f"{place}.{name}"] = problem
    return values


def _member(row: Mapping[str, Any], problems: rules.Problems) -> DraftMember:
    key = str(row["key"])
    values: dict[str, Any] = {}
    for part, fields in MEMBER_FIELDS.items():
        if part != INCOME:
            values |= _values(fields, row, key, problems)
    amounts = _values(dict.fromkeys(INCOME_SOURCES, "money"), row, key, problems)
    income = {source: amount for source, amount in amounts.items() if amount is not None}
    return DraftMember(key=key, values=values, income=income, no_income=row.get(NO_INCOME) == "yes")


def _problems(form: Registration, *, today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with the values, by where they stand; what is missing is ``required``."""
    yield from _at(LOCATION, _location_problems(form.location))
    yield from _at(
        DWELLING, _choice_problems(form.dwelling) | rules.check_dwelling(room_count=form.dwelling["room_count"])
    )
    yield from _at(ASSETS, _choice_problems(form.assets) | rules.check_assets(land_acres=form.assets["land_acres"]))
    numbers: set[str] = set()
    for member in form.members:
        yield from _at(member.key, _member_problems(member, numbers, today=today))
    heads = sum(member.is_head for member in form.members)
    if heads != 1:
        yield f"{PERSONAL}.members", "head_missing" if heads == 0 else "head_twice"
    keys = {member.key for member in form.members}
    for aid in form.aid:
        yield from _at(aid["key"], _aid_problems(aid, keys, today=today))


def _location_problems(values: Mapping[str, Any]) -> rules.Problems:
    problems = rules.check_location(postcode=values["postcode"], phone=values["phone"], strata=values["strata"] or "")
    if values["strata"] is not None and "strata" in problems:
        problems["strata"] = "choice"
    if values["district_code"] is None:
        problems["district_code"] = "required"
    longitude, latitude = values["longitude"], values["latitude"]
    if longitude is not None and latitude is not None:
        problems |= rules.check_point(longitude=longitude, latitude=latitude)
    elif longitude is not None or latitude is not None:
        problems["longitude" if longitude is None else "latitude"] = "number"
    return problems | rules.check_texts(values)


def _choice_problems(values: Mapping[str, Any]) -> rules.Problems:
    return rules.check_choices(values, current={}) | rules.check_texts(values)


def _member_problems(member: DraftMember, numbers: set[str], *, today: date) -> rules.Problems:
    values = member.values
    asked = {name: values[name] for name in PersonalFields.__dataclass_fields__}
    personal = PersonalFields(**{**asked, "name": values["name"] or "", "relationship": values["relationship"] or ""})
    offered = {name: value for name, value in values.items() if name != "relationship" or not member.is_head}
    problems = _choice_problems(offered) | rules.check_income(member.income)
    problems |= rules.check_personal(personal, is_head=member.is_head, today=today)
    if member.no_income and any(member.income.values()):
        problems[NO_INCOME] = "income_both"
    elif not member.has_said and may_earn(member, today=today):
        problems[NO_INCOME] = UNSAID
    number, _kind = rules.identity(values["id_no"])
    if number is not None:
        if number in numbers:
            problems["id_no"] = "id_no_repeated"
        numbers.add(number)
    return problems


def _aid_problems(aid: Mapping[str, Any], members: set[str], *, today: date) -> rules.Problems:
    problems = {name: "required" for name in ("agency", "programme") if not aid[name]}
    if aid["amount_rm"] is not None and (problem := rules.money_problem(aid["amount_rm"])):
        problems["amount_rm"] = problem
    if aid["given_on"] is not None and aid["given_on"] > today:
        problems["given_on"] = "date_future"
    if aid["member"] is not None and aid["member"] not in members:
        problems["member"] = "member_gone"
    return problems | _choice_problems({name: value for name, value in aid.items() if name != "key"})


def _at(place: str, problems: rules.Problems) -> Iterator[tuple[str, str]]:
    return ((f"{place}.{name}", problem) for name, problem in problems.items())


def clean(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a browser sends as a form, without what no form has: unknown parts and fields, texts beyond reason."""
    parts = {part: _kept(fields, _section(given, part)) for part, fields in HOUSEHOLD_FIELDS.items()}
    form: dict[str, Any] = {part: answers for part, answers in parts.items() if answers}
    of_member = {name: kind for fields in MEMBER_FIELDS.values() for name, kind in fields.items()}
    form["members"] = [{"key": row["key"][:12], **_kept(of_member, row)} for row in rows_of(given, "members")]
    form["aid"] = [{"key": row["key"][:12], **_kept(AID_FIELDS, row)} for row in rows_of(given, "aid")]
    return form


def _kept(fields: Fields, given: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: given[name][:_LONGEST_ANSWER]
        for name in fields
        if isinstance(given.get(name), str) and given[name].strip()
    }
