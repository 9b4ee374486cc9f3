"""Gives cases to officers, and records what they find on their visits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from geoalchemy2 import WKTElement
from sqlalchemy import select, text

from registry import audit
from registry.cases.cases import TakeStep, take_step
from registry.cases.draft import AID, ASSETS, DWELLING, EDUCATION, HEALTH, INCOME, LOCATION, PERSONAL, WORK
from registry.cases.models import CaseFile
from registry.errors import DatabaseAway, InvalidInput, NotFound, RegistryError, StaleRecord
from registry.households import rules
from registry.refusals import StepIllegal, StepNotPermitted
from registry.visits.models import POINT_SOURCES, RECOMMENDATIONS, Visit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

COMPONENTS: Final = (PERSONAL, LOCATION, DWELLING, EDUCATION, WORK, ASSETS, HEALTH, INCOME, AID)
"""The nine components that a visit confirms or finds otherwise."""
LONGEST_NOTE: Final = 2_000
MOST_AT_ONCE: Final = 500
"""Cases that are given to an officer in one go."""
_OLDEST: Final = timedelta(days=60)
_ACTING = text("SELECT ekasih.acting_user()")


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
class Place:
    """Where the visit took place: degrees in WGS84, the device's own accuracy, and ``gps`` or ``typed``."""

    latitude: float
    longitude: float
    source: str
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit:
    """A visit as the officer recorded it, based on the case at ``version``; ``client_key`` is the device's own."""

    case_id: int
    version: int
    client_key: UUID
    visited_at: datetime
    recommendation: str
    reason: str
    findings: Mapping[str, Finding] = field(default_factory=dict)
    remarks: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A visit that is kept, and whether it was kept now or had arrived before."""

    visit_id: int
    case_id: int
    new: bool


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

    Raises:
        NotFound: there is no such case, or not in the territory of who acts.
        StaleRecord: the case moved, was given to somebody else or its form was changed meanwhile.
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
    if command.place is not None:
        _keep_point(session, case, command.place)
    _recommend(session, case, visit)
    return Recorded(visit.id, case.id, new=True)


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
    problems |= _problems_of_findings(command.findings)
    if command.place is not None:
        problems |= rules.check_point(longitude=command.place.longitude, latitude=command.place.latitude)
        if command.place.source not in POINT_SOURCES:
            problems["place"] = "choice"
    return problems


def _problems_of_findings(findings: Mapping[str, Finding]) -> dict[str, str]:
    problems: dict[str, str] = {}
    for name, finding in findings.items():
        if name not in COMPONENTS:
            problems[name] = "choice"
        elif finding.agrees is False and not finding.note.strip():
            problems[name] = "visit_say_what_differs"
        elif len(finding.note) > LONGEST_NOTE:
            problems[name] = "visit_too_long"
    return problems


def _visit(command: RecordVisit, officer: int | None) -> Visit:
    place = command.place
    findings = {
        name: {"agrees": finding.agrees, "note": finding.note.strip()}
        for name, finding in command.findings.items()
        if finding.agrees is not None or finding.note.strip()
    }
    point = None if place is None else WKTElement(f"POINT({place.longitude!r} {place.latitude!r})", srid=4326)
    accuracy = None if place is None or place.accuracy_m is None else round(max(0.0, min(place.accuracy_m, 1e6)))
    return Visit(
        case_id=command.case_id,
        officer_id=officer,
        case_version=command.version,
        client_key=command.client_key,
        visited_at=_moment(command.visited_at),
        findings=findings,
        remarks=command.remarks.strip(),
        recommendation=command.recommendation,
        reason=command.reason.strip(),
        point=point,
        point_source=None if place is None else place.source,
        accuracy_m=accuracy,
    )


def _moment(claimed: datetime) -> datetime:
    """When the visit was, as the device says where that can be: its clock may be wrong, and a visit is never ahead."""
    now = datetime.now(UTC)
    return claimed if now - _OLDEST <= claimed <= now else now


def _keep_point(session: Session, case: CaseFile, place: Place) -> None:
    """The place found becomes part of the form, so that the household is registered where it was visited."""
    location = {**case.draft.get(LOCATION, {}), "latitude": f"{place.latitude:.6f}"}
    case.draft = {**case.draft, LOCATION: {**location, "longitude": f"{place.longitude:.6f}"}}
    case.updated_at = datetime.now(UTC)
    case.version += 1
    session.flush()


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
