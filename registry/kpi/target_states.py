"""A target proposed from below, set by who decides for the state: areas beside it give way, nothing outside moves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from poverty.kpi.cascade import CascadeRefused
from poverty.kpi.sharing import Shared, pinned, share
from registry import audit
from registry.errors import InvalidInput, NotPermitted, RegistryError, StaleRecord
from registry.kpi.target_basis import begun
from registry.kpi.target_trees import TargetsNotShared, as_kept, in_turn
from registry.refusals import refusals_named
from registry.status.models import Indicator, Target

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from poverty.kpi.sharing import Figures
    from registry.kpi.targets import SetTargets

_TREE: Final = text("SELECT * FROM ekasih.target_tree_of(:proposal)")
_SET: Final = text("SELECT ekasih.set_targets_inside(:proposal, :version, CAST(:given AS jsonb))")


class TargetBasisChanged(RegistryError):
    """The figures that these targets begin from have changed since; who holds the country's begins them anew first."""

    key = "target_basis_changed"


def set_inside(session: Session, proposal: int, command: SetTargets) -> int:
    """Set the target that an approved proposal wants, and those of the areas inside the one above; answers how many.

    Raises:
        NotPermitted: it is not for who is acting to decide.
        StaleRecord: the target has changed since it was proposed.
        TargetsNotShared: the areas beside it cannot add up to what is left.
        TargetBasisChanged: the figures are others now.

    """
    ((code, one),) = command.wanted.items()
    seen = command.seen[code]
    due_on, target = one.due_on, one.target
    if due_on is None or target is None:
        raise InvalidInput({"target": "required"})
    in_turn(session, code, due_on)
    tree = session.execute(_TREE, {"proposal": proposal}).one_or_none()
    if tree is None:
        raise NotPermitted
    held = _held(session, code, due_on, above=tree.above)
    own, root = held.get(command.area_code), held.pop(tree.above, None)
    if own is None or root is None or (own.baseline, own.target) != (seen.baseline, seen.target):
        raise StaleRecord
    shared = _shared(session, tree, root, held, (command.area_code, target))
    given = {area: [as_kept(shared.targets[area]), _part(shared, area)] for area in held}
    before = own.target
    with refusals_named(session):
        version = session.scalar(
            _SET, {"proposal": proposal, "version": tree.version, "given": json.dumps(given, default=str)}
        )
    session.expire_all()
    audit.record(
        session,
        "share_targets",
        subject="target",
        subject_id=None,
        district_code=command.area_code[:4],
        before={command.area_code: f"{before:f}"},
        after={
            command.area_code: given[command.area_code][0],
            "areas": sum(as_kept(each.target) != given[area][0] for area, each in held.items()),
            "indicator": code,
            "due_on": due_on.isoformat(),
            "version": version,
            "reason": command.reason,
        },
    )
    return 1


def _held(session: Session, code: str, due_on: date, *, above: str) -> dict[str, Target]:
    """The targets of an area and of those inside it, as they stand."""
    asked = select(Target).where(
        Target.indicator_code == code,
        Target.due_on == due_on,
        Target.how.is_not(None),
        Target.area_code.startswith(above),
    )
    return {one.area_code: one for one in session.scalars(asked)}


def _shared(
    session: Session, tree: Row[Any], root: Target, held: Mapping[str, Target], by_hand: tuple[str, Decimal]
) -> Shared:
    indicator = session.get_one(Indicator, root.indicator_code)
    found = begun(session.connection(), indicator, tree.baseline_on.replace(day=1), how=tree.how, root=root)
    if found is None or not _as_begun(found.figures, held):
        raise TargetBasisChanged
    pins = {**tree.pins, by_hand[0]: pinned(found.figures, tree.how, *by_hand)}
    try:
        shared = share(found.figures, tree.how, root.target, pins, root=root.area_code)
    except CascadeRefused as refused:
        raise TargetsNotShared(refused) from None
    if shared.targets.keys() != {root.area_code, *held}:
        raise TargetBasisChanged
    return shared


def _as_begun(figures: Figures, held: Mapping[str, Target]) -> bool:
    """Whether the areas inside begin from what they began from when they were shared out."""
    over = figures.over
    return all(
        figures.values.get(area) == one.baseline and (over is None or over.get(area) == one.denominator)
        for area, one in held.items()
    )


def _part(shared: Shared, area: str) -> int | None:
    return None if shared.numerators is None else shared.numerators[area]
