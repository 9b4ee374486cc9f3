"""Changes to a household's record by component, each in the caller's transaction, audited, and decided again at once.

Every function takes ``(session, command)`` and answers :class:`Saved`. It raises ``NotFound`` where the household is
not the acting user's to edit, ``StaleRecord`` where it was changed since it was opened, ``InvalidInput`` with a problem
per field; a member's field is named ``<person_id>.<field>``. Nothing here commits.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from registry import audit
from registry.areas.models import Area
from registry.errors import InvalidInput, NotFound
from registry.households import rules
from registry.households.commands import (
    AddAid,
    AddMember,
    ChangeHead,
    EditAssets,
    EditDwelling,
    EditIncome,
    EditLocation,
    EditMember,
    EditMembers,
    EducationFields,
    HealthFields,
    HouseholdCommand,
    MoveHousehold,
    PersonalFields,
    RemoveAid,
    RemoveMember,
    Saved,
    WorkFields,
)
from registry.households.members import add_member, change_head, edit_income, edit_member, edit_members, remove_member
from registry.households.models import AidReceived, Person
from registry.households.moves import MovePreview, judge_point, move_household, preview_move
from registry.households.record import Change

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = [
    "AddAid",
    "AddMember",
    "ChangeHead",
    "EditAssets",
    "EditDwelling",
    "EditIncome",
    "EditLocation",
    "EditMember",
    "EditMembers",
    "EducationFields",
    "HealthFields",
    "MoveHousehold",
    "MovePreview",
    "PersonalFields",
    "RemoveAid",
    "RemoveMember",
    "Saved",
    "WorkFields",
    "add_aid",
    "add_member",
    "change_head",
    "edit_assets",
    "edit_dwelling",
    "edit_income",
    "edit_location",
    "edit_member",
    "edit_members",
    "move_household",
    "preview_move",
    "remove_aid",
    "remove_member",
    "reveal_id",
]

_MAY_HOLD = text("""
    SELECT ekasih.edits_households() AND (ekasih.nationwide() OR :district = ANY (ekasih.acting_districts()))
        OR current_user = 'app_owner'
""")
_POSTCODE_ELSEWHERE = text("""
    SELECT EXISTS (SELECT FROM ekasih.postcode_state WHERE postcode = :postcode) AND NOT EXISTS (
        SELECT FROM ekasih.postcode_state WHERE postcode = :postcode AND state_code = :state)
""")


def edit_dwelling(session: Session, command: EditDwelling) -> Saved:
    """Replace the dwelling component."""
    change = Change(session, command)
    values = values_of(command)
    problems = rules.check_dwelling(room_count=command.room_count)
    _refuse(problems | _checked(change.household, values))
    change.assign(change.household, values)
    return change.finish("edit_dwelling")


def edit_assets(session: Session, command: EditAssets) -> Saved:
    """Replace the assets component."""
    change = Change(session, command)
    values = values_of(command)
    _refuse(rules.check_assets(land_acres=command.land_acres) | _checked(change.household, values))
    change.assign(change.household, values)
    return change.finish("edit_assets")


def edit_location(session: Session, command: EditLocation) -> Saved:
    """Replace address, declared area and strata; another area or strata is a move, decided by its own line at once."""
    change = Change(session, command)
    household = change.household
    values = values_of(command)
    values["phone_key"] = rules.digits(command.phone)
    problems = rules.check_location(postcode=values["postcode"], phone=values["phone"], strata=command.strata)
    area_problems, values["state_code"] = _check_area(session, command)
    _refuse(problems | area_problems | rules.check_texts(values))
    declared = ("state_code", "district_code", "mukim_code", "strata")
    moves = any(getattr(household, name) != values[name] for name in declared)
    if moves:
        change.bring_line_up_to_date()
    phone_key = values.pop("phone_key")
    change.assign(household, values)
    household.phone_key = phone_key
    if moves:
        change.keep_place()
        change.decide("moved")
    settle_location_flags(change)
    return change.finish("edit_location")


def add_aid(session: Session, command: AddAid) -> Saved:
    """Add aid that the household receives."""
    change = Change(session, command)
    values = values_of(command)
    problems = {name: "required" for name in ("agency", "programme") if not values[name]}
    if command.amount_rm is not None and (problem := rules.money_problem(command.amount_rm)):
        problems["amount_rm"] = problem
    if command.given_on is not None and command.given_on > change.on_date:
        problems["given_on"] = "date_future"
    if command.person_id is not None and not _is_member(session, command.household_id, command.person_id):
        problems["person_id"] = "member_gone"
    _refuse(problems | rules.check_choices(values, current={}) | rules.check_texts(values))
    session.add(AidReceived(household_id=command.household_id, **values))
    change.note("aid", None, {name: value for name, value in values.items() if value is not None})
    return change.finish("add_aid")


def remove_aid(session: Session, command: RemoveAid) -> Saved:
    """Take out aid that was entered by mistake; the audit log keeps what it said."""
    change = Change(session, command)
    aid = session.get(AidReceived, command.aid_id)
    if aid is None or aid.household_id != command.household_id:
        raise InvalidInput({"aid_id": "aid_gone"})
    kept = {name: getattr(aid, name) for name in ("agency", "programme", "given_on", "amount_rm", "frequency")}
    change.note("aid", kept, None)
    session.delete(aid)
    return change.finish("remove_aid")


def reveal_id(session: Session, *, household_id: int, person_id: int) -> str | None:
    """The whole identity number of a member, stored form; that it was asked for goes into the audit log.

    Raises:
        NotFound: there is no such member in the acting user's territory.

    """
    person = session.get(Person, person_id)
    if person is None or person.household_id != household_id:
        raise NotFound
    audit.record(
        session,
        "reveal_id",
        subject="household",
        subject_id=household_id,
        district_code=person.district_code,
        after={"member_no": person.member_no},
    )
    return person.id_no


def values_of(command: HouseholdCommand) -> dict[str, Any]:
    """What a command says about its own component, texts tidied."""
    own = [item.name for item in fields_of(command) if item.name not in {"household_id", "version"}]
    values = {name: getattr(command, name) for name in own}
    return {name: rules.tidy(value) if isinstance(value, str) else value for name, value in values.items()}


def _checked(household: object, values: dict[str, Any]) -> rules.Problems:
    current = {name: getattr(household, name) for name in values}
    return rules.check_choices(values, current=current) | rules.check_texts(values)


def _refuse(problems: rules.Problems) -> None:
    if problems:
        raise InvalidInput(problems)


def _check_area(session: Session, command: EditLocation) -> tuple[rules.Problems, str | None]:
    """Problems of the declared area, and the state it lies in."""
    district = session.get(Area, command.district_code)
    if district is None or district.level != "district":
        return {"district_code": "area_unknown"}, None
    if not session.scalar(_MAY_HOLD, {"district": command.district_code}):
        return {"district_code": "outside_territory"}, district.state_code
    if command.mukim_code is not None:
        mukim = session.get(Area, command.mukim_code)
        if mukim is None or mukim.level != "mukim" or mukim.parent_code != command.district_code:
            return {"mukim_code": "mukim_elsewhere"}, district.state_code
    return {}, district.state_code


def settle_location_flags(change: Change) -> None:
    """Flag what is odd about the address and the point as they are now, and close what no longer is."""
    household = change.household
    checked, found = ["poskod_luar_negeri"], []
    if household.postcode and change.session.scalar(
        _POSTCODE_ELSEWHERE, {"postcode": household.postcode, "state": household.state_code}
    ):
        found.append("poskod_luar_negeri")
    if household.mukim_code is not None:
        checked.append("mukim_tidak_dikenali")
    change.settle_flags(checked=tuple(checked), found=tuple(found))
    judge_point(change)


def _is_member(session: Session, household_id: int, person_id: int) -> bool:
    person = session.get(Person, person_id)
    return person is not None and person.household_id == household_id
