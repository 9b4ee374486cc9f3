"""How an indicator stands against its target: on the straight way from baseline to target, behind it, or far behind."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Standing = Literal["on_track", "at_risk", "off_track"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A target: from ``baseline`` on one day to ``target`` on another; ``lower_is_better`` says which way is good."""

    baseline: Decimal
    baseline_on: date
    target: Decimal
    due_on: date
    lower_is_better: bool
    tolerance_share: Decimal = Decimal("0.10")
    """How far, as a share of the expected value, an indicator may be behind before it is off track."""


def expected(goal: Goal, *, on: date) -> Decimal:
    """The value that the straight way from baseline to target has reached on a day, flat before and after it."""
    days = (goal.due_on - goal.baseline_on).days
    gone = min(max((on - goal.baseline_on).days, 0), days)
    part = Decimal(gone) / days if days > 0 else Decimal(1)
    return goal.baseline + (goal.target - goal.baseline) * part


def standing(actual: Decimal, goal: Goal, *, on: date) -> Standing:
    """Where ``actual`` stands on a day: ``on_track``, behind within the tolerance ``at_risk``, else ``off_track``."""
    due = expected(goal, on=on)
    behind = actual - due if goal.lower_is_better else due - actual
    if behind <= 0:
        return "on_track"
    return "at_risk" if behind <= abs(due) * goal.tolerance_share else "off_track"
