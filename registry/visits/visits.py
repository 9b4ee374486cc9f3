"""Gives cases to officers, and records what they find on their visits."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from geoalchemy2 import WKTElement
from sqlalchemy import select, text

from registry import audit
from registry.cases.cases import TakeStep, take_step
from registry.cases.draft import (
    AID,
    ASSETS,
    DWELLING,
    EDUCATION,
    HEALTH,
    INCOME,
    LOCATION,
    PERSONAL,
    WORK,
    head_of,
    read_draft,
    rows_of,
)
from registry.cases.models import CaseFile
from registry.changes.requests import NothingToChange, request_change
from registry.errors import DatabaseAway, InvalidInput, NotFound, RegistryError, StaleRecord
from registry.households import rules
from registry.households.moves import accuracy_problem
from registry.refusals import StepIllegal, StepNotPermitted
from registry.visits.models import POINT_SOURCES, RECOMMENDATIONS, Visit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from registry.households.commands import HouseholdCommand

COMPONENTS: Final = (PERSONAL, LOCATION, DWELLING, EDUCATION, WORK, ASSETS, HEALTH, INCOME, AID)
"""The nine components that a visit confirms or finds otherwise."""
LONGEST_NOTE: Final = 2_000
MOST_AT_ONCE: Final = 500
"""Cases that are given to an officer in one go."""
_OLDEST: Final = timedelta(days=60)
_ACTING = text("SELECT ekasih.acting_user()")
_TODAY = text("SELECT current_date")


class NothingChosen(InvalidInput):
    """No case, or no officer, was chosen."""

    key = "visit_nothing_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignCases:
    """Cases, each as it was at a version, to be given to one officer."""

    cases: Sequence[tuple[int, int]]
    officer: int | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """The cases that were given, and for the others the rule that stood in the way."""

    given: tuple[int, ...]
    refused: Mapping[int, RegistryError]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found of a component: whether it is as the form says (``None`` where nobody looked), and a note."""

    agrees: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fact that was found otherwise: as it stood and as it is, as a form writes both.

    ``row`` is the member's key in the form or number in the register, empty for a fact of the household; ``of`` the
    member's name.
    """

    part: str
    field: str
    before: str
    after: str
    row: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the visit took place: degrees in WGS84, how exact in metres, and ``gps`` or ``typed``.

    ``accuracy_m`` is the device's own for its position, and what the officer says of one that was typed.
    """

    latitude: float
    longitude: float
    source: str
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit:
    """A visit as the officer recorded it, based on the case at ``version``; ``client_key`` is the device's own.

    ``differences`` are the facts that were found otherwise; ``change`` asks for them where the household is registered.
    """

    case_id: int
    version: int
    client_key: UUID
    visited_at: datetime
    recommendation: str
    reason: str
    findings: Mapping[str, Finding] = field(default_factory=dict)
    remarks: str = ""
    place: Place | None = None
    differences: Sequence[Difference] = ()
    change: HouseholdCommand | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A visit that is kept, and whether it was kept now or had arrived before.

    ``request_id`` is the request for a change that it filed now.
    """

    visit_id: int
    case_id: int
    new: bool
    request_id: int | None = None


def assign_cases(session: Session, command: AssignCases) -> Assigned:
    """Give each case to the officer with a step of its own; one that is refused does not hold up the others.

    Raises:
        NothingChosen: no case or no officer was chosen.

    """
    if not command.cases or command.officer is None:
        raise NothingChosen({"cases": "required"} if not command.cases else {"officer": "required"})
    given: list[int] = []
    refused: dict[int, RegistryError] = {}
    for case_id, version in sorted(command.cases)[:MOST_AT_ONCE]:
        step = TakeStep(
            case_id=case_id, version=version, action="assign", assigned_to=command.officer, reason=command.reason
        )
        try:
            with session.begin_nested():
                take_step(session, step)
            given.append(case_id)
        except DatabaseAway:
            raise
        except RegistryError as error:
            refused[case_id] = error
    return Assigned(tuple(given), refused)


def record_visit(session: Session, command: RecordVisit) -> Recorded:
    """Keep a visit and take its case to the recommendation, once however often it is sent.

    What was found otherwise of a registered household becomes a request for a change; of one that is to be registered
    it is put right in the form. Both happen with the visit or not at all.

    Raises:
        NotFound: there is no such case, or not in the territory of who acts.
        StaleRecord: the case moved, was given to somebody else, or its form or the record was changed meanwhile.
        StepIllegal: the case is not waiting for a visit.
        StepNotPermitted: the case is another officer's, or the device's key is another visit's.
        InvalidInput: something is missing or cannot be so.

    """
    officer = session.scalar(_ACTING)
    case = session.get(CaseFile, command.case_id, with_for_update=True, populate_existing=True)
    if case is None:
        raise NotFound
    sent = session.scalar(select(Visit).where(Visit.client_key == command.client_key))
    if sent is not None:
        if sent.case_id != case.id or sent.officer_id != officer:
            raise StepNotPermitted
        return Recorded(sent.id, case.id, new=False)
    if case.version != command.version:
        raise StaleRecord(version=case.version, at=case.updated_at)
    if case.state != "assigned":
        raise StepIllegal
    if case.assigned_to != officer:
        raise StepNotPermitted
    if problems := problems_of(command):
        raise InvalidInput(problems)
    visit = _visit(command, officer)
    session.add(visit)
    session.flush()
    request_id = None
    if command.change is not None:
        request_id = _request(session, case, command.change)
    elif case.household_id is None:
        _put_right(session, case, command)
    _recommend(session, case, visit)
    return Recorded(visit.id, case.id, new=True, request_id=request_id)


def problems_of(command: RecordVisit) -> dict[str, str]:
    """What is missing or cannot be so, by field; a component's note by the component's name."""
    problems: dict[str, str] = {}
    if command.recommendation not in RECOMMENDATIONS:
        problems["recommendation"] = "required"
    if not command.reason.strip():
        problems["reason"] = "required"
    for name, written in (("reason", command.reason), ("remarks", command.remarks)):
        if len(written) > LONGEST_NOTE:
            problems[name] = "visit_too_long"
    problems |= _problems_of_findings(command.findings, {found.part for found in command.differences})
    if command.place is not None:
        problems |= rules.check_point(longitude=command.place.longitude, latitude=command.place.latitude)
        problems |= accuracy_problem(None if command.place.accuracy_m is None else accuracy_of(command.place))
        if command.place.source not in POINT_SOURCES:
            problems["place"] = "choice"
    return problems


def _problems_of_findings(findings: Mapping[str, Finding], told: set[str]) -> dict[str, str]:
    problems: dict[str, str] = {}
    for name, finding in findings.items():
        if name not in COMPONENTS:
            problems[name] = "choice"
        elif finding.agrees is False and not finding.note.strip() and name not in told:
            problems[name] = "visit_say_what_differs"
        elif len(finding.note) > LONGEST_NOTE:
            problems[name] = "visit_too_long"
    return problems


def _visit(command: RecordVisit, officer: int | None) -> Visit:
    place = command.place
    findings: dict[str, dict[str, Any]] = {
        name: {"agrees": finding.agrees, "note": finding.note.strip()}
        for name, finding in command.findings.items()
        if finding.agrees is not None or finding.note.strip()
    }
    for found in command.differences:
        finding = findings.setdefault(found.part, {"note": ""})
        finding["agrees"] = False
        finding.setdefault("changes", []).append(
            {"field": found.field, "of": found.of, "before": found.before, "after": found.after}
        )
    point = None if place is None else WKTElement(f"POINT({place.longitude!r} {place.latitude!r})", srid=4326)
    return Visit(
        case_id=command.case_id,
        officer_id=officer,
        case_version=command.version,
        client_key=command.client_key,
        visited_at=moment_told(command.visited_at),
        findings=findings,
        remarks=command.remarks.strip(),
        recommendation=command.recommendation,
        reason=command.reason.strip(),
        point=point,
        point_source=None if place is None else place.source,
        accuracy_m=None if place is None else accuracy_of(place),
    )


def accuracy_of(place: Place) -> int:
    """How exact a place is, in whole metres as the register keeps them."""
    return max(1, round(place.accuracy_m or 0))


def moment_told(claimed: datetime) -> datetime:
    """When a visit was, as the device says where that can be: its clock may be wrong, and a visit is never ahead."""
    now = datetime.now(UTC)
    return claimed if now - _OLDEST <= claimed <= now else now


def _request(session: Session, case: CaseFile, change: HouseholdCommand) -> int | None:
    """File what was found as a request; none where the record says all of it by now.

    Raises:
        StepNotPermitted: it is another household's.

    """
    if change.household_id != case.household_id:
        raise StepNotPermitted
    try:
        return request_change(session, change, note=case.number)
    except NothingToChange:
        return None


def _put_right(session: Session, case: CaseFile, command: RecordVisit) -> None:
    """The form says from now on what was found and where, so that the household is registered as it was visited.

    Raises:
        InvalidInput: a fact cannot be so; named ``<row>.<field>``.

    """
    draft = deepcopy(case.draft)
    for found in command.differences:
        _section_of(draft, found)[found.field] = found.after
    if (place := command.place) is not None:
        location = draft.setdefault(LOCATION, {})
        location |= {"latitude": f"{place.latitude:.6f}", "longitude": f"{place.longitude:.6f}"}
        location["accuracy_m"] = str(accuracy_of(place))
    if draft == case.draft:
        return
    _form, problems = read_draft(draft, today=session.execute(_TODAY).scalar_one())
    named = {f"{found.row or found.part}.{found.field}": f"{found.row}.{found.field}" for found in command.differences}
    if wrong := {named[place]: problem for place, problem in problems.items() if place in named}:
        raise InvalidInput(wrong)
    case.draft = draft
    case.head_name = head_of(draft) or case.head_name
    case.updated_at = datetime.now(UTC)
    case.version += 1
    session.flush()


def _section_of(draft: dict[str, Any], found: Difference) -> dict[str, Any]:
    """Where in a form a fact stands.

    Raises:
        InvalidInput: there is no such member any more.

    """
    if not found.row:
        section: dict[str, Any] = draft.setdefault(found.part, {})
        return section
    rows = rows_of(draft, "members")
    draft["members"] = rows
    for row in rows:
        if row["key"] == found.row:
            return row
    raise InvalidInput({f"{found.row}.{found.field}": "member_gone"})


def _recommend(session: Session, case: CaseFile, visit: Visit) -> None:
    """The two steps that a visit is to its case; what was found is kept with the visit, so the log names only that."""
    detail: dict[str, Any] = {"visit": visit.id}
    case = take_step(session, TakeStep(case_id=case.id, version=case.version, action="visit", detail=detail))
    step = TakeStep(
        case_id=case.id,
        version=case.version,
        action="recommend",
        reason=visit.reason,
        detail={**detail, "recommendation": visit.recommendation},
    )
    take_step(session, step)
    audit.record(
        session,
        "record_visit",
        subject="case",
        subject_id=case.id,
        district_code=case.district_code,
        after={"visit": visit.id, "recommendation": visit.recommendation},
    )
