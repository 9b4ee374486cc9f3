"""The clock of a ticket reads its steps: what is due, what was in time, and at which shares somebody is told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from poverty.working_time import MALAYSIA, Calendar, Hours
from registry.support.clock import Facts, Told, read_clock

PLAIN = Calendar((Hours(date(2020, 1, 1), time(8), time(17), frozenset({5, 6})),))
FRIDAY_16 = datetime(2026, 11, 20, 16, tzinfo=MALAYSIA)
MONDAY = datetime(2026, 11, 23, tzinfo=MALAYSIA)


def monday(hour: int, minute: int = 0) -> datetime:
    return MONDAY.replace(hour=hour, minute=minute)


def facts(**changed: object) -> Facts:
    values: dict[str, object] = {
        "priority": 3, "state": "baru", "opened_at": FRIDAY_16, "first_answer_at": None, "solved_at": None, "steps": (),
    }  # fmt: skip
    return Facts(**{**values, **changed})  # type: ignore[arg-type]


def test_the_calendar_of_the_rule_gives_monday_and_the_friday_after() -> None:
    found = read_clock(PLAIN, facts(), FRIDAY_16)
    assert found.answer_due_at == monday(16)
    assert found.solve_due_at == FRIDAY_16 + timedelta(days=7)
    assert (found.turn_at, found.told) == (monday(16), ())


def test_two_hours_of_waiting_are_two_working_hours_later() -> None:
    waited = ((monday(10), "menunggu_pelapor"), (monday(12), "dijawab"))
    found = read_clock(PLAIN, facts(state="dijawab", steps=waited), monday(12))
    assert found.answer_due_at == datetime(2026, 11, 24, 9, tzinfo=MALAYSIA)
    assert found.solve_due_at == datetime(2026, 11, 30, 9, tzinfo=MALAYSIA)


@pytest.mark.parametrize(
    ("priority", "answer", "solution"),
    [
        (1, monday(9), monday(16)),
        (2, monday(12), monday(17) + timedelta(days=1)),
        (3, monday(17), monday(17) + timedelta(days=4)),
        (4, monday(17) + timedelta(days=2), monday(17) + timedelta(days=25)),
    ],
)
def test_each_priority_has_its_times(priority: int, answer: datetime, solution: datetime) -> None:
    found = read_clock(PLAIN, facts(priority=priority, opened_at=monday(8)), monday(8))
    assert (found.answer_due_at, found.solve_due_at) == (answer, solution)


def test_shares_are_told_in_their_order_and_the_next_one_is_known() -> None:
    opened = facts(priority=2, opened_at=monday(8))
    found = read_clock(PLAIN, opened, monday(12, 30))
    assert found.told == (Told("jawapan", 75, monday(11)), Told("jawapan", 100, monday(12)))
    assert found.tell_at == monday(14)


def test_what_was_answered_or_merged_tells_nobody_of_its_answer() -> None:
    late = monday(17)
    answered = read_clock(PLAIN, facts(priority=2, opened_at=monday(8), first_answer_at=monday(13)), late)
    assert (answered.answered_in_time, answered.told) == (False, ())
    assert answered.turn_at == answered.solve_due_at
    merged = read_clock(PLAIN, facts(priority=1, opened_at=monday(8), state="digabung"), late)
    assert (merged.told, merged.tell_at, merged.turn_at) == ((), None, None)


def test_the_time_between_a_solution_and_a_reopening_does_not_count() -> None:
    steps = ((monday(9), "dijawab"), (monday(10), "selesai"), (monday(10) + timedelta(days=1), "dibuka_semula"))
    solved = facts(priority=1, opened_at=monday(8), first_answer_at=monday(9), solved_at=monday(10), steps=steps[:2])
    assert read_clock(PLAIN, solved, monday(17)).solved_in_time
    again = facts(priority=1, opened_at=monday(8), state="dibuka_semula", first_answer_at=monday(9), steps=steps)
    # two of eight hours were used up on Monday
    assert read_clock(PLAIN, again, monday(17)).solve_due_at == monday(16) + timedelta(days=1)
