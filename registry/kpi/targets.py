"""The targets of an area: what each indicator should reach by a day, from a baseline; administrators set them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from poverty.targets import Goal, path_problem
from queries.maps import COUNTRY
from registry import audit
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.kpi.target_basis import ways_of
from registry.kpi.target_trees import (
    SetByHand,
    ShareOut,
    Tree,
    begins_at,
    can_begin,
    path_of,
    set_by_hand,
    share_out,
    standing_tree,
    way_of,
    written_points,
)
from registry.status.models import Indicator, Target

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from poverty.kpi.cascade import How
    from poverty.targets import Way

_ADMINISTERS: Final = text("SELECT ekasih.administers()")
_AREA: Final = text("""
    SELECT level IN ('country', 'state', 'district', 'mukim', 'catchment') FROM ekasih.area WHERE code = :code
""")
_IN_TREE: Final = re.compile(r"MY|[0-9]+")
MOST: Final = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetValues:
    """A target as it was typed; all empty where there is none. Shares are 0-1."""

    due_on: date | None = None
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    way: Way | None = None
    """How it is to be reached, with the ``points`` of it; as before, or straight, where nothing is said."""
    points: tuple[tuple[date, Decimal], ...] = ()
    again: bool = False
    """Whether it is to be shared out anew in another way, though it stays what it is."""

    @property
    def told(self) -> str:
        """As the audit log keeps it."""
        path = "".join(f", {day} {value:f}" for day, value in self.points)
        return f"{self.baseline} ({self.baseline_on}) - {self.target} ({self.due_on})" + (
            f" {self.way}{path}" if self.way else ""
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTargets:
    """What the targets of an area should be, by indicator, and what they were when they were shown."""

    area_code: str
    wanted: Mapping[str, TargetValues]
    seen: Mapping[str, TargetValues]
    reason: str = ""
    how: How | None = None
    """How the country's targets are shared out; as they were, or by share, where nothing is said."""


def set_targets(session: Session, command: SetTargets) -> int:
    """Set the targets that differ from what was shown; answers how many. One of another day joins those before.

    Where the country's target is shared out, that of an area inside becomes a pin and its neighbours give way; left
    empty, the pin is let go. The country's own is shared out anew, and for the first time where nothing is set beside
    it and its baseline is what a closed month ended with.

    Raises:
        NotPermitted: the acting user is no administrator, or there is no such area or indicator.
        InvalidInput: a value is missing, or the days are the wrong way round; ``problems`` by ``<indicator>.<name>``,
            that of the reason by ``reason``.
        StaleRecord: someone else has changed one of them since.
        TargetsNotShared: the areas inside cannot add up to it.

    """
    known = set(session.scalars(select(Indicator.code)))
    if not (session.scalar(_ADMINISTERS) and session.scalar(_AREA, {"code": command.area_code})):
        raise NotPermitted
    nothing = TargetValues()
    changed = {code: one for code, one in command.wanted.items() if one != command.seen.get(code, nothing)}
    if not changed.keys() <= known:
        raise NotPermitted
    shared = {code for code, one in changed.items() if _is_shared(session, command, code, one)}
    if problems := _all_problems(session, command, changed, shared):
        raise InvalidInput(problems)
    for code in changed:
        seen = command.seen.get(code, nothing)
        if _held(session, code, command.area_code, seen.due_on) != seen:
            raise StaleRecord
    for code in sorted(shared):
        _share(session, command, code)
    _set(session, command, {code: one for code, one in changed.items() if code not in shared})
    return len(changed)


def _set(session: Session, command: SetTargets, changed: Mapping[str, TargetValues]) -> None:
    """Set targets that are shared out with nobody."""
    nothing = TargetValues()
    for code, one in changed.items():
        values: dict[str, Any] = {"baseline": one.baseline, "baseline_on": one.baseline_on, "target": one.target}
        if one.way:
            values |= {"way": one.way, "points": written_points(one.points)}
        session.merge(
            Target(indicator_code=code, area_code=command.area_code, due_on=one.due_on, sample=False, **values)
        )
    if changed:
        seen = {code: command.seen.get(code, nothing) for code in changed}
        audit.record(
            session,
            "set_targets",
            subject="target",
            subject_id=None,
            district_code=None,
            before={code: None if one == nothing else one.told for code, one in seen.items()},
            after={**{code: one.told for code, one in changed.items()}, "area": command.area_code},
        )


def _is_shared(session: Session, command: SetTargets, code: str, one: TargetValues) -> bool:
    """Whether a target is one of a tree, or begins one."""
    if one.due_on is None:
        return False
    if standing_tree(session, code, one.due_on):
        return bool(_IN_TREE.fullmatch(command.area_code))
    if command.area_code != COUNTRY or one.baseline is None or one.baseline_on is None or _problems(one):
        return False
    return can_begin(session, code, due_on=one.due_on, baseline_on=one.baseline_on, baseline=one.baseline)


def _share(session: Session, command: SetTargets, code: str) -> None:
    one = command.wanted[code]
    if one.due_on is None:
        raise AssertionError
    held = standing_tree(session, code, one.due_on)
    tree = Tree(indicator_code=code, due_on=one.due_on, seen_version=held.version if held else 0)
    target = one.target
    if command.area_code != COUNTRY:
        by_hand = SetByHand(tree=tree, area_code=command.area_code, target=target, reason=command.reason)
        set_by_hand(session, by_hand)
        return
    baseline_on = one.baseline_on
    if baseline_on is None or target is None:
        raise AssertionError
    how = command.how or (way_of(held) if held else ways_of(session.get_one(Indicator, code))[0])
    path = None if one.way is None else (one.way, one.points)
    asked = ShareOut(tree=tree, baseline_on=baseline_on, target=target, how=how, reason=command.reason, path=path)
    share_out(session, asked)


def _all_problems(
    session: Session, command: SetTargets, changed: Mapping[str, TargetValues], shared: set[str]
) -> dict[str, str]:
    problems: dict[str, str] = {}
    if again := [code for code, one in changed.items() if one.again]:
        if command.area_code != COUNTRY or not shared.issuperset(again):
            problems["how"] = "target_not_shared"
        elif command.how is None:
            problems["how"] = "target_way"
    for code, one in changed.items():
        found = _shared_problems(session, command, code) if code in shared else _problems(one)
        problems |= {f"{code}.{name}": key for name, key in found.items()}
        if not found and (wrong := _path_problem(session, command, code, shared)):
            problems["path"] = wrong
    if shared and not command.reason.strip():
        problems["reason"] = "required"
    return problems


def _shared_problems(session: Session, command: SetTargets, code: str) -> dict[str, str]:
    """What is wrong with a target of a tree: its baseline is the tree's own or another real one, in whole units."""
    one, seen = command.wanted[code], command.seen.get(code)
    problems: dict[str, str] = {}
    if seen is not None and seen.due_on == one.due_on and not _rebased(session, command, code):
        names = ("baseline", "baseline_on")
        problems = {name: "target_shared" for name in names if getattr(one, name) != getattr(seen, name)}
    if one.target is None and command.area_code == COUNTRY:
        problems["target"] = "required"
    in_units = session.get_one(Indicator, code).unit != "syer"
    if one.target is not None and not (0 <= one.target <= MOST and (not in_units or one.target == int(one.target))):
        problems["target"] = "number"
    return problems


def _path_problem(session: Session, command: SetTargets, code: str, shared: set[str]) -> str | None:
    """What is wrong with the way to a target, be it new or the one that stands; inside, it follows the country's."""
    one = command.wanted[code]
    if code in shared and command.area_code != COUNTRY:
        return "path_inside" if one.way else None
    if one.baseline is None or one.baseline_on is None or one.target is None or one.due_on is None:
        return None
    held = session.get(Target, (code, command.area_code, one.due_on))
    way, points = (one.way, one.points) if one.way else path_of(held)
    if not all(0 <= value <= MOST for _, value in points):
        return "number"
    days = (one.baseline_on, one.due_on)
    return path_problem(Goal(one.baseline, days[0], one.target, days[1], lower_is_better=True, way=way, points=points))


def _rebased(session: Session, command: SetTargets, code: str) -> bool:
    """Whether the country's target is given another real baseline, from which all is shared out anew."""
    one = command.wanted[code]
    if command.area_code != COUNTRY or one.baseline is None or one.baseline_on is None:
        return False
    return begins_at(session, code, baseline_on=one.baseline_on, baseline=one.baseline)


def _held(session: Session, indicator: str, area: str, due_on: date | None) -> TargetValues:
    held = session.get(Target, (indicator, area, due_on), with_for_update=True) if due_on else None
    if held is None:
        return TargetValues()
    return TargetValues(due_on=held.due_on, baseline=held.baseline, baseline_on=held.baseline_on, target=held.target)


def _problems(one: TargetValues) -> dict[str, str]:
    """What is wrong with a target, by the name of the value."""
    names = ("due_on", "baseline", "baseline_on", "target")
    problems = {name: "required" for name in names if getattr(one, name) is None}
    if one.due_on and one.baseline_on and one.due_on <= one.baseline_on:
        problems["due_on"] = "target_days"
    for name in ("baseline", "target"):
        value = getattr(one, name)
        if value is not None and not 0 <= value <= MOST:
            problems[name] = "number"
    return problems
