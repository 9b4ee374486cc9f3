"""Makes two records of one household one, in a way that can be undone, and settles pairs that are two after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError

from registry import audit
from registry.cleansing.merged_fields import HEAD_FIELDS, HOUSEHOLD_FIELDS, take_aid, take_head, take_member
from registry.cleansing.models import DuplicateCandidate, HouseholdMerge
from registry.errors import InvalidInput, NotFound, RegistryError, StaleRecord
from registry.households.commands import HouseholdCommand
from registry.households.models import Household, Person
from registry.households.moves import judge_point
from registry.households.record import Change, on_behalf
from registry.refusals import MergeBlocked, refusals_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

MERGED, DIFFERENT, OPEN = "merged", "different", "open"
CHOICES: Final = frozenset({*HOUSEHOLD_FIELDS, *HEAD_FIELDS})
"""What can be taken from the record that leaves."""
_PLACE: Final = frozenset({"area", "point"})
_DECIDES: Final = frozenset({"area", "head.income"})

_WRITES = text("SELECT ekasih.write_by('cleanse')")
_LOCK = text("SELECT id, version, updated_at FROM ekasih.household WHERE id = ANY (:ids) ORDER BY id FOR UPDATE")
_SNAPSHOT = text("SELECT ekasih.household_snapshot(:id)")
_DIGEST = text("SELECT ekasih.household_digest(:id)")
_TAKE_OUT = text("SELECT ekasih.take_household_out(:gone, :kept)")
_PUT_BACK = text("SELECT ekasih.put_household_back(:snapshot, :moved)").bindparams(
    bindparam("snapshot", type_=JSONB), bindparam("moved", type_=JSONB)
)
_RESTORE = text("SELECT ekasih.restore_household(:snapshot)").bindparams(bindparam("snapshot", type_=JSONB))


class ChangedSinceMerge(RegistryError):
    """The record was changed after the merge, so the merge cannot be undone without losing that change."""

    key = "changed_since_merge"


class AlreadySettled(RegistryError):
    """Somebody has settled the pair, or undone the merge, in the meantime."""

    key = "already_settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeHouseholds:
    """The record to keep and the one to take out, as each was seen, and what the first takes from the other.

    ``chosen`` are names of :data:`CHOICES`; ``members`` persons of the record that leaves who join the one that stays.
    """

    candidate_id: int
    kept_id: int
    kept_version: int
    gone_id: int
    gone_version: int
    chosen: frozenset[str] = frozenset()
    members: tuple[int, ...] = ()


def mark_different(session: Session, candidate_id: int) -> None:
    """Settle a pair as two households; it is not offered again.

    Raises:
        NotFound: there is no such pair in the acting user's territory.
        AlreadySettled: the pair was settled meanwhile.

    """
    pair = _open_pair(session, candidate_id)
    _settle(session, pair, DIFFERENT)
    _audited(session, "mark_different", pair.household_a, after={"other": pair.household_b})


def merge_households(session: Session, command: MergeHouseholds) -> int:
    """Merge two records; answers the merge, by which it can be undone.

    Raises:
        NotFound: the pair, or one of the records, is not in the acting user's territory.
        StaleRecord: one of them was changed since it was shown.
        AlreadySettled: the pair was settled meanwhile.
        MergeBlocked: other data hangs on the record that would leave.

    """
    session.execute(_WRITES)
    pair = _open_pair(session, command.candidate_id)
    if {command.kept_id, command.gone_id} != {pair.household_a, pair.household_b}:
        raise NotFound
    if not command.chosen <= CHOICES:
        raise InvalidInput({"chosen": "choice"})
    _lock(session, {command.kept_id: command.kept_version, command.gone_id: command.gone_version})
    kept_before, gone_before = (session.scalar(_SNAPSHOT, {"id": id_}) for id_ in (command.kept_id, command.gone_id))
    with on_behalf(session):  # a merge is written down as such, not as a request
        change = Change(session, HouseholdCommand(household_id=command.kept_id, version=command.kept_version))
    gone = session.get_one(Household, command.gone_id)
    gone_district = gone.district_code
    _settle(session, pair, MERGED)
    _combine(change, gone, command)
    session.expunge(gone)
    moved = _taken_out(session, command)
    change.note("merged", None, command.gone_id)
    change.finish("merge_household")
    merge = HouseholdMerge(
        candidate_id=pair.id,
        kept_id=command.kept_id,
        gone_id=command.gone_id,
        kept_district=change.household.district_code,
        gone_district=gone_district,
        kept_before=kept_before,
        gone_before=gone_before,
        chosen=sorted(command.chosen),
        moved=moved,
        digest=session.scalar(_DIGEST, {"id": command.kept_id}),
        merged_by=_login(session),
    )
    session.add(merge)
    session.flush()
    return merge.id


def undo_merge(session: Session, merge_id: int) -> int:
    """Put both records back as they were before a merge; answers the household that had left.

    Raises:
        NotFound: there is no such merge in the acting user's territory.
        AlreadySettled: it was undone meanwhile.
        ChangedSinceMerge: the record that stayed was changed since.

    """
    session.execute(_WRITES)
    merge = session.get(HouseholdMerge, merge_id, with_for_update=True, populate_existing=True)
    if merge is None:
        raise NotFound
    if merge.undone_at is not None:
        raise AlreadySettled
    kept = session.get(Household, merge.kept_id, with_for_update=True, populate_existing=True)
    if kept is None or session.scalar(_DIGEST, {"id": merge.kept_id}) != merge.digest:
        raise ChangedSinceMerge
    with on_behalf(session):  # a merge is written down as such, not as a request
        change = Change(session, HouseholdCommand(household_id=merge.kept_id, version=kept.version))
    decides = _DECIDES & set(merge.chosen) or kept.member_count != merge.kept_before["household"]["member_count"]
    session.execute(_RESTORE, {"snapshot": merge.kept_before})
    session.execute(_PUT_BACK, {"snapshot": merge.gone_before, "moved": merge.moved})
    session.expire_all()
    if decides:
        change.decide("corrected")
    if _PLACE & set(merge.chosen):
        change.keep_place()
        judge_point(change)
    change.note("merged", merge.gone_id, None)
    change.finish("undo_merge")
    merge.undone_at, merge.undone_by = datetime.now(UTC), _login(session)
    session.execute(
        update(DuplicateCandidate)
        .where(DuplicateCandidate.id == merge.candidate_id)
        .values(state=OPEN, decided_at=None, decided_by=None)
    )
    session.flush()
    return merge.gone_id


def _open_pair(session: Session, candidate_id: int) -> DuplicateCandidate:
    pair = session.get(DuplicateCandidate, candidate_id, with_for_update=True, populate_existing=True)
    if pair is None:
        raise NotFound
    if pair.state != OPEN:
        raise AlreadySettled
    return pair


def _settle(session: Session, pair: DuplicateCandidate, state: str) -> None:
    pair.state, pair.decided_at, pair.decided_by = state, datetime.now(UTC), _login(session)
    session.flush()


def _lock(session: Session, seen: Mapping[int, int]) -> None:
    found = session.execute(_LOCK, {"ids": list(seen)}).all()
    if len(found) != len(seen):
        raise NotFound
    for row in found:
        if row.version != seen[row.id]:
            raise StaleRecord(version=row.version, at=row.updated_at)


def _combine(change: Change, gone: Household, command: MergeHouseholds) -> None:
    """Take over what was chosen, and decide again where that bears on the status."""
    session, kept = change.session, change.household
    decides = bool(command.members or _DECIDES & command.chosen)
    if decides:
        change.bring_line_up_to_date()
    for name in sorted(command.chosen & set(HOUSEHOLD_FIELDS)):
        change.assign(kept, {column: getattr(gone, column) for column in HOUSEHOLD_FIELDS[name]})
    heads = {
        person.household_id: person
        for person in session.scalars(select(Person).where(Person.household_id.in_([kept.id, gone.id]), Person.is_head))
    }
    session.flush()
    take_head(change, heads[kept.id], heads[gone.id], command.chosen)
    people = {person.id: person for person in session.scalars(select(Person).where(Person.household_id == gone.id))}
    for person_id in command.members:
        if person_id not in people or people[person_id].is_head:
            raise InvalidInput({"members": "member_gone"})
        take_member(change, people[person_id])
    take_aid(session, kept_id=kept.id, gone_id=gone.id)
    change.refresh()
    if decides:
        change.decide("corrected")
    if _PLACE & command.chosen:
        change.keep_place()
        judge_point(change)
    for person in people.values():
        session.expunge(person)


def _taken_out(session: Session, command: MergeHouseholds) -> dict[str, Any]:
    session.flush()
    try:
        with refusals_named(session):
            found = session.scalar(_TAKE_OUT, {"gone": command.gone_id, "kept": command.kept_id})
    except IntegrityError:
        raise MergeBlocked from None
    moved: dict[str, Any] = dict(found or {})
    return moved


def _audited(session: Session, action: str, household_id: int, **values: Mapping[str, Any]) -> None:
    district = session.scalar(select(Household.district_code).where(Household.id == household_id))
    audit.record(session, action, subject="household", subject_id=household_id, district_code=district, **values)


def _login(session: Session) -> str:
    return str(session.scalar(text("SELECT ekasih.acting_login()")))
