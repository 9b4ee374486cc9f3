"""What is done with a target group: put together, counted, asked for, decided on, frozen, dropped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from registry import audit
from registry.aid.conditions.fields import FIELDS
from registry.aid.conditions.problems import BadCondition
from registry.aid.judging import require_in_malaysia, require_needs, with_area_codes
from registry.aid.targets.models import TargetGroup
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from registry.aid.conditions.language import Conditions

LONGEST_NAME: Final = 120
LONGEST_PURPOSE: Final = 1_000
MOST_FIELDS: Final = 20
PURPOSE_LETTERS: Final = 20
"""Letters that a purpose has at least: the database asks for as many."""
FIELDS_TO_GIVE: Final = tuple(field.name for field in FIELDS.values() if field.kind not in {"aid", "area"})
"""What of a record may be asked for beside name, address and point."""

_COUNT: Final = text("""
    SELECT area_code, households, counts_as_agency() AS rounded
    FROM target_counts(CAST(:asked AS jsonb), CAST(:day AS date))
""")
_ACTING: Final = text("SELECT acting_user() AS person, acting_agency() AS agency")
_MAKE: Final = text("""
    INSERT INTO target_group (agency_id, name, purpose, conditions, polygon, on_date, fields, made_by)
    VALUES (:agency, :name, :purpose, CAST(:conditions AS jsonb), CAST(:polygon AS jsonb), :on_date,
            CAST(:fields AS text[]), :person)
    RETURNING id
""")
_CHANGE: Final = text("""
    UPDATE target_group
    SET name = :name, purpose = :purpose, conditions = CAST(:conditions AS jsonb), polygon = CAST(:polygon AS jsonb),
        on_date = :on_date, fields = CAST(:fields AS text[]), version = version + 1
    WHERE id = :group AND version = :version
""")
_ASK: Final = text("SELECT ask_target(:group)")
_DECIDE: Final = text("SELECT decide_target(:group, :approved, :reason)")
_FREEZE: Final = text("SELECT freeze_target(:group)")
_EXPIRE: Final = text("SELECT expire_targets()")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many households a group reaches; where ``rounded``, no total and areas that are not there are below ten."""

    total: int | None
    by_area: dict[str, int]
    rounded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A target group as somebody puts it together; ``agency_id`` is for who belongs to no agency."""

    name: str
    purpose: str
    conditions: Conditions
    on_date: date
    fields: tuple[str, ...] = ()
    agency_id: int | None = None


def count_target(session: Session, conditions: Conditions, day: date) -> Counts:
    """What who acts may know of how many households meet conditions on a day.

    Raises:
        BadCondition: an area or a need is none, or they ask about the person aided.
        TargetOfWholeState: something sensitive is asked of a part of a state.
        TooManyCounts: the agency has had its counts of this hour.
        NotPermitted: who acts puts no target groups together.

    """
    coded = _settled(session, conditions)
    with refusals_named(session):
        rows = session.execute(_COUNT, {"asked": json.dumps(coded.whole()), "day": day}).all()
    found = {row.area_code: row.households for row in rows}
    total = found.pop("")
    return Counts(total, {code: int(n) for code, n in sorted(found.items())}, rows[0].rounded)


def make_target(session: Session, draft: Draft) -> int:
    """Keep a new draft; its id.

    Raises:
        InvalidInput: something is missing or too long.
        BadCondition, NotPermitted: as :func:`count_target`.

    """
    values = _values(session, draft)
    actor = session.execute(_ACTING).one()
    agency = draft.agency_id if actor.agency is None else actor.agency
    with refusals_named(session):
        group_id = int(session.execute(_MAKE, {**values, "agency": agency, "person": actor.person}).scalar_one())
    _noted(session, "make_target", group_id, after=_told(values))
    return group_id


def change_target(session: Session, group_id: int, version: int, draft: Draft) -> None:
    """Change a draft as it was at ``version``.

    Raises:
        NotFound: there is no such draft of who acts.
        StaleRecord: somebody has changed it since.
        InvalidInput, BadCondition: as :func:`make_target`.

    """
    _draft(session, group_id, version=version)
    values = _values(session, draft)
    changed: Any = session.execute(_CHANGE, {**values, "group": group_id, "version": version})
    if changed.rowcount != 1:
        raise StaleRecord
    _noted(session, "change_target", group_id, after=_told(values))


def drop_target(session: Session, group_id: int) -> None:
    """Take a draft away.

    Raises:
        NotFound: there is no such draft of who acts.

    """
    session.delete(_draft(session, group_id))
    session.flush()
    _noted(session, "drop_target", group_id)


def ask_target(session: Session, group_id: int) -> None:
    """Ask for the list of a draft.

    Raises:
        ReasonMissing: its purpose is not told in words.
        TargetStepIllegal, TargetOfWholeState, NotPermitted: as they say.

    """
    _step(session, "ask_target", group_id, lambda: session.execute(_ASK, {"group": group_id}))


def decide_target(session: Session, group_id: int, *, approved: bool, reason: str = "") -> None:
    """Approve a list, or refuse it with a reason.

    Raises:
        ReasonMissing, TargetStepIllegal, OwnTarget, TargetIsNational, NotPermitted: as they say.

    """
    values = {"group": group_id, "approved": approved, "reason": reason[:LONGEST_PURPOSE]}
    action = "approve_target" if approved else "refuse_target"
    _step(session, action, group_id, lambda: session.execute(_DECIDE, values))


def freeze_target(session: Session, group_id: int) -> int:
    """Store the households of an approved list as they are now; how many.

    Raises:
        TargetStepIllegal, NotPermitted: as they say.

    """
    return int(_step(session, "freeze_target", group_id, lambda: session.scalar(_FREEZE, {"group": group_id})))


def expire_targets(session: Session | Connection) -> int:
    """Close the lists whose time is over; how many. For the register itself."""
    return int(session.scalar(_EXPIRE) or 0)


def _step(session: Session, action: str, group_id: int, take: Any) -> Any:
    with refusals_named(session):
        done = take()
    _noted(session, action, group_id)
    return done


def _noted(session: Session, action: str, group_id: int, *, after: dict[str, Any] | None = None) -> None:
    """Write it down: no household is in an entry."""
    audit.record(session, action, subject="target_group", subject_id=group_id, district_code=None, after=after)


def _settled(session: Session, conditions: Conditions) -> Conditions:
    if conditions.asks_recipient:
        raise BadCondition("recipient")
    require_needs(session, conditions)
    require_in_malaysia(session, conditions)
    return with_area_codes(session, conditions)


def _values(session: Session, draft: Draft) -> dict[str, Any]:
    problems: dict[str, str] = {}
    name, purpose = " ".join(draft.name.split()), draft.purpose.strip()
    if not name:
        problems["name"] = "required"
    elif len(name) > LONGEST_NAME:
        problems["name"] = "too_long"
    if len(purpose) > LONGEST_PURPOSE:
        problems["purpose"] = "too_long"
    if len(draft.fields) > MOST_FIELDS or not set(draft.fields) <= set(FIELDS_TO_GIVE):
        problems["fields"] = "choice"
    if problems:
        raise InvalidInput(problems)
    coded = _settled(session, draft.conditions)
    return {
        "name": name,
        "purpose": purpose,
        "conditions": json.dumps(coded.stored()),
        "polygon": json.dumps(coded.polygon) if coded.polygon else None,
        "on_date": draft.on_date,
        "fields": list(dict.fromkeys(draft.fields)),
    }


def _draft(session: Session, group_id: int, *, version: int | None = None) -> TargetGroup:
    found = session.scalar(select(TargetGroup).where(TargetGroup.id == group_id, TargetGroup.state == "draf"))
    if found is None:
        raise NotFound
    if version is not None and found.version != version:
        raise StaleRecord
    return found


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("name", "conditions", "on_date", "fields")}
