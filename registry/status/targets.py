"""The targets of an area: what each indicator should reach by a day, from a baseline; administrators set them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from registry import audit
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.status.models import Indicator, Target

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from sqlalchemy.orm import Session

_ADMINISTERS: Final = text("SELECT ekasih.administers()")
_AREA: Final = text("SELECT level IN ('country', 'state', 'district', 'catchment') FROM ekasih.area WHERE code = :code")
_MOST: Final = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetValues:
    """A target as it was typed; all empty where there is none. Shares are 0-1."""

    due_on: date | None = None
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None

    @property
    def told(self) -> str:
        """As the audit log keeps it."""
        return f"{self.baseline} ({self.baseline_on}) - {self.target} ({self.due_on})"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTargets:
    """What the targets of an area should be, by indicator, and what they were when they were shown."""

    area_code: str
    wanted: Mapping[str, TargetValues]
    seen: Mapping[str, TargetValues]


def set_targets(session: Session, command: SetTargets) -> int:
    """Set the targets that differ from what was shown; answers how many. One of another day joins those before.

    Raises:
        NotPermitted: the acting user is no administrator, or there is no such area or indicator.
        InvalidInput: a value is missing, or the days are the wrong way round; ``problems`` by ``<indicator>.<name>``.
        StaleRecord: someone else has changed one of them since.

    """
    known = set(session.scalars(select(Indicator.code)))
    if not (session.scalar(_ADMINISTERS) and session.scalar(_AREA, {"code": command.area_code})):
        raise NotPermitted
    nothing = TargetValues()
    changed = {code: one for code, one in command.wanted.items() if one != command.seen.get(code, nothing)}
    if not changed.keys() <= known:
        raise NotPermitted
    if problems := {f"{code}.{name}": key for code, one in changed.items() for name, key in _problems(one).items()}:
        raise InvalidInput(problems)
    before: dict[str, str | None] = {}
    after: dict[str, str | None] = {}
    for code, one in changed.items():
        seen = command.seen.get(code, nothing)
        if _held(session, code, command.area_code, seen.due_on) != seen:
            raise StaleRecord
        before[code], after[code] = (None if seen == nothing else seen.told), one.told
        values = {"baseline": one.baseline, "baseline_on": one.baseline_on, "target": one.target, "sample": False}
        session.merge(Target(indicator_code=code, area_code=command.area_code, due_on=one.due_on, **values))
    if after:
        audit.record(
            session,
            "set_targets",
            subject="target",
            subject_id=None,
            district_code=None,
            before=before,
            after={**after, "area": command.area_code},
        )
    return len(after)


def _held(session: Session, indicator: str, area: str, due_on: date | None) -> TargetValues:
    held = session.get(Target, (indicator, area, due_on), with_for_update=True) if due_on else None
    if held is None:
        return TargetValues()
    return TargetValues(
        due_on=held.due_on, baseline=held.baseline, baseline_on=held.baseline_on, target=held.target
    )


def _problems(one: TargetValues) -> dict[str, str]:
    """What is wrong with a target, by the name of the value."""
    names = ("due_on", "baseline", "baseline_on", "target")
    problems = {name: "required" for name in names if getattr(one, name) is None}
    if one.due_on and one.baseline_on and one.due_on <= one.baseline_on:
        problems["due_on"] = "target_days"
    for name in ("baseline", "target"):
        value = getattr(one, name)
        if value is not None and not 0 <= value <= _MOST:
            problems[name] = "number"
    return problems
