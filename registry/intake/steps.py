"""What an officer does with a form that the public sent; the database judges each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, text

from registry.cases.cases import OpenCase, TakeStep, open_case, take_step
from registry.errors import NotFound
from registry.intake.forms import OF_FAMILY
from registry.intake.models import Intake, IntakeTeller
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OPENS_CASE: Final = frozenset({"tukar", "kes_dibuka"})
_STEP: Final = text("""
    SELECT ekasih.step_intake(:reference, :version, :action, CAST(:reason AS text), CAST(:case_id AS bigint),
        CAST(:household_id AS bigint), CAST(:other AS text), CAST(:district AS text))
""")
_CASE: Final = text("SELECT id FROM ekasih.case_file WHERE number = :number")
_HOUSEHOLD: Final = text("SELECT id FROM ekasih.household WHERE file_no = :number")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepIntake:
    """A step of a form, as it was at ``version``; ``target`` is what it is joined to, or the district it goes to."""

    reference: str
    version: int
    action: str
    reason: str = ""
    target: str = ""


def step_intake(session: Session, command: StepIntake) -> str:
    """Take a step; the state that the form came into. One that makes a case opens it, submitted, with what was said.

    Raises:
        NotFound: there is no such form for who acts.
        StaleRecord: somebody else took a step meanwhile.
        RegistryError: the rule that the step would break.

    """
    values: dict[str, Any] = {
        "reference": command.reference, "version": command.version, "action": command.action,
        "reason": command.reason, "case_id": None, "household_id": None, "other": None, "district": None,
    }  # fmt: skip
    if command.action in OPENS_CASE:
        with refusals_named(session):
            values["case_id"] = _case_of(session, command)
            return _stepped(session, values)
    values |= _target(session, command)
    with refusals_named(session):
        return _stepped(session, values)


def _stepped(session: Session, values: dict[str, Any]) -> str:
    moved = session.execute(_STEP, values).scalar_one()
    if moved is None:
        raise NotFound
    return str(moved)


def _target(session: Session, command: StepIntake) -> dict[str, Any]:
    """What the step is joined to, by the number that was chosen or typed; nothing where there is no such number."""
    target = command.target.strip().upper()
    if command.action == "luar_kawasan":
        return {"district": target}
    if target.startswith(("D-", "P-")):
        return {"other": target}
    return {
        "case_id": session.scalar(_CASE, {"number": target}),
        "household_id": session.scalar(_HOUSEHOLD, {"number": target}),
    }


def _case_of(session: Session, command: StepIntake) -> int:
    """The case that a form becomes: in the queue, with what was said as its form, and who sent it beside it."""
    found: Any = session.execute(
        select(
            Intake.id, Intake.kind, Intake.district_code, Intake.mukim_code, Intake.answers, Intake.id_no,
            Intake.phone, func.ST_Y(Intake.geom).label("latitude"), func.ST_X(Intake.geom).label("longitude"),
        ).where(Intake.reference == command.reference)
    ).one_or_none()  # fmt: skip
    if found is None:
        raise NotFound
    teller: Any = None
    if found.kind == "daftar":
        wanted = select(IntakeTeller.who, IntakeTeller.name, IntakeTeller.phone)
        teller = session.execute(wanted.where(IntakeTeller.intake_id == found.id)).one_or_none()
    case = open_case(session, _opening(found, teller))
    take_step(session, TakeStep(case_id=case.id, version=case.version, action="submit"))
    return case.id


def _opening(found: Any, teller: Any) -> OpenCase:
    given = teller is not None and teller.who not in OF_FAMILY
    channel = "notice" if found.kind == "maklum" else "representative" if given else "online"
    name = str(found.answers.get("name") or "")
    return OpenCase(
        channel=channel,
        district_code=found.district_code,
        mukim_code=found.mukim_code,
        head_name=name,
        reporter_name=teller.name if teller is not None and given else None,
        reporter_phone=teller.phone if teller is not None and given else None,
        reporter_relation=teller.who.replace("_", " ") if teller is not None and given else None,
        draft=_draft(found, name),
    )


def _draft(found: Any, name: str) -> dict[str, Any]:
    """The registration form as far as the sender filled it in."""
    latitude, longitude = found.latitude, found.longitude
    place = {
        "address": found.answers.get("address"), "village": found.answers.get("village"), "phone": found.phone,
        "district_code": found.district_code, "mukim_code": found.mukim_code,
        "latitude": None if latitude is None else f"{latitude:.6f}",
        "longitude": None if longitude is None else f"{longitude:.6f}",
    }  # fmt: skip
    head = {"key": "m1", "relationship": "KIR", "name": name, "id_no": found.id_no or ""}
    return {
        "lokasi": {field: value for field, value in place.items() if value},
        "members": [head] if name or found.id_no else [],
    }
