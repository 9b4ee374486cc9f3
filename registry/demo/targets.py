"""Targets of the sample register: Malaysia's, shared out down to the mukim so that every level adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, exists, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from poverty.apportion import whole
from poverty.months import month_before
from queries.maps import COUNTRY
from registry.kpi.models import TargetTree
from registry.kpi.target_basis import begun, ways_of
from registry.kpi.target_trees import ShareOut, Tree, share_out_sample
from registry.status.models import Indicator, Target

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from poverty.kpi.cascade import How
    from poverty.kpi.sharing import Figures
    from registry.kpi.target_basis import Begun
    from registry.kpi.target_trees import Path

# by the end of next year a figure is to be so much of what it was in the first closed month, or, where it counts a year
# back, a year later
_SHARED: Final = (
    ("tegar", "syer", "0.72", 0),
    ("miskin", "syer", "0.80", 0),
    ("gap", "syer", "0.78", 0),
    ("rate", "syer", "0.80", 0),
    ("kunci_baki", "syer", "0.40", 0),
    ("keluar_pendapatan", "syer", "1.25", 12),
    ("naik_rm300", "keperluan", "1.20", 12),
)
# the shortfall is to fall year by year
_BY_STEPS: Final = frozenset({"gap"})
_REASON: Final = "Sasaran data contoh"
_ALL_SHARED: Final = text("""
    SELECT NOT EXISTS (
        SELECT FROM ekasih.target AS t
        WHERE t.sample AND t.indicator_code = ANY (CAST(:indicators AS text[]))
            AND NOT EXISTS (SELECT FROM ekasih.target_tree AS v
                            WHERE v.indicator_code = t.indicator_code AND v.due_on = t.due_on))
""")
# what people have changed is theirs whole, and what it was before stays with it
_CHANGED: Final = select(TargetTree.indicator_code).where(~TargetTree.sample)
# rates of service that are one for every area, and seen by everybody: indicator, baseline, target
_SAME: Final = (
    ("located", Decimal("0.80"), Decimal("0.92")),
    ("review_overdue", Decimal("0.60"), Decimal("0.10")),
    ("quality_open", Decimal("0.10"), Decimal("0.02")),
)
# those that begin at what each area's was exactly: indicator, target
_SAME_SHARED: Final = (("lawatan_14", Decimal("0.90")), ("permohonan_masa", Decimal("0.95")))
_AREAS: Final = text(
    "SELECT DISTINCT area_code, baseline_on FROM ekasih.target WHERE indicator_code = 'tegar' AND sample"
    " AND due_on = :due_on AND length(area_code) < 5"
)
_FIRST: Final = text("SELECT min(month) FROM ekasih.headcount_month")


def set_targets(connection: Connection, *, today: date) -> None:
    """Give Malaysia and the areas inside their targets, due at the end of next year; marked as sample.

    Nothing where there are any: a load that was stopped later comes by again.
    """
    if connection.scalar(select(exists().where(TargetTree.sample))):
        return
    _put(connection, due_on=date(today.year + 1, 12, 31))


def are_shared_out(connection: Connection) -> bool:
    """Whether no target of the sample stands by itself that should be shared out, as an earlier version left them."""
    return bool(connection.scalar(_ALL_SHARED, {"indicators": ["tegar", "miskin", "gap", "rate"]}))


def renew_targets(connection: Connection) -> None:
    """Share the sample's targets out anew where there are any; those that people have set stay."""
    due_on = connection.scalar(select(func.max(Target.due_on)).where(Target.sample))
    if due_on is not None:
        connection.execute(delete(Target).where(Target.sample))
        connection.execute(delete(TargetTree).where(TargetTree.sample, TargetTree.indicator_code.not_in(_CHANGED)))
        _put(connection, due_on=due_on)


def _put(connection: Connection, *, due_on: date) -> None:
    first = connection.scalar(_FIRST)
    if first is None:
        return
    changed = set(connection.scalars(_CHANGED))
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        for code, how, left, later in _SHARED:
            if code not in changed:
                _share(session, code, due_on=due_on, month=month_before(first, -later), how=how, left=Decimal(left))  # type: ignore[arg-type]
        for code, target in _SAME_SHARED:
            if code not in changed:
                _share(session, code, due_on=due_on, month=month_before(first, -12), how="sama", target=target)
        session.commit()
    rows = connection.execute(_AREAS, {"due_on": due_on}).all()
    found = [
        {"indicator_code": code, "area_code": row.area_code, "baseline_on": row.baseline_on, "baseline": baseline,
         "target": target, "due_on": due_on, "sample": True}
        for row in rows for code, baseline, target in _SAME
    ]  # fmt: skip
    if found:
        connection.execute(insert(Target).on_conflict_do_nothing(), found)


def _share(
    session: Session,
    code: str,
    *,
    due_on: date,
    month: date,
    how: How,
    left: Decimal = Decimal(1),
    target: Decimal | None = None,
) -> None:
    """Share a target out from a closed month, where the register knows what the country's was then."""
    indicator = session.get(Indicator, code)
    if indicator is None or how not in ways_of(indicator):
        return
    found = begun(session.connection(), indicator, month, how=how)
    if found is None or not found.figures.values[COUNTRY]:
        return
    wanted = _target(found.figures, left) if target is None else target
    command = ShareOut(
        tree=Tree(indicator_code=code, due_on=due_on, seen_version=0),
        baseline_on=found.on,
        target=wanted,
        how=how,
        reason=_REASON,
        path=_steps(found, wanted, due_on) if code in _BY_STEPS else None,
    )
    share_out_sample(session, command)


def _steps(found: Begun, target: Decimal, due_on: date) -> Path:
    """A step at the end of each year on the way, each of as many whole units as the others."""
    years = range(found.on.year, due_on.year + 1)
    days = [day for year in years if found.on < (day := date(year, 12, 31)) < due_on]
    baseline = found.figures.values[COUNTRY]
    step = (target - baseline) / (len(days) + 1)
    points = tuple((day, Decimal(whole(baseline + step * number))) for number, day in enumerate(days, start=1))
    return ("berperingkat", points) if points else ("lurus", ())


def _target(figures: Figures, left: Decimal) -> Decimal:
    """So much of the country's baseline, in whole units; of a rate so much of its numerator."""
    over = figures.over
    units = whole(figures.amounts[COUNTRY] * left / figures.unit) * figures.unit
    return Decimal(units) if over is None else units / over[COUNTRY]
