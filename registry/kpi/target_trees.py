"""Targets shared out from the country's over all areas inside; each change is one version of the whole tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from poverty.kpi.cascade import CascadeRefused, How
from poverty.kpi.sharing import Figures, Shared, pinned, share
from poverty.targets import Goal, path_problem, points_inside
from queries.maps import COUNTRY
from registry import audit
from registry.errors import InvalidInput, NotFound, NotPermitted, RegistryError, StaleRecord
from registry.kpi.models import TargetTree
from registry.kpi.target_basis import Begun, begun, ways_of
from registry.status.models import Indicator, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from poverty.kpi.cascade import Amount
    from poverty.targets import Way

    Path = tuple[Way, tuple[tuple[date, Decimal], ...]]

_PLACES: Final = 4
"""To so many places a share is typed: a baseline is known again by them."""
_DIGITS: Final = Decimal(10) ** -20
_MAY: Final = text("SELECT ekasih.administers() AND ekasih.sees_persons() AND ekasih.nationwide()")
_TURN: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('target_tree ' || :indicator, 0))")
_HELD: Final = text("""
    SELECT t.area_code, t.target FROM ekasih.target AS t
    WHERE t.indicator_code = :indicator AND t.due_on = :due_on AND t.area_code ~ '^(MY|[0-9]+)$' ORDER BY t.area_code
""")
_ROWS: Final = ("baseline", "baseline_on", "target", "sample", "how", "numerator", "denominator", "way", "points")


class TargetsNotShared(RegistryError):
    """The targets cannot be shared out like this; nothing was changed."""

    key = "targets_not_shared"

    def __init__(self, refused: CascadeRefused) -> None:
        pins = {code: value for excess in refused.excesses for code, value in excess.pins.items()}
        said = ", ".join(f"{code}={value}" for code, value in pins.items())
        super().__init__(f"{refused.code} ({refused.area})" + (f": {said}" if said else ""))
        self.code = refused.code
        self.area = refused.area
        self.excesses = refused.excesses


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Which targets are shared out: of an indicator, due on a day; and the version that was seen, 0 for none."""

    indicator_code: str
    due_on: date
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOut:
    """A target of the country, from the end of a closed month on, and the way it is shared out. Pins stand."""

    tree: Tree
    baseline_on: date
    target: Decimal | int
    how: How
    reason: str
    path: Path | None = None
    """The way to the target and its points; as before, or straight, where nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetByHand:
    """The target of one area, which becomes a pin; without one the pin is let go and the area shared out anew.

    A rate is kept as that of its numerator in whole units.
    """

    tree: Tree
    area_code: str
    target: Decimal | int | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    how: How
    baseline_on: date
    target: Decimal
    pins: Mapping[str, Any]
    path: Path = ("lurus", ())


def standing_tree(session: Session, indicator_code: str, due_on: date) -> TargetTree | None:
    """How the country's target of an indicator is shared out for a day; ``None`` where it is not."""
    asked = select(TargetTree).where(TargetTree.indicator_code == indicator_code, TargetTree.due_on == due_on)
    return session.scalar(asked.order_by(TargetTree.version.desc()).limit(1))


def way_of(tree: TargetTree) -> How:
    """The way in which a tree is shared out."""
    return cast("How", tree.how)


def can_begin(session: Session, indicator_code: str, *, due_on: date, baseline_on: date, baseline: Decimal) -> bool:
    """Whether the country's target may be shared out: nothing is set beside it, and it begins where a month ended."""
    indicator = session.get(Indicator, indicator_code)
    if indicator is None or not ways_of(indicator):
        return False
    if _held(session, Tree(indicator_code=indicator_code, due_on=due_on, seen_version=0)).keys() - {COUNTRY}:
        return False
    return begins_at(session, indicator_code, baseline_on=baseline_on, baseline=baseline)


def begins_at(session: Session, indicator_code: str, *, baseline_on: date, baseline: Decimal) -> bool:
    """Whether a day is the end of a closed month, and a baseline what the country's indicator was then."""
    indicator = session.get(Indicator, indicator_code)
    if indicator is None or not (allowed := ways_of(indicator)):
        return False
    found = begun(session.connection(), indicator, baseline_on.replace(day=1), how=allowed[0])
    if found is None or found.on != baseline_on:
        return False
    value = found.figures.values[COUNTRY]
    return value == baseline or (indicator.unit == "syer" and round(value, _PLACES) == round(baseline, _PLACES))


def share_out(session: Session, command: ShareOut) -> int:
    """Share the country's target out, or out anew; answers the version.

    Raises:
        NotPermitted: the acting user does not administer, or does not see all figures.
        InvalidInput: the indicator, the way, the day or the reason cannot be.
        StaleRecord: somebody else has changed the tree since.
        TargetsNotShared: the pins or the figures do not allow it.

    """
    _check_permission(session)
    latest = _latest(session, command.tree)
    pins = {} if latest is None or (latest.how == "sama") != (command.how == "sama") else _pins(latest)
    path = command.path or path_of(latest)
    wanted = _Wanted(command.how, command.baseline_on, Decimal(command.target), pins, path)
    return _put(session, command.tree, wanted, reason=command.reason)


def set_by_hand(session: Session, command: SetByHand) -> int:
    """Set one area's target by hand, or let go of it: neighbours without a pin give way, the parent stays.

    Raises:
        NotFound: the target of the country is not shared out.
        NotPermitted, InvalidInput, StaleRecord, TargetsNotShared: as :func:`share_out`.

    """
    _check_permission(session)
    latest = _latest(session, command.tree)
    if latest is None:
        raise NotFound("The target of the country is not shared out, so no area's can be set beside it.")
    pins = {code: value for code, value in _pins(latest).items() if code != command.area_code}
    wanted = _Wanted(way_of(latest), latest.baseline_on, latest.target, pins, path_of(latest))
    by_hand = None if command.target is None else (command.area_code, Decimal(command.target))
    return _put(session, command.tree, wanted, reason=command.reason, by_hand=by_hand)


def share_out_sample(session: Session, command: ShareOut) -> None:
    """The same for the sample register, as its owner: no entry of the log, and marked."""
    path = command.path or path_of(None)
    wanted = _Wanted(command.how, command.baseline_on, Decimal(command.target), {}, path)
    _put(session, command.tree, wanted, reason=command.reason, sample=True)


def _check_permission(session: Session) -> None:
    if session.scalar(select(func.current_user())) == "app_web" and not session.scalar(_MAY):
        raise NotPermitted


def _latest(session: Session, tree: Tree) -> TargetTree | None:
    """The version in force, which must be the one that was seen; nobody else changes it until the transaction ends."""
    in_turn(session, tree.indicator_code, tree.due_on)
    latest = standing_tree(session, tree.indicator_code, tree.due_on)
    if (latest.version if latest else 0) != tree.seen_version:
        raise StaleRecord
    return latest


def in_turn(session: Session, indicator_code: str, due_on: date) -> None:
    """Wait until nobody else changes these targets; until the transaction ends nobody else does."""
    session.execute(_TURN, {"indicator": f"{indicator_code} {due_on}"})


def as_kept(target: Amount) -> str:
    """A target as a version keeps it."""
    return f"{_decimal(target):f}"


def _pins(tree: TargetTree) -> dict[str, Any]:
    """What was set by hand: whole units where it is added up, else as it was set."""
    read = Decimal if tree.how == "sama" else int
    return {code: read(value) for code, value in tree.pins.items()}


def path_of(held: TargetTree | Target | None) -> Path:
    """How a target is reached: straight, where there is none yet."""
    if held is None:
        return ("lurus", ())
    return cast("Way", held.way), read_points(held.points)


def read_points(written: Iterable[Sequence[str]]) -> tuple[tuple[date, Decimal], ...]:
    """Points as they were kept."""
    return tuple((date.fromisoformat(day), Decimal(value)) for day, value in written)


def written_points(points: Iterable[tuple[date, Decimal]]) -> list[list[str]]:
    """Points as they are kept."""
    return [[day.isoformat(), f"{value:f}"] for day, value in points]


def _put(
    session: Session,
    tree: Tree,
    wanted: _Wanted,
    *,
    reason: str,
    sample: bool = False,
    by_hand: tuple[str, Decimal] | None = None,
) -> int:
    indicator = _checked(session, tree, wanted, reason)
    found = begun(session.connection(), indicator, wanted.baseline_on.replace(day=1), how=wanted.how)
    if found is None:
        raise InvalidInput({"baseline_on": "month_not_closed"})
    pins = dict(wanted.pins)
    if by_hand is not None:
        pins[by_hand[0]] = pinned(found.figures, wanted.how, *by_hand)
    before = _held(session, tree)
    shared = _planned(found.figures, wanted, pins)
    _write(session, tree, wanted, shared, found, sample=sample)
    version = TargetTree(
        indicator_code=tree.indicator_code,
        due_on=tree.due_on,
        version=tree.seen_version + 1,
        how=wanted.how,
        baseline_on=wanted.baseline_on,
        target=wanted.target,
        **_kept(wanted.path),
        pins={code: str(value) if isinstance(value, Decimal) else value for code, value in pins.items()},
        reason=reason.strip(),
        before=before,
        after={code: as_kept(target) for code, target in shared.targets.items()},
        decided_by=session.scalar(text("SELECT ekasih.acting_user()")),
        sample=sample,
    )
    session.add(version)
    session.flush()
    if not sample:
        _record(session, version)
    return version.version


def _write(session: Session, tree: Tree, wanted: _Wanted, shared: Shared, found: Begun, *, sample: bool) -> None:
    figures, over = found.figures, found.figures.over
    way, points = wanted.path
    whole = Goal(figures.values[COUNTRY], found.on, wanted.target, tree.due_on, lower_is_better=True, points=points)
    rows = [
        {
            "indicator_code": tree.indicator_code,
            "area_code": code,
            "due_on": tree.due_on,
            "baseline": figures.values[code],
            "baseline_on": found.on,
            "target": _decimal(target),
            "sample": sample,
            "how": wanted.how,
            **(_kept(wanted.path) if code == COUNTRY else _inside(whole, way, figures.values[code], _decimal(target))),
            "numerator": None if shared.numerators is None else shared.numerators[code],
            "denominator": None if over is None else over.get(code),
        }
        for code, target in shared.targets.items()
    ]
    statement = insert(Target)
    kept = {name: statement.excluded[name] for name in _ROWS}
    session.execute(
        statement.on_conflict_do_update(index_elements=["indicator_code", "area_code", "due_on"], set_=kept), rows
    )


def _inside(whole: Goal, way: Way, baseline: Decimal, target: Decimal) -> dict[str, Any]:
    """The way of an area: the country's, as much of it gone on each day."""
    points = points_inside(whole, baseline=baseline, target=target)
    return _kept((way if points else "lurus", points))


def _kept(path: Path) -> dict[str, Any]:
    return {"way": path[0], "points": written_points(path[1])}


def _decimal(target: Amount) -> Decimal:
    """A target as it is kept: exactly, but for rates, of which twenty places are."""
    if not isinstance(target, Fraction):
        return Decimal(target)
    return (Decimal(target.numerator) / target.denominator).quantize(_DIGITS).normalize()


def _checked(session: Session, tree: Tree, wanted: _Wanted, reason: str) -> Indicator:
    problems: dict[str, str] = {}
    indicator = session.get(Indicator, tree.indicator_code)
    if indicator is None or not (allowed := ways_of(indicator)):
        raise InvalidInput({"indicator": "target_not_shared"})
    if wanted.how not in allowed:
        problems["how"] = "target_way"
    if tree.due_on <= wanted.baseline_on:
        problems["due_on"] = "target_days"
    if (wanted.baseline_on + timedelta(days=1)).day != 1:
        problems["baseline_on"] = "month_not_closed"
    if not reason.strip():
        problems["reason"] = "required"
    way, points = wanted.path
    days = Goal(
        wanted.target, wanted.baseline_on, wanted.target, tree.due_on, lower_is_better=True, way=way, points=points
    )
    # points that were set before need not fit other days
    if not problems and (wrong := path_problem(days)):
        problems["path"] = wrong
    if problems:
        raise InvalidInput(problems)
    return indicator


def _planned(figures: Figures, wanted: _Wanted, pins: Mapping[str, Any]) -> Shared:
    try:
        return share(figures, wanted.how, wanted.target, pins, root=COUNTRY)
    except CascadeRefused as refused:
        raise TargetsNotShared(refused) from None


def _held(session: Session, tree: Tree) -> dict[str, str]:
    """The target of every area that is shared out, as it stands."""
    found = session.execute(_HELD, {"indicator": tree.indicator_code, "due_on": tree.due_on})
    return {code: f"{target:f}" for code, target in found}


def _record(session: Session, version: TargetTree) -> None:
    every = {code: value for code, value in version.after.items() if version.before.get(code) != value}
    # the version holds all areas; the log says who changed what of the country and its states
    changed = {code: value for code, value in every.items() if len(code) == len(COUNTRY)}
    audit.record(
        session,
        "share_targets",
        subject="target",
        subject_id=None,
        district_code=None,
        before={code: version.before[code] for code in changed if code in version.before},
        after={
            **changed,
            "areas": len(every),
            "indicator": version.indicator_code,
            "due_on": version.due_on.isoformat(),
            "version": version.version,
            "way": version.way,
            "points": version.points,
            "reason": version.reason,
        },
    )
