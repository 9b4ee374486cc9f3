"""Opens cases, keeps their drafts, and moves them from one state to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, text

from registry import audit
from registry.cases.models import CaseFile, CaseStep
from registry.errors import NotFound, StaleRecord
from registry.refusals import StepIllegal, refusals_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy.orm import Session

_ACTING = text("SELECT ekasih.acting_user()")
_SAVED_LATELY = text("""
    SELECT EXISTS (
        SELECT FROM ekasih.audit_log AS a
        WHERE a.subject = 'case' AND a.subject_id = :case_id AND a.action = 'save_form'
            AND a.actor_id = ekasih.acting_user() AND a.at > clock_timestamp() - interval '10 minutes')
""")


EDITABLE = frozenset({"draft", "received", "assigned", "visited", "returned", "due"})
"""States in which the form of a case may still be changed; the database holds the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A new case. ``draft`` is the form as it stands; the reporter is whoever brings it, if not the head."""

    channel: str
    district_code: str
    mukim_code: str | None = None
    head_name: str = ""
    reporter_name: str | None = None
    reporter_phone: str | None = None
    reporter_relation: str | None = None
    household_id: int | None = None
    held_id: int | None = None
    draft: Mapping[str, Any] = field(default_factory=dict)
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDraft:
    """The form of a case as it stands now; ``version`` is the one that was opened."""

    case_id: int
    version: int
    district_code: str
    mukim_code: str | None
    head_name: str
    reporter_name: str | None
    reporter_phone: str | None
    reporter_relation: str | None
    draft: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """A step of a case, as the case was at ``version``; what a step needs beside its name depends on the step."""

    case_id: int
    version: int
    action: str
    reason: str | None = None
    assigned_to: int | None = None
    meeting_id: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


def open_case(session: Session, command: OpenCase) -> CaseFile:
    """Open a case as a draft; it enters the queue with the step ``submit``."""
    values = {name: getattr(command, name) for name in OpenCase.__dataclass_fields__}
    values["draft"] = audit.plain(command.draft)
    statement = insert(CaseFile).values(**values, created_by=session.scalar(_ACTING)).returning(CaseFile)
    case = session.scalars(statement).one()
    _audited(session, case, "open_case", after={"channel": case.channel})
    return case


def save_draft(session: Session, command: SaveDraft) -> CaseFile:
    """Keep the form of a case as it stands, however much of it is filled in.

    Raises:
        NotFound: there is no such case, or not in the territory of who acts.
        StaleRecord: somebody else saved or moved it meanwhile.
        StepIllegal: it is being decided on, or closed.

    """
    case = _opened(session, command.case_id, command.version)
    if case.state not in EDITABLE:
        raise StepIllegal
    for name in SaveDraft.__dataclass_fields__:
        if name not in {"case_id", "version", "draft"}:
            setattr(case, name, getattr(command, name))
    case.draft = audit.plain(command.draft)
    case.version += 1
    case.updated_at = datetime.now(UTC)
    session.flush()
    # a form that others have seen is written down each time; a draft, which is saved every few seconds, when somebody
    # begins to fill it in and every ten minutes from there
    if case.state != "draft" or not session.scalar(_SAVED_LATELY, {"case_id": case.id}):
        _audited(session, case, "save_form", after={"version": case.version})
    return case


def take_step(session: Session, command: TakeStep) -> CaseFile:
    """Move a case; the database judges whether the step is allowed, and keeps who, when and why.

    Raises:
        NotFound: there is no such case, or not in the territory of who acts.
        StaleRecord: somebody else moved or saved it meanwhile.
        StepIllegal, StepNotPermitted, SamePerson, StepIncomplete, MeetingClosed, MeetingNotYet: the rule that the
            step would break.
        ReasonMissing: the step needs a reason.

    """
    case = _opened(session, command.case_id, command.version)
    values = {
        "case_id": case.id,
        "action": command.action,
        "reason": (command.reason or "").strip() or None,
        "assigned_to": command.assigned_to,
        "meeting_id": command.meeting_id,
        "detail": audit.plain(command.detail),
    }
    before = case.state
    with refusals_named(session):
        session.execute(insert(CaseStep).values(**values))
    session.refresh(case)
    _audited(session, case, command.action, before={"state": before}, after={"state": case.state})
    return case


def _opened(session: Session, case_id: int, version: int) -> CaseFile:
    case = session.get(CaseFile, case_id, with_for_update=True, populate_existing=True)
    if case is None:
        raise NotFound
    if case.version != version:
        raise StaleRecord(version=case.version, at=case.updated_at)
    return case


def _audited(session: Session, case: CaseFile, action: str, **values: Mapping[str, Any]) -> None:
    audit.record(session, action, subject="case", subject_id=case.id, district_code=case.district_code, **values)
