"""Takes households out of the counts, brings them back, and opens the reviews that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, text, update

from registry.cases.models import CaseFile, CaseStep
from registry.errors import InvalidInput
from registry.households.models import EXIT_REASONS, HouseholdExit
from registry.households.record import Change
from registry.households.rules import tidy
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from registry.households.commands import ExitHousehold, ReinstateHousehold, Saved

_CLEANSE = "cleanse"
_EXIT = text("SELECT before, after FROM ekasih.exit_household(:id, :reason, :note)")
_OPEN_REVIEWS = text("SELECT ekasih.open_reviews(CAST(:households AS bigint[]))")
_LOGIN = text("SELECT ekasih.acting_login()")
_TODAY = text("SELECT current_date")


def exit_household(session: Session, command: ExitHousehold) -> Saved:
    """Take a household out of the counts from today; its record stays and is still found.

    Raises:
        InvalidInput: the reason is none of the published ones, ``other`` lacks a note, or it has exited already.
        NotFound: there is no such household to cleanse for who acts.
        StaleRecord: it was changed since it was opened.

    """
    change = Change(session, command, permission=_CLEANSE)
    household, note = change.household, tidy(command.note)
    if command.reason not in EXIT_REASONS:
        raise InvalidInput({"reason": "required"})
    if command.reason == "other" and note is None:
        raise InvalidInput({"note": "required"})
    if household.exited_on is not None:
        raise InvalidInput({"reason": "exited_already"})
    session.flush()
    entry = session.execute(_EXIT, {"id": household.id, "reason": command.reason, "note": note}).one()
    _move_case(session, household.id, "exit", states=("active", "due"), reason=note or command.reason)
    return change.taken_over(before=entry.before, after=entry.after)


def reinstate_household(session: Session, command: ReinstateHousehold) -> Saved:
    """Bring a household back into the counts, decided by the line in force now.

    Raises:
        InvalidInput: no reason is given, or it has not exited.
        NotFound: there is no such household to cleanse for who acts.
        StaleRecord: it was changed since it was opened.

    """
    change = Change(session, command, permission=_CLEANSE)
    household, note = change.household, tidy(command.note)
    if note is None:
        raise InvalidInput({"note": "required"})
    if household.exited_on is None:
        raise InvalidInput({"note": "not_exited"})
    change.assign(household, {"exited_on": None, "exit_reason": None})
    change.note("exit_note", None, note)
    session.flush()
    session.execute(
        update(HouseholdExit)
        .where(HouseholdExit.household_id == household.id, HouseholdExit.undone_on.is_(None))
        .values(undone_on=session.scalar(_TODAY), undone_by=session.scalar(_LOGIN), undone_note=note)
    )
    change.settle_flags(checked=("seen_after_exit",), found=())
    change.bring_line_up_to_date()
    _move_case(session, household.id, "reinstate", states=("exited",), reason=note)
    return change.finish("reinstate")


def open_reviews(session: Session, households: Sequence[int]) -> int:
    """Open a case in state due for each of the households that is due and not being looked at; how many were opened.

    Raises:
        NotPermitted: who acts may not hand out work.

    """
    with refusals_named(session):
        return int(session.scalar(_OPEN_REVIEWS, {"households": list(households)}) or 0)


def _move_case(session: Session, household_id: int, action: str, *, states: tuple[str, ...], reason: str) -> None:
    """Take the household's last case along, where there is one in such a state."""
    wanted = select(CaseFile.id).where(CaseFile.household_id == household_id, CaseFile.state.in_(states))
    case_id = session.scalars(wanted.order_by(CaseFile.id.desc()).limit(1)).first()
    if case_id is not None:
        session.execute(insert(CaseStep).values(case_id=case_id, action=action, reason=reason))
