"""Plan, progress and delay of projects: a house worked out by hand, and what holds of any plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.projects import (
    WHOLE,
    Milestone,
    Payment,
    Report,
    Thresholds,
    Work,
    curve,
    months_later,
    on_plan_at,
    planned_physical,
    standing,
)

PLAN = (
    Milestone(Fraction(20), date(2026, 3, 2), date(2026, 3, 31)),
    Milestone(Fraction(30), date(2026, 4, 1), date(2026, 5, 15)),
    Milestone(Fraction(20), date(2026, 5, 16), date(2026, 6, 15)),
    Milestone(Fraction(20), date(2026, 6, 16), date(2026, 7, 20)),
    Milestone(Fraction(10), date(2026, 7, 21), date(2026, 7, 31)),
)


def done(day: date, *percent: int) -> Report:
    return Report(day, tuple(Fraction(one, 100) for one in percent))


HOUSE = Work(
    milestones=PLAN,
    reports=(
        done(date(2026, 3, 31), 100, 0, 0, 0, 0),
        done(date(2026, 4, 30), 100, 40, 0, 0, 0),
        done(date(2026, 5, 31), 100, 100, 0, 0, 0),
        done(date(2026, 6, 30), 100, 100, 50, 0, 0),
        done(date(2026, 7, 31), 100, 100, 50, 0, 0),
    ),
    payments=(Payment(date(2026, 5, 20), Decimal(43_000)),),
    sum_rm=Decimal(86_000),
)


@pytest.mark.parametrize(
    ("day", "actual", "planned", "gap", "level", "late", "spi", "status"),
    [
        (date(2026, 3, 31), 20, 20, 0, date(2026, 3, 31), 0, 1, "ikut_jadual"),
        (date(2026, 4, 30), 32, 40, -8, date(2026, 4, 18), 12, 0.8, "lewat"),
        (date(2026, 5, 31), 50, 60.3226, -10.3226, date(2026, 5, 15), 16, 0.8289, "lewat"),
        (date(2026, 6, 30), 60, 78.5714, -18.5714, date(2026, 5, 30), 31, 0.7636, "lewat"),
        (date(2026, 7, 31), 60, 100, -40, date(2026, 5, 30), 62, 0.6, "sakit"),
    ],
)
def test_a_house_falls_behind_its_plan_month_by_month(
    day: date, actual: float, planned: float, gap: float, level: date, late: int, spi: float, status: str
) -> None:
    found = standing(HOUSE, day)
    shares = (float(found.actual), round(float(found.planned), 4), round(float(found.gap), 4))
    assert shares == (actual, planned, gap)
    assert (found.on_plan_at, found.days_late, found.status) == (level, late, status)
    assert found.spi is not None
    assert round(float(found.spi), 4) == spi


def test_half_of_it_is_paid_and_the_rest_of_what_was_done_may_be() -> None:
    found = standing(HOUSE, date(2026, 6, 30))
    assert (found.financial, found.planned_financial) == (50, 70)
    assert (found.unpaid_rm, found.payable_rm) == (Decimal(8_600), Decimal(8_600))


def test_the_shares_are_exact() -> None:
    assert planned_physical(PLAN, date(2026, 5, 31)) == 50 + Fraction(20 * 16, 31)
    assert standing(HOUSE, date(2026, 6, 30)).spi == Fraction(60) / (70 + Fraction(20 * 15, 35))


def test_what_is_done_is_held_against_its_planned_day() -> None:
    late = replace(HOUSE, reports=(*HOUSE.reports, done(date(2026, 8, 20), 100, 100, 100, 100, 100)))
    found = standing(late, date(2026, 12, 1))
    assert (found.finished_on, found.days_late, found.status) == (date(2026, 8, 20), 20, "lewat")
    early = replace(HOUSE, reports=(done(date(2026, 7, 21), 100, 100, 100, 100, 100),))
    assert (standing(early, date(2026, 12, 1)).days_late, standing(early, date(2026, 12, 1)).status) == (
        -10, "ikut_jadual",
    )  # fmt: skip


def test_a_project_of_which_nothing_is_heard_is_late() -> None:
    whole = Work(milestones=(Milestone(WHOLE, date(2026, 1, 1), date(2027, 12, 31)),),
                 reports=(done(date(2026, 1, 20), 40),))  # fmt: skip
    assert standing(whole, date(2026, 3, 21)).status == "ikut_jadual"
    assert standing(whole, date(2026, 3, 22)).status == "lewat"


def test_before_it_begins_nothing_is_late() -> None:
    found = standing(Work(milestones=PLAN), date(2026, 2, 1))
    assert (found.spi, found.gap, found.days_late, found.status) == (None, 0, 0, "ikut_jadual")


def test_two_months_behind_is_sick_whatever_the_gap() -> None:
    plan = (Milestone(WHOLE, date(2026, 1, 1), date(2028, 12, 31)),)
    slow = Work(milestones=plan, reports=(done(date(2026, 1, 1), 0),))
    assert standing(slow, date(2026, 2, 28)).status == "lewat"
    assert standing(slow, date(2026, 3, 1)).status == "sakit"
    assert months_later(date(2025, 12, 31), 2) == date(2026, 2, 28)
    lenient = Thresholds(months_sick=3, days_late=90, silent_days=90)
    assert standing(slow, date(2026, 3, 1), lenient).status == "lewat"


def test_the_curve_has_each_months_end_and_today() -> None:
    points = curve(HOUSE, date(2026, 6, 10))
    days = [point.day for point in points]
    assert days == [date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 10), date(2026, 6, 30),
                    date(2026, 7, 31)]  # fmt: skip
    assert [point.actual for point in points] == [20, 32, 50, 50, None, None]
    assert points[-1].planned == WHOLE
    assert curve(HOUSE, date(2026, 9, 3))[-2].day == date(2026, 9, 3)


FIRST = date(2026, 1, 1)


def plan_of(parts: list[tuple[int, int, int]]) -> tuple[Milestone, ...]:
    whole = sum(weight for weight, _begin, _long in parts)
    begun = [(weight, FIRST + timedelta(days=begin), long) for weight, begin, long in parts]
    return tuple(Milestone(Fraction(100 * share, whole), day, day + timedelta(days=long)) for share, day, long in begun)


milestones = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 200), st.integers(0, 90)), min_size=1, max_size=5
).map(plan_of)
days = st.integers(-20, 400).map(lambda n: FIRST + timedelta(days=n))


@given(milestones, days, days)
def test_what_is_planned_never_falls_and_ends_at_all_of_it(plan: tuple[Milestone, ...], one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert 0 <= planned_physical(plan, first) <= planned_physical(plan, second) <= WHOLE
    assert planned_physical(plan, max(part.ends for part in plan)) == WHOLE


@given(milestones, st.fractions(0, 100, max_denominator=50), days)
def test_on_plan_at_is_the_latest_day_by_which_no_more_was_planned(
    plan: tuple[Milestone, ...], actual: Fraction, day: date
) -> None:
    level = on_plan_at(plan, actual, day)
    assert level <= day
    assert planned_physical(plan, level) <= actual or level == day
    assert level == day or planned_physical(plan, level + timedelta(days=1)) > actual


@given(milestones, st.lists(st.integers(0, 100), min_size=5, max_size=5), days, st.integers(0, 200_000))
def test_a_payment_up_to_the_limit_never_lifts_payments_above_the_work(
    plan: tuple[Milestone, ...], shares: list[int], day: date, sen: int
) -> None:
    told = Report(FIRST, tuple(Fraction(one, 100) for one in shares[: len(plan)]))
    work = Work(milestones=plan, reports=(told,), payments=(Payment(FIRST, Decimal(sen) / 100),), sum_rm=Decimal(1_999))
    found = standing(work, max(day, FIRST))
    done_rm = Fraction(work.sum_rm) * found.actual / 100
    assert found.payable_rm >= 0
    assert not found.payable_rm or Fraction(found.payable_rm) + Fraction(Decimal(sen) / 100) <= done_rm
