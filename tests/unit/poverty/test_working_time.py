"""Working time is counted in the hours of the place: weekends, holidays and standing clocks take nothing of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.working_time import MALAYSIA, Calendar, Hours, ends, worked, working_days

SATURDAY_SUNDAY = frozenset({5, 6})
FRIDAY_SATURDAY = frozenset({4, 5})
PLAIN = Calendar((Hours(date(2020, 1, 1), time(8), time(17), SATURDAY_SUNDAY),))
JOHOR = Calendar(
    (
        Hours(date(2014, 1, 1), time(8), time(17), FRIDAY_SATURDAY),
        Hours(date(2025, 1, 1), time(8), time(17), SATURDAY_SUNDAY),
    )
)
HOUR = timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    """A moment of November 2026, whose 27th is a Friday."""
    return datetime(year, month, day, hour, minute, tzinfo=MALAYSIA)


def test_one_working_day_from_friday_afternoon_ends_on_monday_afternoon() -> None:
    opened = at(20, 16)
    assert opened.weekday() == 4
    assert ends(PLAIN, opened, working_days(PLAIN, opened.date(), 1)) == at(23, 16)
    assert ends(PLAIN, opened, working_days(PLAIN, opened.date(), 5)) == at(27, 16)


def test_two_hours_that_the_clock_stood_still_are_two_working_hours_later() -> None:
    opened, pause = at(20, 16), (at(23, 10), at(23, 12))
    assert ends(PLAIN, opened, working_days(PLAIN, opened.date(), 1), [pause]) == at(24, 9)
    assert ends(PLAIN, opened, working_days(PLAIN, opened.date(), 5), [pause]) == at(30, 9)


def test_a_clock_that_still_stands_has_no_end_unless_the_time_was_over_before() -> None:
    opened = at(23, 9)
    assert ends(PLAIN, opened, 2 * HOUR, [(at(23, 10), None)]) is None
    assert ends(PLAIN, opened, 2 * HOUR, [(at(23, 13), None)]) == at(23, 11)
    assert ends(PLAIN, opened, 2 * HOUR, [(at(28, 13), None)]) == at(23, 11)
    assert ends(PLAIN, at(27, 16), 2 * HOUR, [(at(28, 13), None)]) is None


def test_a_holiday_is_no_working_day() -> None:
    closed = Calendar(PLAIN.hours, frozenset({date(2026, 11, 23)}))
    assert ends(closed, at(20, 16), 9 * HOUR) == at(24, 16)
    assert worked(closed, at(20, 8), at(24, 8)) == 9 * HOUR


def test_the_weekend_of_johor_changed_on_the_first_of_january_2025() -> None:
    assert [JOHOR.works(day) for day in (date(2024, 12, 27), date(2024, 12, 29))] == [False, True]
    assert [JOHOR.works(day) for day in (date(2025, 1, 3), date(2025, 1, 5))] == [True, False]
    # Thursday afternoon: Friday and Saturday are off, Sunday and Monday are worked
    assert ends(JOHOR, at(26, 16, month=12, year=2024), 10 * HOUR) == at(29, 17, month=12, year=2024)


def test_what_is_opened_outside_of_working_hours_begins_with_the_next_of_them() -> None:
    for opened in (at(21, 12), at(20, 17), at(20, 23, 59), at(23, 3)):
        assert ends(PLAIN, opened, HOUR) == at(23, 9)


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    utc = at(20, 16).astimezone(tz=None)
    assert ends(PLAIN, utc, 9 * HOUR) == at(23, 16)


def test_hours_without_working_time_are_none() -> None:
    with pytest.raises(ValueError, match="Hours"):
        Hours(date(2026, 1, 1), time(17), time(8), SATURDAY_SUNDAY)
    with pytest.raises(ValueError, match="Hours"):
        Hours(date(2026, 1, 1), time(8), time(17), frozenset(range(7)))


moments = st.datetimes(datetime(2024, 11, 1), datetime(2025, 2, 28)).map(lambda found: found.replace(tzinfo=MALAYSIA))  # noqa: DTZ001 - the zone follows
calendars = st.builds(
    lambda weekend, holidays: Calendar(
        (
            Hours(date(2014, 1, 1), time(8), time(17), frozenset(weekend)),
            Hours(date(2025, 1, 1), time(9), time(16, 30), SATURDAY_SUNDAY),
        ),
        frozenset(holidays),
    ),
    st.sets(st.integers(0, 6), max_size=3),
    st.sets(st.dates(date(2024, 11, 1), date(2025, 3, 31)), max_size=8),
)
budgets = st.integers(1, 60 * 120).map(lambda minutes: timedelta(minutes=minutes))
pauses = st.lists(
    st.tuples(moments, st.integers(0, 60 * 96)).map(lambda p: (p[0], p[0] + timedelta(minutes=p[1]))), max_size=4
)


@given(calendars, moments, budgets, pauses)
def test_the_end_is_the_first_moment_by_which_the_budget_was_worked(
    calendar: Calendar, begin: datetime, budget: timedelta, held: list[tuple[datetime, datetime]]
) -> None:
    end = ends(calendar, begin, budget, held)
    assert end is not None
    assert worked(calendar, begin, end, held) == budget
    assert worked(calendar, begin, end - timedelta(seconds=1), held) < budget


@given(calendars, moments, moments, moments, pauses)
def test_working_time_adds_up(
    calendar: Calendar, first: datetime, second: datetime, third: datetime, held: list[tuple[datetime, datetime]]
) -> None:
    begin, middle, end = sorted((first, second, third))
    parts = worked(calendar, begin, middle, held) + worked(calendar, middle, end, held)
    assert worked(calendar, begin, end, held) == parts
    assert worked(calendar, begin, end, held) <= worked(calendar, begin, end)


@given(calendars, moments, budgets, pauses)
def test_a_pause_never_brings_the_end_forward(
    calendar: Calendar, begin: datetime, budget: timedelta, held: list[tuple[datetime, datetime]]
) -> None:
    plain, held_up = ends(calendar, begin, budget), ends(calendar, begin, budget, held)
    assert plain is not None
    assert held_up is not None
    assert held_up >= plain
