"""How an indicator stands against its target: the way from baseline to target, and the light that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from datetime import date

Way = Literal["lurus", "berperingkat", "tangan"]
Standing = Literal["tercapai", "hijau", "kuning", "merah", "tidak_tercapai", "tiada_nilai"]
LIGHTS: tuple[Standing, ...] = get_args(Standing)
"""Every light, the best first: achieved, on the way, behind, far behind, not achieved, no value."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A target: from ``baseline`` on one day to ``target`` on another; ``lower_is_better`` says which way is good.

    ``way`` is how it gets there: straight (``lurus``), by the steps of ``points`` (``berperingkat``), or straight
    between them (``tangan``). ``points`` are days between the two, ascending, with their values.
    """

    baseline: Decimal
    baseline_on: date
    target: Decimal
    due_on: date
    lower_is_better: bool
    tolerance_share: Decimal = Decimal("0.10")
    """How far, as a share of the whole way, an indicator may be behind before it is far behind."""
    way: Way = "lurus"
    points: tuple[tuple[date, Decimal], ...] = ()


def expected(goal: Goal, *, on: date) -> Fraction:
    """The value that the way from baseline to target has reached on a day, exactly; flat before and after it."""
    if on < goal.baseline_on:
        return Fraction(goal.baseline)
    if on >= goal.due_on:
        return Fraction(goal.target)
    if goal.way == "berperingkat":
        reached = [value for day, value in goal.points if day <= on]
        return Fraction(reached[-1] if reached else goal.baseline)
    between = goal.points if goal.way == "tangan" else ()
    way = [(goal.baseline_on, goal.baseline), *between, (goal.due_on, goal.target)]
    for (since, start), (until, end) in pairwise(way):
        if on < until:
            part = Fraction((on - since).days, (until - since).days)
            return Fraction(start) + (Fraction(end) - Fraction(start)) * part
    raise AssertionError


def path_problem(goal: Goal) -> str | None:
    """What is wrong with the points of a way: none, not between the two days, or not one after the other."""
    if goal.way == "lurus":
        return "path_without" if goal.points else None
    if not goal.points:
        return "path_points"
    days = [goal.baseline_on, *(day for day, _ in goal.points), goal.due_on]
    return None if all(before < after for before, after in pairwise(days)) else "path_days"


def turns_back(goal: Goal) -> bool:
    """Whether the way goes away from the target somewhere, which it may, but which is to be seen."""
    sign = 1 if goal.target >= goal.baseline else -1
    values = [goal.baseline, *(value for _, value in goal.points), goal.target]
    return any(sign * (after - before) < 0 for before, after in pairwise(values))


def points_inside(goal: Goal, *, baseline: Decimal, target: Decimal) -> tuple[tuple[date, Decimal], ...]:
    """The points of an area inside: as much of its own way is gone on each day; none where the whole goes nowhere."""
    length = goal.target - goal.baseline
    if length == 0:
        return ()
    return tuple((day, baseline + (target - baseline) * (value - goal.baseline) / length) for day, value in goal.points)


def achieved(actual: Decimal | None, goal: Goal) -> Fraction | None:
    """How much of the way from baseline to target has been gone, 1 being all of it; ``None`` where there is no way."""
    whole = Fraction(goal.target) - Fraction(goal.baseline)
    return None if actual is None or whole == 0 else (Fraction(actual) - Fraction(goal.baseline)) / whole


def standing(actual: Decimal | None, goal: Goal, *, on: date) -> Standing:
    """The light of ``actual`` on a day, compared exactly.

    ``tercapai`` where the target is reached (one that equals its baseline is to be held, so only from the due day on),
    ``tidak_tercapai`` after the due day; until then ``hijau`` on the way, ``kuning`` behind it by no more than the
    tolerance, else ``merah``. The tolerance is a share of the way and not of the expected value, with which it would
    vanish towards a target of zero. ``tiada_nilai`` without a value.
    """
    if actual is None:
        return "tiada_nilai"
    sign = 1 if goal.lower_is_better else -1
    is_held = goal.target == goal.baseline
    if sign * (goal.target - actual) >= 0 and not (is_held and on < goal.due_on):
        return "tercapai"
    if on > goal.due_on:
        return "tidak_tercapai"
    behind = sign * (Fraction(actual) - expected(goal, on=on))
    if behind <= 0:
        return "hijau"
    length = Fraction(goal.target) if is_held else Fraction(goal.target) - Fraction(goal.baseline)
    return "kuning" if behind <= Fraction(goal.tolerance_share) * abs(length) else "merah"
