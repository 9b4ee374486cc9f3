"""Targets of the sample register: Malaysia's, shared out over states and districts so that every level adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, exists, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from poverty.apportion import whole
from registry.kpi.models import TargetTree
from registry.kpi.target_trees import COUNTRY, FIGURES, ShareOut, Tree, baselines, share_out_sample
from registry.status.models import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

# by the end of next year so much of the first closed month is to be left: indicator, figure of the baselines, share
_FEWER: Final = (
    ("tegar", "tegar", Decimal("0.72")),
    ("miskin", "poor", Decimal("0.80")),
    ("gap", "gap_rm", Decimal("0.78")),
)
_RATE_OF: Final = "miskin"
_REASON: Final = "Sasaran data contoh"
_SHARED: Final = text(
    "SELECT area_code, target FROM ekasih.target WHERE indicator_code = :indicator AND due_on = :due_on"
)
_ALL_SHARED: Final = text("""
    SELECT NOT EXISTS (
        SELECT FROM ekasih.target AS t
        WHERE t.sample AND t.indicator_code = ANY (CAST(:indicators AS text[]))
            AND NOT EXISTS (SELECT FROM ekasih.target_tree AS v
                            WHERE v.indicator_code = t.indicator_code AND v.due_on = t.due_on))
""")
# what people have changed is theirs whole, and what it was before stays with it
_CHANGED: Final = select(TargetTree.indicator_code).where(~TargetTree.sample)
# rates of service are the same for every area: indicator, baseline, target
_SAME: Final = (
    ("located", Decimal("0.80"), Decimal("0.92")),
    ("review_overdue", Decimal("0.60"), Decimal("0.10")),
    ("quality_open", Decimal("0.10"), Decimal("0.02")),
)

Row = dict[str, Any]


def set_targets(connection: Connection, *, today: date) -> None:
    """Give Malaysia, its states and its districts their targets, due at the end of next year; marked as sample.

    Nothing where there are any: a load that was stopped later comes by again.
    """
    if connection.scalar(select(exists().where(TargetTree.sample))):
        return
    _put(connection, due_on=date(today.year + 1, 12, 31))


def are_shared_out(connection: Connection) -> bool:
    """Whether no target of the sample stands by itself that should be shared out, as an earlier version left them."""
    return bool(connection.scalar(_ALL_SHARED, {"indicators": [indicator for indicator, *_ in _FEWER]}))


def renew_targets(connection: Connection) -> None:
    """Share the sample's targets out anew where there are any; those that people have set stay."""
    due_on = connection.scalar(select(func.max(Target.due_on)).where(Target.sample))
    if due_on is not None:
        connection.execute(delete(Target).where(Target.sample))
        connection.execute(delete(TargetTree).where(TargetTree.sample, TargetTree.indicator_code.not_in(_CHANGED)))
        _put(connection, due_on=due_on)


def _put(connection: Connection, *, due_on: date) -> None:
    rows = baselines(connection)
    by_area = {row["area_code"]: row for row in rows}
    if COUNTRY not in by_area:
        return
    changed = set(connection.scalars(_CHANGED))
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        for indicator, figure, left in _FEWER:
            if indicator not in changed:
                _share(session, indicator, due_on=due_on, country=by_area[COUNTRY], figure=figure, left=left)
        session.commit()
    shared: dict[str, Decimal] = dict(connection.execute(_SHARED, {"indicator": _RATE_OF, "due_on": due_on}).all())
    found = [
        _rate(row, shared[row["area_code"]]) for row in rows if row["census_households"] and row["area_code"] in shared
    ]
    found += [_target(indicator, row, *ends) for row in rows for indicator, *ends in _SAME]
    connection.execute(
        insert(Target).on_conflict_do_nothing(), [{**row, "due_on": due_on, "sample": True} for row in found]
    )


def _share(session: Session, indicator: str, *, due_on: date, country: Row, figure: str, left: Decimal) -> None:
    unit = FIGURES[figure][1]
    command = ShareOut(
        tree=Tree(indicator_code=indicator, due_on=due_on, seen_version=0),
        baseline_on=country["baseline_on"],
        target=whole(country[figure] * left / unit) * unit,
        how="syer",
        reason=_REASON,
    )
    share_out_sample(session, command)


def _rate(row: Mapping[str, Any], target: Decimal) -> Row:
    """The rate of an area, by its numerator: that many of its households."""
    households = row["census_households"]
    return _target("rate", row, Decimal(row["poor"]) / households, target / households)


def _target(indicator: str, row: Mapping[str, Any], baseline: Decimal, target: Decimal | int) -> Row:
    return {
        "indicator_code": indicator,
        "area_code": row["area_code"],
        "baseline_on": row["baseline_on"],
        "baseline": baseline,
        "target": target,
    }
