"""Meetings of focus groups: planned, given an agenda from the queue, decided case by case, and closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import CursorResult, select, text
from sqlalchemy.exc import DBAPIError

from registry import audit
from registry.cases.cases import TakeStep
from registry.cases.models import CaseFile
from registry.cases.registration import decide_case
from registry.errors import DatabaseAway, InvalidInput, NotFound, RegistryError, StaleRecord
from registry.meetings.models import Meeting, MeetingItem
from registry.refusals import MeetingClosed, MeetingNotYet, NotForAgenda, refusal_of, sqlstate_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

T = TypeVar("T")
OUTCOMES = ("approve", "reject", "return")
"""What a focus group may decide on a case."""
_LONGEST = 200
_ACTING = text("SELECT ekasih.acting_user()")
_TODAY = text("SELECT current_date")
# cases are locked before their meeting everywhere, so that two who decide never wait for each other
_WAITING = text("""
    SELECT c.id
    FROM ekasih.case_file AS c
    WHERE c.state = 'recommended'
        AND ekasih.decides_for((SELECT m.area_code FROM ekasih.meeting AS m WHERE m.id = :meeting), c.district_code)
        AND NOT EXISTS (SELECT FROM ekasih.meeting_item AS i
                        WHERE i.case_id = c.id AND (i.outcome IS NULL OR i.meeting_id = :meeting))
    ORDER BY c.id
    FOR NO KEY UPDATE OF c SKIP LOCKED
""")
_DRAW = text("""
    INSERT INTO ekasih.meeting_item (meeting_id, case_id)
    SELECT :meeting, c.id
    FROM ekasih.case_file AS c
    WHERE c.id = ANY (CAST(:cases AS bigint[]))
    ORDER BY c.updated_at, c.id
""")
_TAKE_OFF = text("""
    DELETE FROM ekasih.meeting_item WHERE meeting_id = :meeting AND case_id = :case_id
""")
_POSTPONE = text("DELETE FROM ekasih.meeting_item WHERE meeting_id = :meeting AND outcome IS NULL")


_UNIQUE = "23505"
_NUMBER_TAKEN = "meeting_area_code_number_key"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeeting:
    """A meeting to come, or one that was held: of a district (FGD) or of a state (FGN)."""

    area_code: str
    number: str
    held_on: date | None
    place: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMeeting:
    """The details of a meeting, as it was at ``version``."""

    meeting_id: int
    version: int
    number: str
    held_on: date | None
    place: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the group decided on a case, as the case was at ``version``."""

    case_id: int
    version: int
    action: str
    reason: str = ""


def plan_meeting(session: Session, command: PlanMeeting) -> Meeting:
    """Note a meeting.

    Raises:
        InvalidInput: something is missing or too long, or the area's meetings have the number already.
        NotPermitted: the area is not wholly in the acting user's territory.

    """
    values, problems = _details(command)
    if not command.area_code:
        problems["area"] = "required"
    if problems:
        raise InvalidInput(problems)
    made = Meeting(area_code=command.area_code, created_by=session.scalar(_ACTING), **values)

    def write() -> None:
        session.add(made)
        session.flush()

    _judged(session, write)
    _audited(session, "plan_meeting", made)
    return made


def edit_meeting(session: Session, command: EditMeeting) -> Meeting:
    """Change the details of a meeting that is not closed.

    Raises:
        NotFound: there is no such meeting to hold for who acts.
        MeetingClosed: its minutes stand.
        MeetingNotYet: it was held, so that its day does not lie ahead.
        StaleRecord: somebody has changed the meeting since.
        InvalidInput: something is missing or too long, or the area's meetings have the number already.

    """
    values, problems = _details(command)
    if problems:
        raise InvalidInput(problems)
    meeting = _open(session, command.meeting_id, version=command.version)
    changed = [name for name, value in values.items() if value != getattr(meeting, name)]

    def write() -> None:
        for name in changed:
            setattr(meeting, name, values[name])
        meeting.version += 1
        session.flush()

    _judged(session, write)
    _audited(session, "edit_meeting", meeting, changed=changed)
    return meeting


def draw_agenda(session: Session, meeting_id: int) -> int:
    """Put every recommended case of the area that waits on no agenda on this one; how many came.

    Raises:
        NotFound: there is no such meeting to hold for who acts.
        MeetingClosed: its minutes stand.

    """
    cases = list(session.scalars(_WAITING, {"meeting": meeting_id}))
    meeting = _open(session, meeting_id)
    if cases:
        _judged(session, lambda: session.execute(_DRAW, {"meeting": meeting.id, "cases": cases}))
    _audited(session, "draw_agenda", meeting, cases=len(cases))
    return len(cases)


def take_off(session: Session, meeting_id: int, case_id: int) -> None:
    """Take a case that is not decided yet off the agenda; it waits in the queue again.

    Raises:
        NotFound: there is no such meeting to hold for who acts, or the case is not on its agenda.
        MeetingClosed: its minutes stand.
        NotForAgenda: the meeting has decided on the case.

    """
    meeting = _open(session, meeting_id)
    taken = _judged(session, lambda: session.execute(_TAKE_OFF, {"meeting": meeting.id, "case_id": case_id}))
    if isinstance(taken, CursorResult) and not taken.rowcount:
        raise NotFound
    _audited(session, "take_off_agenda", meeting, case=case_id)


def decide_items(
    session: Session, meeting_id: int, decisions: Sequence[Decision]
) -> list[tuple[Decision, RegistryError | None]]:
    """Decide many cases at once; each stands for itself, so that one that is refused holds no other up.

    Raises:
        NotFound: there is no such meeting to hold for who acts.
        MeetingClosed: its minutes stand.
        MeetingNotYet: its day has not come.
        InvalidInput: something other than one of :data:`OUTCOMES` was chosen.

    """
    if any(decision.action not in OUTCOMES for decision in decisions):
        raise InvalidInput({"action": "choice"})
    asked = [decision.case_id for decision in decisions]
    session.execute(select(CaseFile.id).where(CaseFile.id.in_(asked)).order_by(CaseFile.id).with_for_update())
    meeting = _open(session, meeting_id)
    if meeting.held_on > session.execute(_TODAY).scalar_one():
        raise MeetingNotYet
    waiting = select(MeetingItem.case_id).where(MeetingItem.meeting_id == meeting.id, MeetingItem.outcome.is_(None))
    agenda = set(session.scalars(waiting))
    answers = [(decision, _refused(session, meeting.id, decision, agenda)) for decision in decisions]
    decided = sum(refusal is None for _, refusal in answers)
    session.refresh(meeting)
    _audited(session, "decide_items", meeting, decided=decided, asked=len(answers))
    return answers


def _refused(session: Session, meeting_id: int, decision: Decision, agenda: set[int]) -> RegistryError | None:
    """Decide on one case; answers why not."""
    if decision.case_id not in agenda:
        return NotForAgenda()
    step = TakeStep(
        case_id=decision.case_id,
        version=decision.version,
        action=decision.action,
        reason=decision.reason.strip() or None,
        meeting_id=meeting_id,
    )
    try:
        decide_case(session, step)
    except DatabaseAway:
        raise
    except RegistryError as refusal:
        return refusal
    return None


def close_meeting(session: Session, meeting_id: int, *, version: int) -> None:
    """Close the minutes: what was not decided goes back to the queue, and nothing changes any more.

    Raises:
        NotFound: there is no such meeting to hold for who acts.
        MeetingClosed: they are closed already.
        MeetingNotYet: its day has not come.
        StaleRecord: somebody has changed the meeting since.

    """
    meeting = _open(session, meeting_id, version=version)

    def write() -> None:
        session.execute(_POSTPONE, {"meeting": meeting.id})
        meeting.state, meeting.version = "closed", meeting.version + 1
        session.flush()

    _judged(session, write)
    _audited(session, "close_meeting", meeting)


def _details(command: PlanMeeting | EditMeeting) -> tuple[dict[str, Any], dict[str, str]]:
    """The details of a meeting, tidied, and their problems by field."""
    values: dict[str, Any] = {name: " ".join(getattr(command, name).split()) for name in ("number", "place")}
    problems = {
        name: "required" if not value else "too_long"
        for name, value in values.items()
        if not 0 < len(value) <= _LONGEST
    }
    values["held_on"] = command.held_on
    values["members"] = [" ".join(name.split())[:_LONGEST] for name in command.members if name.strip()]
    problems |= {name: "required" for name in ("held_on", "members") if not values[name]}
    return values, problems


def _open(session: Session, meeting_id: int, *, version: int | None = None) -> Meeting:
    """The meeting, locked; only who holds it may lock it."""
    found = session.get(Meeting, meeting_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound
    if found.state == "closed":
        raise MeetingClosed
    if version is not None and found.version != version:
        raise StaleRecord(version=found.version)
    return found


def _judged(session: Session, write: Callable[[], T]) -> T:
    """What ``write`` answers; what the database refuses becomes the rule that was broken."""
    try:
        with session.begin_nested():
            return write()
    except DBAPIError as error:
        if sqlstate_of(error) == _UNIQUE:
            constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", "")
            taken = constraint == _NUMBER_TAKEN
            raise (InvalidInput({"number": "number_taken"}) if taken else NotForAgenda()) from None
        raise (refusal_of(error) or error) from None


def _audited(session: Session, action: str, meeting: Meeting, **facts: int | list[str]) -> None:
    district = meeting.area_code if len(meeting.area_code) > 2 else None  # noqa: PLR2004 - a state's code has two digits
    audit.record(
        session,
        action,
        subject="meeting",
        subject_id=meeting.id,
        district_code=district,
        after={"number": meeting.number, **facts},
    )
