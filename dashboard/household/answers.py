"""What the fields of a form hold when it opens, and the command that what was typed into them stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.components.detail_page import number_in
from dashboard.household import texts
from dashboard.household.parts import (
    ADD_MEMBER,
    AID,
    ASSETS,
    CHANGE_HEAD,
    DWELLING,
    EDUCATION,
    HEALTH,
    INCOME,
    LOCATION,
    PARTS,
    PERSONAL,
    PLACE,
    REMOVE_AID,
    REMOVE_MEMBER,
    WORK,
    Field,
    fields_of,
)
from dashboard.sent.kinds import whole_number
from registry.errors import InvalidInput
from registry.households import saving as services
from registry.households.moves import stated_accuracy
from registry.households.rules import HEAD
from registry.households.typed_values import read
from registry.mykad import written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from queries.households import WholeRecord
    from registry.households.commands import HouseholdCommand

Typed = dict[str, Any]
"""What fields hold, by ``<row>.<name>``; the row is empty where the field is the household's."""

At = dict[str, Any]
"""Which household, at which version."""

_MEMBER_FIELDS: dict[str, type[services.EducationFields | services.WorkFields | services.HealthFields]] = {
    EDUCATION: services.EducationFields,
    WORK: services.WorkFields,
    HEALTH: services.HealthFields,
}


def values_of(form: str, row: str, record: WholeRecord) -> dict[str, str | None]:
    """What the fields of a form hold when it opens, by ``<row>.<name>``: to tell what was changed."""
    if form == PERSONAL:
        member = next((member for member in record.members if str(member["person_id"]) == row), None)
        if member is None:
            return {}
        values = {field.name: texts.input_text(field, member) for field in fields_of(form)}
        values["id_no"] = written(member["id_no"], kind=member["id_kind"])
        if member["is_head"]:
            del values["relationship"]
        return {f"{row}.{name}": value for name, value in values.items()}
    if form in PARTS and PARTS[form].of_members:
        values = {
            f"{member['person_id']}.{field.name}": texts.input_text(field, member)
            for member in record.members
            for field in fields_of(form)
        }
        return values | ({".correction": "no"} if form == INCOME else {})
    source: Mapping[str, object] = (
        {} if form == AID or form in {ADD_MEMBER, REMOVE_MEMBER, CHANGE_HEAD} else record.household
    )
    return {f".{field.name}": texts.input_text(field, source) for field in fields_of(form)}


def command_of(form: str, row: str, typed: Typed, *, household_id: int, version: int) -> HouseholdCommand:
    """The command that a form stands for.

    Raises:
        InvalidInput: fields that cannot be read, by ``<row>.<name>``.

    """
    return _BUILDERS[form](form, row, typed, {"household_id": household_id, "version": version})


def _edit_component(form: str, _row: str, typed: Typed, at: At) -> HouseholdCommand:
    kinds: dict[str, Callable[..., HouseholdCommand]] = {
        DWELLING: services.EditDwelling,
        ASSETS: services.EditAssets,
    }
    return kinds[form](**at, **_read(form, typed))


def _move(form: str, _row: str, typed: Typed, at: At) -> HouseholdCommand:
    values = _read(form, typed)
    accuracy = stated_accuracy(values.pop("accuracy"), values.pop("device_accuracy"))
    return services.MoveHousehold(**at, **values, accuracy_m=accuracy)


def _edit_location(form: str, _row: str, typed: Typed, at: At) -> HouseholdCommand:
    values = _read(form, typed)
    if (values["mukim_code"] or "").endswith("00"):
        values["mukim_code"] = None  # "without a mukim" is how the list calls it
    return services.EditLocation(**at, **values)


def _edit_members(form: str, _row: str, typed: Typed, at: At) -> HouseholdCommand:
    kind = _MEMBER_FIELDS[form]
    members = {person: kind(**values) for person, values in _by_member(form, typed).items()}
    return services.EditMembers(**at, members=members)


def _edit_income(form: str, _row: str, typed: Typed, at: At) -> HouseholdCommand:
    amounts = {person: _amounts(values) for person, values in _by_member(form, typed).items()}
    return services.EditIncome(**at, amounts=amounts, correction=typed.get(".correction") == "yes")


def _edit_member(form: str, row: str, typed: Typed, at: At) -> HouseholdCommand:
    values = _read(form, typed, row=row)
    values["relationship"] = values["relationship"] or HEAD
    return services.EditMember(**at, person_id=whole_number(row), personal=services.PersonalFields(**values))


def _add_member(form: str, _row: str, typed: Typed, at: At) -> HouseholdCommand:
    values = _read(form, typed)
    sources = {field.name for field in fields_of(INCOME)}
    personal = {name: value for name, value in values.items() if name not in sources}
    income = _amounts({name: value for name, value in values.items() if name in sources})
    return services.AddMember(**at, personal=services.PersonalFields(**personal), income=income)


def _change_members(form: str, row: str, typed: Typed, at: At) -> HouseholdCommand:
    kind: Callable[..., HouseholdCommand] = services.RemoveMember if form == REMOVE_MEMBER else services.ChangeHead
    return kind(**at, person_id=whole_number(row), **_read(form, typed))


def _add_aid(form: str, _row: str, typed: Typed, at: At) -> HouseholdCommand:
    values = _read(form, typed)
    values["person_id"] = whole_number(values["person_id"]) if values["person_id"] else None
    return services.AddAid(**at, **values)


def _remove_aid(_form: str, row: str, _typed: Typed, at: At) -> HouseholdCommand:
    return services.RemoveAid(**at, aid_id=whole_number(row))


_BUILDERS: dict[str, Callable[[str, str, Typed, At], HouseholdCommand]] = {
    PERSONAL: _edit_member,
    LOCATION: _edit_location,
    DWELLING: _edit_component,
    EDUCATION: _edit_members,
    WORK: _edit_members,
    ASSETS: _edit_component,
    HEALTH: _edit_members,
    INCOME: _edit_income,
    AID: _add_aid,
    PLACE: _move,
    ADD_MEMBER: _add_member,
    REMOVE_MEMBER: _change_members,
    CHANGE_HEAD: _change_members,
    REMOVE_AID: _remove_aid,
}


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


def _read(form: str, typed: Typed, *, row: str = "") -> dict[str, Any]:
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
        if number_in(row) is None or name not in known:
            continue
        value, problem = value_of(known[name], raw)
        if problem is not None:
            problems[key] = problem
        found.setdefault(whole_number(row), {})[name] = value
    if problems:
        raise InvalidInput(problems)
    return found


def _amounts(values: Mapping[str, Any]) -> dict[str, Decimal]:
    return {source: amount for source, amount in values.items() if amount is not None}


def value_of(field: Field, raw: object) -> tuple[object, str | None]:
    """What a field holds and what is wrong with it; ``None`` for nothing typed, or for nothing wrong."""
    return read(field.kind, raw)
