"""Requests for changes: filed by who may only ask, decided by somebody else, carried out with the decision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from registry import audit
from registry.audit.models import AuditEntry
from registry.cases import exits
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.households import members as household_members
from registry.households import moves as household_moves
from registry.households import saving as households
from registry.households.change_payload import command_from, kind_of, payload_of
from registry.households.commands import ChangeSeveral
from registry.households.models import ChangeRequest, Household
from registry.households.record import effect_of, on_behalf
from registry.refusals import ReasonMissing, RequestDecided, refusal_of, refusals_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from registry.households.commands import HouseholdCommand, Saved


class NothingToChange(InvalidInput):
    """The record says all of this already."""


_SERVICES: dict[str, Callable[[Any, Any], Saved]] = {
    "edit_dwelling": households.edit_dwelling,
    "edit_assets": households.edit_assets,
    "edit_location": households.edit_location,
    "move_household": household_moves.move_household,
    "edit_member": household_members.edit_member,
    "edit_members": household_members.edit_members,
    "edit_income": household_members.edit_income,
    "add_member": household_members.add_member,
    "remove_member": household_members.remove_member,
    "change_head": household_members.change_head,
    "add_aid": households.add_aid,
    "remove_aid": households.remove_aid,
    "exit_household": exits.exit_household,
    "reinstate_household": exits.reinstate_household,
}
_LAST_AUDIT = text("""
    SELECT coalesce(max(id), 0) FROM ekasih.audit_log WHERE subject = 'household' AND subject_id = :id
""")


def carry_out(session: Session, command: HouseholdCommand) -> Saved:
    """Hand a command to its service, in the caller's transaction."""
    if isinstance(command, ChangeSeveral):
        return _several(session, command)
    return _SERVICES[kind_of(command)](session, command)


def request_change(session: Session, command: HouseholdCommand, *, note: str | None = None) -> int:
    """File a change for somebody else to decide on; answers the request's id.

    The change is tried out and undone, so that what cannot be is refused now, and the request says what it would do.

    Raises:
        InvalidInput: fields that cannot be accepted, or nothing would change.
        NotFound: there is no such household in the territory of who asks.
        StaleRecord: it was changed since it was opened.

    """
    household = session.get(Household, command.household_id)
    if household is None:
        raise NotFound
    values: dict[str, Any] = {
        "household_id": household.id,
        "district_code": household.district_code,
        "kind": kind_of(command),
        "payload": payload_of(command),
        "seen_version": command.version,
        "note": (note or "").strip() or None,
    }
    before, after, effect = _tried(session, command, values)
    asked = insert(ChangeRequest).values(**values, before=before, after=after, effect=effect, state="waiting")
    request_id: int = session.scalars(asked.returning(ChangeRequest.id)).one()
    _audited(session, "request_change", request_id, values["district_code"], {"kind": values["kind"]})
    return request_id


def withdraw(session: Session, request_id: int) -> None:
    """Take back one's own request."""
    request = _waiting(session, request_id)
    _settle(session, request, "withdrawn", None)


def refuse(session: Session, request_id: int, *, reason: str) -> None:
    """Refuse a request.

    Raises:
        ReasonMissing: no reason is given.
        OwnRequest: it is one's own.
        NotPermitted: who acts may not decide on it.

    """
    if not reason.strip():
        raise ReasonMissing
    _settle(session, _waiting(session, request_id), "refused", reason)


def approve(session: Session, request_id: int, *, reason: str | None = None) -> Saved | None:
    """Approve a request and carry it out; ``None`` where the household moved on meanwhile, and the request is stale.

    Raises:
        OwnRequest: it is one's own.
        NotPermitted: who acts may not decide on it.
        InvalidInput: what it asks for cannot be any more.

    """
    request = _waiting(session, request_id)
    command = command_from(
        request.kind, request.payload, household_id=request.household_id, version=request.seen_version
    )
    try:
        with session.begin_nested(), on_behalf(session):
            _settle(session, request, "approved", reason)
            saved = carry_out(session, command)
            effect = update(ChangeRequest).where(ChangeRequest.id == request.id).values(effect=effect_of(saved))
            session.execute(effect)
    except StaleRecord:
        _settle(session, request, "stale", reason)
        return None
    return saved


def _tried(
    session: Session, command: HouseholdCommand, values: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """What a change would do, by doing it and undoing it; the database lets no transaction end in between."""
    last = session.scalar(_LAST_AUDIT, {"id": command.household_id})
    trial = session.begin_nested()
    try:
        with on_behalf(session):
            session.execute(insert(ChangeRequest).values(**values, state="trial"))
            saved = carry_out(session, command)
        if not saved.changed:
            raise NothingToChange({"": "nothing_changed"})
        before, after = _told(session, command.household_id, since=last)
        return before, after, effect_of(saved)
    except DBAPIError as error:
        raise (refusal_of(error) or error) from None
    finally:
        trial.rollback()
        session.expire_all()


def _told(session: Session, household_id: int, *, since: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the entries of the log say of a household from one on: each field as it was first, and as it is last."""
    of_household = (AuditEntry.subject == "household", AuditEntry.subject_id == household_id, AuditEntry.id > since)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for entry in session.scalars(select(AuditEntry).where(*of_household).order_by(AuditEntry.id)):
        before = dict(entry.before or {}) | before
        after |= entry.after or {}
    return before, after


def _several(session: Session, command: ChangeSeveral) -> Saved:
    """Carry out the changes one after the other, each upon what the one before left."""
    done: list[Saved] = []
    version = command.version
    for one in command.changes:
        done.append(carry_out(session, replace(one, version=version)))
        version = done[-1].version
    if not done:
        raise NothingToChange({"": "nothing_changed"})
    return replace(
        done[-1],
        changed=tuple(dict.fromkeys(name for saved in done for name in saved.changed)),
        status_before=done[0].status_before,
        per_capita_before_rm=done[0].per_capita_before_rm,
        decided=any(saved.decided for saved in done),
    )


def _waiting(session: Session, request_id: int) -> ChangeRequest:
    request = session.get(ChangeRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None:
        raise NotFound
    if request.state != "waiting":
        raise RequestDecided
    return request


def _settle(session: Session, request: ChangeRequest, state: str, reason: str | None) -> None:
    statement = update(ChangeRequest).where(ChangeRequest.id == request.id)
    with refusals_named(session):
        session.execute(
            statement.values(state=state, reason=(reason or "").strip() or None),
            execution_options={"synchronize_session": False},
        )
    _audited(session, f"change_{state}", request.id, request.district_code, {"kind": request.kind})


def _audited(session: Session, action: str, request_id: int, district: str, after: dict[str, Any]) -> None:
    audit.record(session, action, subject="change_request", subject_id=request_id, district_code=district, after=after)
