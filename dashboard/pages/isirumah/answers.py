"""Reads what was typed into a form as a command, with a problem for each field that cannot be read."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from dashboard.pages.isirumah.parts import (
    ADD_MEMBER,
    AID,
    ASSETS,
    CHANGE_HEAD,
    DWELLING,
    EDUCATION,
    HEALTH,
    INCOME,
    LOCATION,
    PERSONAL,
    PLACE,
    REMOVE_AID,
    REMOVE_MEMBER,
    WORK,
    Field,
    fields_of,
)
from registry.errors import InvalidInput
from registry.services import households as services
from registry.services.household_rules import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from registry.services.household_commands import HouseholdCommand

Typed = dict[str, Any]
"""What fields hold, by ``<row>.<name>``; the row is empty where the field is the household's."""

_MEMBER_FIELDS: dict[str, type] = {
    EDUCATION: services.EducationFields,
    WORK: services.WorkFields,
    HEALTH: services.HealthFields,
}
_SERVICES: dict[str, Callable[[Any, Any], services.Saved]] = {
    PERSONAL: services.edit_member,
    LOCATION: services.edit_location,
    DWELLING: services.edit_dwelling,
    EDUCATION: services.edit_members,
    WORK: services.edit_members,
    ASSETS: services.edit_assets,
    HEALTH: services.edit_members,
    INCOME: services.edit_income,
    AID: services.add_aid,
    PLACE: services.move_household,
    ADD_MEMBER: services.add_member,
    REMOVE_MEMBER: services.remove_member,
    CHANGE_HEAD: services.change_head,
    REMOVE_AID: services.remove_aid,
}


def command_of(form: str, row: str, typed: Typed, *, household_id: int, version: int) -> HouseholdCommand:
    """The command that a form stands for.

    Raises:
        InvalidInput: fields that cannot be read, by ``<row>.<name>``.

    """
    at: dict[str, int] = {"household_id": household_id, "version": version}
    if form in _MEMBER_FIELDS:
        kind = _MEMBER_FIELDS[form]
        return services.EditMembers(
            **at, members={key: kind(**values) for key, values in _by_member(form, typed).items()}
        )
    if form == INCOME:
        return services.EditIncome(
            **at, amounts=_incomes(_by_member(form, typed)), correction=typed.get(".correction") == "yes"
        )
    values = _read(form, typed, row=row if form == PERSONAL else "")
    match form:
        case "peribadi":
            values["relationship"] = values["relationship"] or HEAD
            return services.EditMember(**at, person_id=int(row), personal=services.PersonalFields(**values))
        case "tambah-ahli":
            sources = {field.name for field in fields_of(INCOME)}
            income = {name: value for name, value in values.items() if name in sources and value is not None}
            personal = {name: value for name, value in values.items() if name not in sources}
            return services.AddMember(**at, personal=services.PersonalFields(**personal), income=income)
        case "keluarkan-ahli":
            return services.RemoveMember(**at, person_id=int(row), **values)
        case "tukar-kir":
            return services.ChangeHead(**at, person_id=int(row), **values)
        case "buang-bantuan":
            return services.RemoveAid(**at, aid_id=int(row))
        case "bantuan":
            values["person_id"] = int(values["person_id"]) if values["person_id"] else None
            return services.AddAid(**at, **values)
        case "lokasi":
            if (values["mukim_code"] or "").endswith("00"):
                values["mukim_code"] = None  # "without a mukim" is how the list calls it
            return services.EditLocation(**at, **values)
    kind = {DWELLING: services.EditDwelling, ASSETS: services.EditAssets, PLACE: services.MoveHousehold}[form]
    return kind(**at, **values)


def carry_out(session: Any, form: str, command: HouseholdCommand) -> services.Saved:
    """Hand the command to its service, in the caller's transaction."""
    return _SERVICES[form](session, command)


def placed(problems: Mapping[str, str], fields: set[str]) -> tuple[dict[str, str], list[str]]:
    """Problems by field as ``<row>.<name>``, and those that belong to no field of the form."""
    at_fields, general = {}, []
    for key, problem in problems.items():
        place = key if "." in key else f".{key}"
        if place in fields:
            at_fields[place] = problem
        else:
            general.append(problem)
    return at_fields, general


def _read(form: str, typed: Typed, *, row: str) -> dict[str, Any]:
    """The values of one row of fields; refuses all that cannot be read at once."""
    problems, values = {}, {}
    for field in fields_of(form):
        key = f"{row}.{field.name}"
        values[field.name], problem = value_of(field, typed.get(key))
        if problem is None and field.required and key in typed and values[field.name] is None:
            problem = "required"
        if problem is not None:
            problems[key] = problem
    if problems:
        raise InvalidInput(problems)
    return values


def _by_member(form: str, typed: Typed) -> dict[int, dict[str, Any]]:
    """The values of a table of members, by person."""
    known = {field.name: field for field in fields_of(form)}
    found: dict[int, dict[str, Any]] = {}
    problems = {}
    for key, raw in typed.items():
        row, _, name = key.partition(".")
        if not row.isdigit() or name not in known:
            continue
        value, problem = value_of(known[name], raw)
        if problem is not None:
            problems[key] = problem
        found.setdefault(int(row), {})[name] = value
    if problems:
        raise InvalidInput(problems)
    return found


def _incomes(by_member: Mapping[int, Mapping[str, Any]]) -> dict[int, dict[str, Decimal]]:
    return {
        person: {source: amount for source, amount in amounts.items() if amount is not None}
        for person, amounts in by_member.items()
    }


def value_of(field: Field, raw: Any) -> tuple[Any, str | None]:
    """What a field holds and what is wrong with it; ``None`` for nothing typed, or for nothing wrong."""
    text = " ".join(str(raw).split()) if raw is not None else ""
    if not text:
        return None, None
    match field.kind:
        case "yes_no":
            return text == "yes", None
        case "date":
            return _date(text)
        case "money":
            return _number(re.sub(r"(?i)^RM|,", "", text), "money")
        case "acres":
            return _number(text, "number")
        case "degrees":
            value, problem = _number(text, "number")
            return (None if value is None else float(value)), problem
        case "whole":
            return (int(text), None) if re.fullmatch(r"\d{1,4}", text) else (None, "whole")
        case _:
            return text, None


def _date(text: str) -> tuple[date | None, str | None]:
    """A day written dd/mm/yyyy, with other separators too, or yyyy-mm-dd."""
    numbers = re.split(r"[/.\-\s]", text)
    if len(numbers) != 3 or not all(part.isdigit() for part in numbers):  # noqa: PLR2004 - day, month, year
        return None, "date"
    year_first = len(numbers[0]) == 4  # noqa: PLR2004 - digits of a year
    year, month, day = numbers if year_first else reversed(numbers)
    try:
        return date(int(year), int(month), int(day)), None
    except ValueError:
        return None, "date"


def _number(text: str, problem: str) -> tuple[Decimal | None, str | None]:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None, problem
    return (value, None) if value.is_finite() else (None, problem)
