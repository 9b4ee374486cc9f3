"""Targets that one person proposes and another approves; what they would do to the areas inside is told before."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import insert, select, text, update

from registry import audit
from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.kpi.models import TargetProposal
from registry.kpi.target_states import set_inside
from registry.kpi.target_trees import path_of, read_points, standing_tree, written_points
from registry.kpi.targets import MOST, SetTargets, TargetValues, set_targets
from registry.refusals import ReasonMissing, refusals_named
from registry.status.models import Indicator, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from poverty.kpi.cascade import How

# where there is nobody and nothing is wanted there is nothing to tell
_STANDING: Final = text("""
    SELECT indicator_code, area_code, due_on, target FROM ekasih.target
    WHERE indicator_code = ANY (:codes) AND NOT (how IS NOT NULL AND baseline = 0 AND target = 0)
""")
_OVERTAKEN: Final = text("SELECT ekasih.target_proposal_overtaken(:proposal)")
_ADMINISTERS: Final = text("SELECT ekasih.administers()")
_PROPOSES: Final = text("SELECT ekasih.proposes_targets_of(:area)")
_AREA: Final = text("SELECT EXISTS (SELECT FROM ekasih.area WHERE code = :code)")
_DAYS: Final = ("due_on", "baseline_on")
_VALUES: Final = (*_DAYS, "baseline", "target")

Place = tuple[str, str, date]


@dataclass(frozen=True, slots=True)
class Effect:
    """What approving would change: an indicator's target of an area for a day, before and after; ``None`` for none."""

    indicator_code: str
    area_code: str
    due_on: date
    before: Decimal | None
    after: Decimal | None


def effects(session: Session, command: SetTargets) -> list[Effect]:
    """What setting targets would do to every area, by doing it and undoing it; the country first, then by code.

    Raises:
        NotPermitted, InvalidInput, StaleRecord, TargetsNotShared: as :func:`registry.kpi.targets.set_targets`.

    """
    if not session.scalar(_AREA, {"code": command.area_code}):
        raise NotPermitted

    def set_all() -> None:
        session.execute(insert(TargetProposal).values(**_values(command), state="trial"))
        set_targets(session, command)

    return _tried(session, command, set_all)


def _tried(session: Session, command: SetTargets, carry_out: Callable[[], None]) -> list[Effect]:
    codes = sorted(command.wanted)
    before = _standing(session, codes)
    trial = session.begin_nested()
    try:
        with refusals_named(session):
            carry_out()
            session.flush()
            after = _standing(session, codes)
    finally:
        trial.rollback()
        session.expire_all()
    changed = [place for place in {**before, **after} if before.get(place) != after.get(place)]
    ordered = sorted(changed, key=lambda place: (place[0], place[1] != "MY", len(place[1]), place[1], place[2]))
    return [Effect(*place, before.get(place), after.get(place)) for place in ordered]


def propose(session: Session, command: SetTargets) -> int | None:
    """Send targets to somebody else to approve; answers the number of the proposal, ``None`` where nothing changes.

    Raises:
        ReasonMissing: no reason is given.
        NotPermitted, InvalidInput, StaleRecord, TargetsNotShared: as :func:`effects`.

    """
    if not effects(session, command) and not in_another_way(session, command):
        return None
    if not command.reason.strip():
        raise ReasonMissing
    return _sent(session, command)


def in_another_way(session: Session, command: SetTargets) -> bool:
    """Whether targets are to be shared out or reached in another way, though they stay what they are."""
    for code, one in command.wanted.items():
        held = session.get(Target, (code, command.area_code, one.due_on)) if one.due_on else None
        if one.way and path_of(held) != (one.way, one.points):
            return True
    return any(
        (tree := standing_tree(session, code, one.due_on)) is not None and tree.how != command.how
        for code, one in command.wanted.items()
        if one.again and one.due_on is not None
    )


def _sent(session: Session, command: SetTargets) -> int:
    with refusals_named(session):
        asked = insert(TargetProposal).values(**_values(command), state="waiting").returning(TargetProposal.id)
        proposal: int = session.scalars(asked).one()
    _audited(session, "propose_targets", proposal, command.area_code)
    return proposal


def may_propose(connection: Connection, area: str) -> bool:
    """Whether who is acting may propose targets of an area: it is the own, a state with all its districts."""
    return bool(connection.scalar(_PROPOSES, {"area": area}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sideways:
    """Another target of one area, for who holds the country's to set by hand: its neighbours give way."""

    area_code: str
    indicator_code: str
    due_on: date
    target: Decimal | None
    reason: str


def propose_sideways(session: Session, command: Sideways) -> int | None:
    """Send a target of the own area to who holds the country's; its number, ``None`` where it is what it is.

    What it does to the neighbours is told to who decides: whoever leads one district sees no figures of the others.

    Raises:
        InvalidInput: no number, or none that can be; no reason.
        NotFound: the area has no such target.
        NotPermitted: the area is not the own.
        TargetNotFromHere: the target is not shared out.

    """
    held = session.get(Target, (command.indicator_code, command.area_code, command.due_on))
    if held is None:
        raise NotFound
    target = command.target
    whole_only = session.get_one(Indicator, command.indicator_code).unit != "syer"
    problems = {}
    if target is None or not 0 <= target <= MOST or (whole_only and target != int(target)):
        problems["target"] = "number"
    if not command.reason.strip():
        problems["reason"] = "required"
    if problems or target is None:
        raise InvalidInput(problems)
    if target == held.target:
        return None
    seen = TargetValues(due_on=held.due_on, baseline=held.baseline, baseline_on=held.baseline_on, target=held.target)
    code = command.indicator_code
    asked = SetTargets(
        area_code=command.area_code,
        wanted={code: replace(seen, target=target)},
        seen={code: seen},
        reason=command.reason,
    )
    return _sent(session, asked)


def command_of(session: Session, proposal: int) -> SetTargets:
    """What a waiting proposal would set.

    Raises:
        NotFound: there is none of that number that waits.

    """
    waiting = TargetProposal.id == proposal, TargetProposal.state == "waiting"
    found = session.scalar(select(TargetProposal).where(*waiting))
    if found is None:
        raise NotFound
    return SetTargets(
        area_code=found.area_code,
        wanted=read_values(found.wanted),
        seen=read_values(found.seen),
        reason=found.reason,
        how=cast("How | None", found.how),
    )


def approve(session: Session, proposal: int) -> int | None:
    """Approve a proposal and set its targets; answers how many, ``None`` where others were set since: it is void then.

    Raises:
        OwnTargetProposal: it is one's own.
        TargetProposalDecided, NotFound: somebody has decided on it.
        TargetsNotShared, TargetBasisChanged: the areas inside cannot add up to it; it waits on.

    """
    command = command_of(session, proposal)
    changed = None
    if not session.scalar(_OVERTAKEN, {"proposal": proposal}):
        with suppress(StaleRecord), session.begin_nested():
            _decide(session, proposal, "approved", None)
            changed = _carried_out(session, proposal, command)
    if changed is None:
        _decide(session, proposal, "stale", None)
        return None
    _audited(session, "approve_targets", proposal, command.area_code)
    return changed


def _carried_out(session: Session, proposal: int, command: SetTargets) -> int:
    """Set what was approved: of the whole tree by who administers, inside a state by who decides for it."""
    if session.scalar(_ADMINISTERS):
        return set_targets(session, command)
    return set_inside(session, proposal, command)


def effects_of(session: Session, proposal: int) -> list[Effect]:
    """What approving a proposal that waits would do, by doing it and undoing it.

    Raises:
        NotFound: there is none of that number that waits.
        NotPermitted, OwnTargetProposal, StaleRecord, TargetsNotShared, TargetBasisChanged: as :func:`approve`.

    """
    command = command_of(session, proposal)
    if session.scalar(_ADMINISTERS):
        return effects(session, command)

    def carry_out() -> None:
        _decide(session, proposal, "approved", None)
        set_inside(session, proposal, command)

    return _tried(session, command, carry_out)


def refuse(session: Session, proposal: int, *, reason: str) -> None:
    """Refuse somebody else's proposal.

    Raises:
        ReasonMissing: no reason is given.
        OwnTargetProposal, TargetProposalDecided, NotFound: as :func:`approve`.

    """
    area = command_of(session, proposal).area_code
    _decide(session, proposal, "refused", reason)
    _audited(session, "refuse_targets", proposal, area)


def withdraw(session: Session, proposal: int) -> None:
    """Take back one's own proposal.

    Raises:
        NotPermitted: it is somebody else's.
        TargetProposalDecided, NotFound: as :func:`approve`.

    """
    area = command_of(session, proposal).area_code
    _decide(session, proposal, "withdrawn", None)
    _audited(session, "withdraw_targets", proposal, area)


def _decide(session: Session, proposal: int, state: str, answer: str | None) -> None:
    decided = update(TargetProposal).where(TargetProposal.id == proposal).values(state=state, answer=answer)
    with refusals_named(session):
        session.execute(decided.execution_options(synchronize_session=False))


def _audited(session: Session, action: str, proposal: int, area: str) -> None:
    audit.record(
        session, action, subject="target", subject_id=proposal, district_code=None, before=None, after={"area": area}
    )


def _standing(session: Session, codes: list[str]) -> dict[Place, Decimal]:
    found = session.execute(_STANDING, {"codes": codes})
    return {(code, area, due_on): target for code, area, due_on, target in found}


def _values(command: SetTargets) -> dict[str, Any]:
    kept = {"area_code": command.area_code, "reason": command.reason.strip(), "how": command.how}
    return {**kept, "wanted": _written(command.wanted), "seen": _written(command.seen)}


def _written(values: Mapping[str, TargetValues]) -> dict[str, dict[str, Any]]:
    return {
        code: {
            name: value.isoformat() if isinstance(value, date) else f"{value:f}"
            for name in _VALUES
            if (value := getattr(one, name)) is not None
        }
        | ({"again": "1"} if one.again else {})
        | ({"way": one.way, "points": written_points(one.points)} if one.way else {})
        for code, one in values.items()
    }


def read_values(values: Mapping[str, Mapping[str, Any]]) -> dict[str, TargetValues]:
    """Values as a proposal keeps them, by indicator."""

    def value(name: str, written: Any) -> Any:
        if name == "points":
            return read_points(written)
        if name in {"again", "way"}:
            return True if name == "again" else written
        return date.fromisoformat(written) if name in _DAYS else Decimal(written)

    return {
        code: TargetValues(**{name: value(name, written) for name, written in one.items()})
        for code, one in values.items()
    }
