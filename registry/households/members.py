"""Changes to the members of a household: who they are, what they earn, who is head."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text

from registry.errors import InvalidInput
from registry.households import rules
from registry.households.checking import registered_among
from registry.households.commands import (
    INCOME_SOURCES,
    AddMember,
    ChangeHead,
    EditIncome,
    EditMember,
    EditMembers,
    EducationFields,
    HealthFields,
    PersonalFields,
    RemoveMember,
    Saved,
    WorkFields,
)
from registry.households.models import Income, MemberDeath, Person
from registry.households.record import Change
from registry.mykad import DATE_MISMATCH, SEX_MISMATCH, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

_NAME_KEY = text("SELECT ekasih.name_key(:name)")
_LOGIN = text("SELECT ekasih.acting_login()")
_IDENTITY_FLAGS = (DATE_MISMATCH, SEX_MISMATCH)
_ACTIONS = {EducationFields: "edit_education", WorkFields: "edit_work", HealthFields: "edit_health"}
_NONE_RM = Decimal("0.00")


def edit_member(session: Session, command: EditMember) -> Saved:
    """Replace who one member is."""
    change = Change(session, command)
    person = _member(change, command.person_id)
    values = _personal_values(change, command.personal, person=person)
    change.assign(person, values, member_no=person.member_no)
    if change.changed:
        person.name_key = _name_key(session, person.name)
        change.refresh()
        settle_identity_flags(change, person)
    return change.finish("edit_member")


def edit_members(session: Session, command: EditMembers) -> Saved:
    """Replace one component (education, work or health) of several members."""
    change = Change(session, command)
    problems: rules.Problems = {}
    people = {person_id: _member(change, person_id) for person_id in command.members}
    for person_id, person in people.items():
        values = _tidied(asdict(command.members[person_id]))
        current = {name: getattr(person, name) for name in values}
        problems |= _prefixed(person_id, rules.check_choices(values, current=current) | rules.check_texts(values))
        if not problems:
            change.assign(person, values, member_no=person.member_no)
    _refuse(problems)
    action = next((_ACTIONS[type(fields)] for fields in command.members.values()), "edit_member")
    return change.finish(action)


def edit_income(session: Session, command: EditIncome) -> Saved:
    """Replace the incomes of the members named, and decide the status by the new sum."""
    change = Change(session, command)
    problems: rules.Problems = {}
    for person_id, amounts in command.amounts.items():
        _member(change, person_id)
        problems |= _prefixed(person_id, rules.check_income(amounts))
    _refuse(problems)
    change.bring_line_up_to_date()
    for person_id, amounts in command.amounts.items():
        _replace_income(change, _member(change, person_id), amounts)
    if change.changed:
        before = change.household.income_rm
        change.refresh()
        if change.household.income_rm != before:
            change.decide("corrected" if command.correction else "income_changed")
    return change.finish("edit_income", correction=command.correction)


def add_member(session: Session, command: AddMember) -> Saved:
    """Add a member, and decide the status by the new size and sum."""
    change = Change(session, command)
    _refuse(rules.check_income(command.income))
    values = _personal_values(change, command.personal, person=None)
    change.bring_line_up_to_date()
    last = session.scalar(select(func.max(Person.member_no)).where(Person.household_id == command.household_id)) or 0
    person = Person(
        household_id=command.household_id,
        district_code=change.household.district_code,
        member_no=last + 1,
        is_head=False,
        name_key=_name_key(session, values["name"]),
        **values,
    )
    session.add(person)
    session.flush()
    for name, value in values.items():
        if value is not None:
            change.note(name, None, value, member_no=person.member_no)
    _replace_income(change, person, command.income)
    change.refresh()
    change.decide("members_changed")
    settle_identity_flags(change, person)
    return change.finish("add_member")


def remove_member(session: Session, command: RemoveMember) -> Saved:
    """Take a member out, and decide the status by what is left; the audit log keeps who it was."""
    change = Change(session, command)
    person = _member(change, command.person_id)
    if command.reason not in rules.REMOVAL_REASONS:
        raise InvalidInput({"reason": "required"})
    if person.is_head:
        raise InvalidInput({"person_id": "head_stays"})
    change.bring_line_up_to_date()
    for name in ("name", "id_no", "birth_date", "relationship"):
        change.note(name, getattr(person, name), None, member_no=person.member_no)
    change.note("removed", None, command.reason, member_no=person.member_no)
    change.settle_flags(checked=_IDENTITY_FLAGS, found=(), member_no=person.member_no)
    if command.reason == rules.DIED:
        login = session.scalar(_LOGIN)
        session.add(MemberDeath(household_id=person.household_id, member_no=person.member_no, noted_by=login))
    session.delete(person)
    change.refresh()
    change.decide("members_changed")
    return change.finish("remove_member")


def change_head(session: Session, command: ChangeHead) -> Saved:
    """Make another member head. Income and size stay, so the status does."""
    change = Change(session, command)
    person = _member(change, command.person_id)
    former = session.scalars(select(Person).where(Person.household_id == command.household_id, Person.is_head)).one()
    if person is former:
        raise InvalidInput({"person_id": "head_already"})
    relationship = rules.tidy(command.former_head_relationship)
    if relationship is None or relationship == rules.HEAD:
        raise InvalidInput({"former_head_relationship": "required"})
    if rules.check_choices({"relationship": relationship}, current={}):
        raise InvalidInput({"former_head_relationship": "choice"})
    change.assign(former, {"is_head": False, "relationship": relationship}, member_no=former.member_no)
    session.flush()  # one head at a time: the index on heads would refuse two
    change.assign(person, {"is_head": True, "relationship": rules.HEAD}, member_no=person.member_no)
    change.refresh()
    return change.finish("change_head")


def _personal_values(change: Change, fields: PersonalFields, *, person: Person | None) -> dict[str, Any]:
    """The columns of a member's own facts, checked; problems carry the person's id where there is one."""
    is_head = person is not None and person.is_head
    problems = rules.check_personal(fields, is_head=is_head, today=change.on_date)
    values = _tidied(asdict(fields))
    values["id_no"], values["id_kind"] = rules.identity(fields.id_no)
    current = {} if person is None else {name: getattr(person, name) for name in values}
    if not is_head:
        problems |= rules.check_choices(values, current=current)
    problems |= rules.check_texts(values)
    if not problems:  # nobody is looked up for a change that is refused all the same
        problems = _identity_problems(change, values["id_no"], person=person)
    _refuse(problems if person is None else _prefixed(person.id, problems))
    return values


def _identity_problems(change: Change, id_no: str | None, *, person: Person | None) -> rules.Problems:
    if id_no is None or (person is not None and person.id_no == id_no):
        return {}
    same = select(Person.id).where(Person.household_id == change.household.id, Person.id_no == id_no)
    if change.session.scalars(same).first() is not None:
        return {"id_no": "id_no_repeated"}
    taken = registered_among(change.session, [id_no], purpose="edit", apart_from=change.household.id)
    return {"id_no": "id_no_taken"} if taken else {}


def _replace_income(change: Change, person: Person, amounts: Mapping[str, Decimal]) -> None:
    kept = {row.source: row for row in change.session.scalars(select(Income).where(Income.person_id == person.id))}
    for source in INCOME_SOURCES:
        amount = amounts.get(source, _NONE_RM)
        row = kept.get(source)
        old = row.amount_rm if row else _NONE_RM
        if amount == old:
            continue
        change.note(source, old, amount, member_no=person.member_no)
        if row is None:
            change.session.add(Income(person_id=person.id, source=source, amount_rm=amount))
        elif amount == 0:
            change.session.delete(row)
        else:
            row.amount_rm = amount
    change.session.flush()


def settle_identity_flags(change: Change, person: Person) -> None:
    """Flag where a member's MyKad disagrees with the declared facts, and close what no longer does."""
    card = parse(person.id_no or "") if person.id_kind == "mykad" else None
    found = card.mismatches(birth_date=person.birth_date, sex=person.sex) if card else ()
    change.settle_flags(checked=_IDENTITY_FLAGS, found=found, member_no=person.member_no)


def _member(change: Change, person_id: int) -> Person:
    person = change.session.get(Person, person_id)
    if person is None or person.household_id != change.household.id:
        raise InvalidInput({"person_id": "member_gone"})
    return person


def _name_key(session: Session, name: str) -> str:
    return str(session.scalar(_NAME_KEY, {"name": name}))


def _tidied(values: dict[str, Any]) -> dict[str, Any]:
    return {name: rules.tidy(value) if isinstance(value, str) else value for name, value in values.items()}


def _prefixed(person_id: int, problems: rules.Problems) -> rules.Problems:
    return {f"{person_id}.{name}": problem for name, problem in problems.items()}


def _refuse(problems: rules.Problems) -> None:
    if problems:
        raise InvalidInput(problems)
