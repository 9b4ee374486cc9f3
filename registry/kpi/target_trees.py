"""Targets shared out from the country's over states and districts; each change is one version of the whole tree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from poverty.kpi.cascade import Basis, CascadeRefused, How, plan
from registry import audit
from registry.errors import InvalidInput, NotFound, NotPermitted, RegistryError, StaleRecord
from registry.kpi.models import TargetTree
from registry.status.models import Indicator, Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

COUNTRY: Final = "MY"
FIGURES: Final = {"tegar": ("tegar", 1), "poor": ("poor", 1), "gap_rm": ("gap_rm", 100)}
"""Formulas whose figure every closed month keeps for every area: its column, and the unit that is never broken up."""
NEED: Final = "gap_rm"
_BASELINES: Final = text((Path(__file__).parent / "sql" / "baselines.sql").read_text(encoding="utf-8"))
_MAY: Final = text("SELECT ekasih.administers() AND ekasih.sees_persons() AND ekasih.nationwide()")
_TURN: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('target_tree ' || :indicator, 0))")

Row = dict[str, Any]


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
    target: int
    how: How
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetByHand:
    """The target of one area, which becomes a pin; without one the pin is let go and the area shared out anew."""

    tree: Tree
    area_code: str
    target: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    how: How
    baseline_on: date
    target: int
    pins: Mapping[str, int]


def baselines(connection: Connection, *, month: date | None = None) -> list[Row]:
    """What targets begin from in a closed month, the first one without: a row an area, as ``sql/baselines.sql``."""
    return [dict(row) for row in connection.execute(_BASELINES, {"month": month}).mappings()]


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
    if indicator is None or indicator.formula not in FIGURES or "syer" not in indicator.cascade:
        return False
    if _held(session, Tree(indicator_code=indicator_code, due_on=due_on, seen_version=0)).keys() - {COUNTRY}:
        return False
    return begins_at(session, indicator_code, baseline_on=baseline_on, baseline=baseline)


def begins_at(session: Session, indicator_code: str, *, baseline_on: date, baseline: Decimal) -> bool:
    """Whether a day is the end of a closed month, and a baseline what the country's indicator was then."""
    indicator = session.get(Indicator, indicator_code)
    if indicator is None or indicator.formula not in FIGURES:
        return False
    found = {row["area_code"]: row for row in baselines(session.connection(), month=baseline_on.replace(day=1))}
    country = found.get(COUNTRY)
    column = FIGURES[indicator.formula][0]
    return country is not None and country["baseline_on"] == baseline_on and bool(country[column] == baseline)


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
    pins = {} if latest is None else {code: int(value) for code, value in latest.pins.items()}
    wanted = _Wanted(command.how, command.baseline_on, command.target, pins)
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
    pins = {code: int(value) for code, value in latest.pins.items() if code != command.area_code}
    if command.target is not None:
        pins[command.area_code] = command.target
    wanted = _Wanted(way_of(latest), latest.baseline_on, int(latest.target), pins)
    return _put(session, command.tree, wanted, reason=command.reason)


def share_out_sample(session: Session, command: ShareOut) -> None:
    """The same for the sample register, as its owner: no entry of the log, and marked."""
    wanted = _Wanted(command.how, command.baseline_on, command.target, {})
    _put(session, command.tree, wanted, reason=command.reason, sample=True)


def _check_permission(session: Session) -> None:
    if session.scalar(select(func.current_user())) == "app_web" and not session.scalar(_MAY):
        raise NotPermitted


def _latest(session: Session, tree: Tree) -> TargetTree | None:
    """The version in force, which must be the one that was seen; nobody else changes it until the transaction ends."""
    session.execute(_TURN, {"indicator": f"{tree.indicator_code} {tree.due_on}"})
    latest = standing_tree(session, tree.indicator_code, tree.due_on)
    if (latest.version if latest else 0) != tree.seen_version:
        raise StaleRecord
    return latest


def _put(session: Session, tree: Tree, wanted: _Wanted, *, reason: str, sample: bool = False) -> int:
    indicator = _checked(session, tree, wanted, reason)
    column, unit = FIGURES[indicator.formula]
    rows = baselines(session.connection(), month=wanted.baseline_on.replace(day=1))
    if not rows or rows[0]["baseline_on"] != wanted.baseline_on:
        raise InvalidInput({"baseline_on": "month_not_closed"})
    before = _held(session, tree)
    # what an area had that has nobody any more is nothing, not left standing
    gone = before.keys() - {row["area_code"] for row in rows}
    rows += [_nobody(code, wanted.baseline_on) for code in sorted(gone)]
    targets = _planned(rows, wanted, column, unit, lower_is_better=indicator.direction == "lower")
    _write(session, tree, targets, {row["area_code"]: row[column] for row in rows}, wanted.baseline_on, sample=sample)
    version = TargetTree(
        indicator_code=tree.indicator_code,
        due_on=tree.due_on,
        version=tree.seen_version + 1,
        how=wanted.how,
        baseline_on=wanted.baseline_on,
        target=Decimal(wanted.target),
        pins=dict(wanted.pins),
        reason=reason.strip(),
        before=before,
        after={code: str(target) for code, target in targets.items()},
        decided_by=session.scalar(text("SELECT ekasih.acting_user()")),
        sample=sample,
    )
    session.add(version)
    session.flush()
    if not sample:
        _record(session, version)
    return version.version


def _write(
    session: Session,
    tree: Tree,
    targets: Mapping[str, int],
    begun_at: Mapping[str, Any],
    baseline_on: date,
    *,
    sample: bool,
) -> None:
    found = [
        {
            "indicator_code": tree.indicator_code,
            "area_code": code,
            "due_on": tree.due_on,
            "baseline": begun_at[code],
            "baseline_on": baseline_on,
            "target": target,
            "sample": sample,
        }
        for code, target in targets.items()
    ]
    statement = insert(Target)
    kept = {name: statement.excluded[name] for name in ("baseline", "baseline_on", "target", "sample")}
    session.execute(
        statement.on_conflict_do_update(index_elements=["indicator_code", "area_code", "due_on"], set_=kept), found
    )


def _checked(session: Session, tree: Tree, wanted: _Wanted, reason: str) -> Indicator:
    problems: dict[str, str] = {}
    indicator = session.get(Indicator, tree.indicator_code)
    if indicator is None or indicator.formula not in FIGURES:
        raise InvalidInput({"indicator": "target_not_shared"})
    if wanted.how not in indicator.cascade:
        problems["how"] = "target_way"
    if tree.due_on <= wanted.baseline_on:
        problems["due_on"] = "target_days"
    if (wanted.baseline_on + timedelta(days=1)).day != 1:
        problems["baseline_on"] = "month_not_closed"
    if not reason.strip():
        problems["reason"] = "required"
    if problems:
        raise InvalidInput(problems)
    return indicator


def _planned(
    rows: Sequence[Row], wanted: _Wanted, column: str, unit: int, *, lower_is_better: bool
) -> Mapping[str, int]:
    children: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["area_code"] != COUNTRY:
            children[row["parent_code"]].append(row["area_code"])
    basis = Basis(
        children=children,
        how=wanted.how,
        lower_is_better=lower_is_better,
        baselines={row["area_code"]: row[column] for row in rows},
        needs={row["area_code"]: row[NEED] for row in rows},
        root=COUNTRY,
        unit=unit,
    )
    try:
        return plan(basis, wanted.target, wanted.pins).targets
    except CascadeRefused as refused:
        raise TargetsNotShared(refused) from None


def _nobody(code: str, baseline_on: date) -> Row:
    parent = COUNTRY if len(code) == 2 else code[:2]  # noqa: PLR2004 - the length of a state's code
    figures = dict.fromkeys((column for column, _ in FIGURES.values()), 0)
    return {"area_code": code, "parent_code": parent, "baseline_on": baseline_on, **figures}


def _held(session: Session, tree: Tree) -> dict[str, str]:
    """The target of every area that is shared out, as it stands."""
    asked = text("""
        SELECT t.area_code, t.target FROM ekasih.target AS t
        JOIN ekasih.area AS a ON a.code = t.area_code AND a.level IN ('country', 'state', 'district')
        WHERE t.indicator_code = :indicator AND t.due_on = :due_on ORDER BY t.area_code
    """)
    found = session.execute(asked, {"indicator": tree.indicator_code, "due_on": tree.due_on})
    return {code: f"{target:f}" for code, target in found}


def _record(session: Session, version: TargetTree) -> None:
    changed = {code: value for code, value in version.after.items() if version.before.get(code) != value}
    audit.record(
        session,
        "share_targets",
        subject="target",
        subject_id=None,
        district_code=None,
        before={code: version.before[code] for code in changed if code in version.before},
        after={
            **changed,
            "indicator": version.indicator_code,
            "due_on": version.due_on.isoformat(),
            "version": version.version,
            "reason": version.reason,
        },
    )
