"""Plan, progress and delay of a project: planned and actual shares, days late, and what a payment may be.

Shares are percent as exact fractions, money is ``Decimal``; a day counts whole, both ends of a milestone included.
The thresholds are those that the register sets (:class:`Thresholds`); that a project is two months or 20 % behind is
what the Treasury's circular PK 4/2014 calls *sakit*, so that here it is proposed, never decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from poverty.months import month_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ON_PLAN: Final = "ikut_jadual"
LATE: Final = "lewat"
SICK: Final = "sakit"
WHOLE: Final = Fraction(100)
_SEN: Final = Decimal("0.01")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A part of the work: its weight in percent, and the first and last day that it is planned for."""

    weight: Fraction
    begins: date
    ends: date

    def planned(self, day: date) -> Fraction:
        """The share of it, 0 to 1, that is to be done by the end of ``day``."""
        whole = (self.ends - self.begins).days + 1
        return min(max(Fraction((day - self.begins).days + 1, whole), Fraction(0)), Fraction(1))


@dataclass(frozen=True, slots=True)
class Report:
    """How much of each milestone was done on a day, 0 to 1, in the order of the milestones."""

    day: date
    shares: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid on a day, RM."""

    day: date
    amount_rm: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From when a project is late, and from when it is proposed as sick."""

    gap_late: int = 5
    days_late: int = 14
    gap_sick: int = 20
    months_sick: int = 2
    silent_days: int = 60
    due_days: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A project as it is judged: what was planned, what was reported and accepted, what was paid."""

    milestones: tuple[Milestone, ...]
    reports: tuple[Report, ...] = ()
    payments: tuple[Payment, ...] = ()
    sum_rm: Decimal = Decimal(0)

    @property
    def begins(self) -> date:
        """The first day of the plan."""
        return min(one.begins for one in self.milestones)

    @property
    def ends(self) -> date:
        """The last day of the plan."""
        return max(one.ends for one in self.milestones)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a project stands on a day; shares and ``gap`` in percent, ``spi`` none where nothing was to be done yet."""

    day: date
    actual: Fraction
    planned: Fraction
    gap: Fraction
    spi: Fraction | None
    on_plan_at: date
    days_late: int
    finished_on: date | None
    status: str
    silent: bool
    financial: Fraction
    planned_financial: Fraction
    unpaid_rm: Decimal
    payable_rm: Decimal


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the curve, in percent; what is not known yet is none."""

    day: date
    planned: Fraction
    actual: Fraction | None
    planned_financial: Fraction
    financial: Fraction | None


def planned_physical(milestones: Sequence[Milestone], day: date) -> Fraction:
    """P(t): the share of the whole work that is to be done by ``day``, percent."""
    return sum((one.weight * one.planned(day) for one in milestones), Fraction(0))


def actual_physical(milestones: Sequence[Milestone], reports: Iterable[Report], day: date) -> Fraction:
    """A(t): the share of the whole work that the last report up to ``day`` tells, percent; 0 before the first."""
    told = last_report(reports, day)
    if told is None:
        return Fraction(0)
    return sum((one.weight * share for one, share in zip(milestones, told.shares, strict=True)), Fraction(0))


def last_report(reports: Iterable[Report], day: date) -> Report | None:
    """The last report up to ``day``; of two of one day the later in order."""
    found = None
    for one in reports:
        if one.day <= day and (found is None or one.day >= found.day):
            found = one
    return found


def planned_financial(milestones: Sequence[Milestone], day: date, *, due_days: int = 14) -> Fraction:
    """The share of the sum that is due by ``day``: a milestone's weight so many days after its end, percent."""
    return sum((one.weight for one in milestones if one.ends + timedelta(days=due_days) <= day), Fraction(0))


def actual_financial(payments: Iterable[Payment], sum_rm: Decimal, day: date) -> Fraction:
    """The share of the contract sum that was paid by ``day``, percent; 0 where there is no sum."""
    if sum_rm <= 0:
        return Fraction(0)
    return Fraction(paid_by(payments, day)) / Fraction(sum_rm) * WHOLE


def paid_by(payments: Iterable[Payment], day: date) -> Decimal:
    """What was paid by ``day``, RM."""
    return sum((one.amount_rm for one in payments if one.day <= day), Decimal(0))


def on_plan_at(milestones: Sequence[Milestone], actual: Fraction, day: date) -> date:
    """The latest day up to ``day`` by which no more was planned than ``actual``; the one before it began at least."""
    low, high = min(one.begins for one in milestones) - _DAY, day
    if high <= low or planned_physical(milestones, high) <= actual:
        return high
    # what is planned never falls from one day to the next
    while (high - low).days > 1:
        middle = low + (high - low) // 2
        if planned_physical(milestones, middle) <= actual:
            low = middle
        else:
            high = middle
    return low


def finished_on(work: Work, day: date) -> date | None:
    """The day of the report from which on all of the work is done by ``day``; none where it is not."""
    found = None
    for one in sorted((one for one in work.reports if one.day <= day), key=lambda one: one.day):
        found = (found or one.day) if all(share == 1 for share in one.shares) else None
    return found


def standing(work: Work, day: date, thresholds: Thresholds | None = None) -> Standing:
    """How a project stands on ``day``.

    Once all of it is done, the day on which it was is held against the planned one, so that days late no longer grow.
    """
    terms = thresholds or Thresholds()
    actual = actual_physical(work.milestones, work.reports, day)
    planned = planned_physical(work.milestones, day)
    done = finished_on(work, day)
    level = on_plan_at(work.milestones, actual, day)
    late = (done - work.ends).days if done else (day - level).days
    silent = done is None and _is_silent(work, day, terms)
    paid = paid_by(work.payments, day)
    unpaid = Fraction(work.sum_rm) * actual / WHOLE - Fraction(paid)
    return Standing(
        day=day,
        actual=actual,
        planned=planned,
        gap=actual - planned,
        spi=actual / planned if planned else None,
        on_plan_at=level,
        days_late=late,
        finished_on=done,
        status=_status(gap=actual - planned, late=late, level=level, day=day, done=done, silent=silent, terms=terms),
        silent=silent,
        financial=actual_financial(work.payments, work.sum_rm, day),
        planned_financial=planned_financial(work.milestones, day, due_days=terms.due_days),
        unpaid_rm=_to_the_sen(unpaid),
        payable_rm=max(_to_the_sen(unpaid), Decimal(0)),
    )


def curve(work: Work, today: date, *, due_days: int = 14) -> list[Point]:
    """The curve: each month's end from the first day of the plan to the later of its end and today, and today."""
    last = month_end(max(work.ends, today))
    days = {today}
    day = month_end(work.begins)
    while day <= last:
        days.add(day)
        day = month_end(day + _DAY)
    return [
        Point(
            one,
            planned_physical(work.milestones, one),
            actual_physical(work.milestones, work.reports, one) if one <= today else None,
            planned_financial(work.milestones, one, due_days=due_days),
            actual_financial(work.payments, work.sum_rm, one) if one <= today else None,
        )
        for one in sorted(days)
    ]


def months_later(day: date, months: int) -> date:
    """The same day so many calendar months later, or the last of that month where it has no such day."""
    whole = day.year * 12 + day.month - 1 + months
    first = date(whole // 12, whole % 12 + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))


def _is_silent(work: Work, day: date, terms: Thresholds) -> bool:
    """Whether nothing was reported for long: since the last report, or since work was to begin."""
    told = last_report(work.reports, day)
    since = told.day if told else work.begins
    return (day - since).days > terms.silent_days


def _status(
    *, gap: Fraction, late: int, level: date, day: date, done: date | None, silent: bool, terms: Thresholds
) -> str:
    if done is not None:
        return LATE if late > terms.days_late else ON_PLAN
    if gap < -terms.gap_sick or day > months_later(level, terms.months_sick):
        return SICK
    return LATE if gap < -terms.gap_late or late > terms.days_late or silent else ON_PLAN


def _to_the_sen(amount: Fraction) -> Decimal:
    """An amount rounded down to the sen, so that no payment is above what was done."""
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(_SEN, rounding=ROUND_FLOOR)
