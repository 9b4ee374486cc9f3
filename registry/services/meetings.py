"""Meetings of focus groups: planned, given an agenda from the queue, decided case by case, and closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, text
from sqlalchemy.exc import DBAPIError

from registry.errors import InvalidInput, NotFound, NotPermitted, RegistryError, StaleRecord
from registry.models import Meeting
from registry.services import audit
from registry.services.cases import TakeStep
from registry.services.registration import decide_case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

OUTCOMES = ("approve", "reject", "return")
"""What a focus group may decide on a case."""
_LONGEST = 200
_ACTING = text("SELECT ekasih.acting_user()")
_DRAW = text("""
    INSERT INTO ekasih.meeting_item (meeting_id, case_id)
    SELECT m.id, c.id
    FROM ekasih.meeting AS m
    JOIN ekasih.case_file AS c ON c.state = 'recommended'
        AND m.area_code IN (c.district_code, left(c.district_code, 2), 'MY')
    WHERE m.id = :meeting
        AND NOT EXISTS (SELECT FROM ekasih.meeting_item AS i WHERE i.case_id = c.id AND i.outcome IS NULL)
    ORDER BY c.updated_at, c.id
    ON CONFLICT DO NOTHING
""")
_TAKE_OFF = text("""
    DELETE FROM ekasih.meeting_item WHERE meeting_id = :meeting AND case_id = :case_id AND outcome IS NULL
""")
_POSTPONE = text("DELETE FROM ekasih.meeting_item WHERE meeting_id = :meeting AND outcome IS NULL")


class MeetingClosed(RegistryError):
    """The minutes of the meeting stand; nothing about it changes any more."""

    key = "meeting_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeeting:
    """A meeting to come, or one that was held: of a district (FGD) or of a state (FGN)."""

    area_code: str
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
        InvalidInput: something is missing or too long.
        NotPermitted: the area is not wholly in the acting user's territory.

    """
    said = {name: " ".join(getattr(command, name).split()) for name in ("number", "place")}
    problems = {
        name: "required" if not value else "too_long" for name, value in said.items() if not 0 < len(value) <= _LONGEST
    }
    if command.held_on is None:
        problems["held_on"] = "required"
    if not command.area_code:
        problems["area"] = "required"
    members = [" ".join(name.split())[:_LONGEST] for name in command.members if name.strip()]
    if not members:
        problems["members"] = "required"
    if problems:
        raise InvalidInput(problems)
    made = Meeting(
        area_code=command.area_code,
        held_on=command.held_on,
        members=members,
        created_by=session.scalar(_ACTING),
        **said,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "42501":
            raise NotPermitted from None
        raise
    _audited(session, "plan_meeting", made)
    return made


def draw_agenda(session: Session, meeting_id: int) -> int:
    """Put every recommended case of the area that waits on no agenda on this one; how many came.

    Raises:
        NotFound: there is no such meeting to hold for who acts.
        MeetingClosed: its minutes stand.

    """
    meeting = _open(session, meeting_id)
    drawn = session.execute(_DRAW, {"meeting": meeting.id})
    number = drawn.rowcount if isinstance(drawn, CursorResult) else 0
    _audited(session, "draw_agenda", meeting, cases=number)
    return number


def take_off(session: Session, meeting_id: int, case_id: int) -> None:
    """Take a case that is not decided yet off the agenda; it waits in the queue again."""
    meeting = _open(session, meeting_id)
    session.execute(_TAKE_OFF, {"meeting": meeting.id, "case_id": case_id})
    _audited(session, "take_off_agenda", meeting, case=case_id)


def decide_items(
    session: Session, meeting_id: int, decisions: Sequence[Decision]
) -> list[tuple[Decision, RegistryError | None]]:
    """Decide many cases at once; each stands for itself, so that one that is refused holds no other up.

    Raises:
        NotFound: there is no such meeting to hold for who acts.
        MeetingClosed: its minutes stand.
        InvalidInput: something other than one of :data:`OUTCOMES` was chosen.

    """
    meeting = _open(session, meeting_id)
    if any(decision.action not in OUTCOMES for decision in decisions):
        raise InvalidInput({"action": "choice"})
    answers: list[tuple[Decision, RegistryError | None]] = []
    for decision in decisions:
        step = TakeStep(
            case_id=decision.case_id,
            version=decision.version,
            action=decision.action,
            reason=decision.reason.strip() or None,
            meeting_id=meeting.id,
        )
        try:
            with session.begin_nested():
                decide_case(session, step)
        except RegistryError as refusal:
            answers.append((decision, refusal))
        else:
            answers.append((decision, None))
    if meeting.state == "planned" and any(refusal is None for _, refusal in answers):
        meeting.state = "held"
        session.flush()
    return answers


def close_meeting(session: Session, meeting_id: int, *, version: int) -> None:
    """Close the minutes: what was not decided goes back to the queue, and nothing changes any more.

    Raises:
        NotFound: there is no such meeting to hold for who acts.
        MeetingClosed: they are closed already.
        StaleRecord: somebody has changed the meeting since.

    """
    meeting = _open(session, meeting_id)
    if meeting.version != version:
        raise StaleRecord(version=meeting.version)
    session.execute(_POSTPONE, {"meeting": meeting.id})
    meeting.state, meeting.version = "closed", meeting.version + 1
    session.flush()
    _audited(session, "close_meeting", meeting)


def _open(session: Session, meeting_id: int) -> Meeting:
    found = session.get(Meeting, meeting_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound
    if found.state == "closed":
        raise MeetingClosed
    return found


def _audited(session: Session, action: str, meeting: Meeting, **said: int) -> None:
    district = meeting.area_code if len(meeting.area_code) > 2 else None  # noqa: PLR2004 - a state's code has two digits
    audit.record(
        session,
        action,
        subject="meeting",
        subject_id=meeting.id,
        district_code=district,
        after={"number": meeting.number, **said},
    )
