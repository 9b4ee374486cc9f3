"""An indicator is judged against the way from its baseline to its target, exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.targets import (
    LIGHTS,
    Goal,
    achieved,
    expected,
    path_problem,
    points_inside,
    standing,
    turns_back,
)

if TYPE_CHECKING:
    from pathlib import Path

NONE_LEFT = Goal(Decimal(10_000), date(2025, 1, 1), Decimal(0), date(2027, 1, 1), lower_is_better=True)
FEWER = Goal(Decimal(1000), date(2025, 1, 1), Decimal(500), date(2026, 1, 1), lower_is_better=True)
MORE = Goal(Decimal("0.6"), date(2025, 1, 1), Decimal("0.9"), date(2026, 1, 1), lower_is_better=False)
HELD = Goal(Decimal(500), date(2025, 1, 1), Decimal(500), date(2025, 12, 31), lower_is_better=True)


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2024, 1, 1), 1000), (date(2025, 1, 1), 1000), (date(2026, 1, 1), 500), (date(2030, 1, 1), 500)],
)
def test_the_way_is_flat_before_its_beginning_and_after_its_end(day: date, value: int) -> None:
    assert expected(FEWER, on=day) == value


@pytest.mark.parametrize(
    ("actual", "light"),
    [("5000", "hijau"), ("5000.01", "kuning"), ("6000", "kuning"), ("6000.01", "merah"), ("0", "tercapai")],
)
def test_half_way_to_none_left_the_tolerance_is_a_share_of_the_whole_way(actual: str, light: str) -> None:
    assert standing(Decimal(actual), NONE_LEFT, on=date(2026, 1, 1)) == light


@pytest.mark.parametrize(("actual", "light"), [("999", "kuning"), ("1000", "kuning"), ("1001", "merah")])
def test_the_tolerance_does_not_vanish_towards_a_target_of_zero(actual: str, light: str) -> None:
    assert standing(Decimal(actual), NONE_LEFT, on=date(2027, 1, 1)) == light


@pytest.mark.parametrize(("actual", "light"), [("1", "tidak_tercapai"), ("0", "tercapai")])
def test_after_the_due_day_a_target_is_achieved_or_not(actual: str, light: str) -> None:
    assert standing(Decimal(actual), NONE_LEFT, on=date(2027, 1, 2)) == light


def test_one_that_has_not_moved_is_far_behind_before_it_is_behind_the_target() -> None:
    goal = Goal(Decimal(10_000), date(2025, 1, 1), Decimal(8_000), date(2027, 1, 1), lower_is_better=True)
    assert standing(Decimal(10_000), goal, on=date(2025, 7, 1)) == "merah"


@pytest.mark.parametrize(("actual", "light"), [("0.90", "tercapai"), ("0.87", "kuning"), ("0.8699", "merah")])
def test_more_is_better_with_a_tolerance(actual: str, light: str) -> None:
    assert standing(Decimal(actual), MORE, on=date(2026, 1, 1)) == light


@pytest.mark.parametrize(
    ("actual", "day", "light"),
    [
        ("500", date(2025, 6, 1), "hijau"),
        ("500", date(2025, 12, 31), "tercapai"),
        ("520", date(2025, 6, 1), "kuning"),
        ("551", date(2025, 6, 1), "merah"),
        ("501", date(2026, 1, 1), "tidak_tercapai"),
    ],
)
def test_a_target_that_equals_its_baseline_is_to_be_held_until_the_due_day(actual: str, day: date, light: str) -> None:
    assert standing(Decimal(actual), HELD, on=day) == light


def test_without_a_value_there_is_no_judgement() -> None:
    assert standing(None, FEWER, on=date(2025, 6, 1)) == "tiada_nilai"
    assert achieved(None, FEWER) is None


def test_steps_hold_until_the_next_and_points_are_joined() -> None:
    points = ((date(2025, 4, 1), Decimal(900)), (date(2025, 10, 1), Decimal(800)))
    steps = replace(FEWER, way="berperingkat", points=points)
    joined = replace(FEWER, way="tangan", points=points)
    days = [date(2025, 3, 31), date(2025, 4, 1), date(2025, 9, 30), date(2025, 10, 1)]
    assert [expected(steps, on=day) for day in days] == [1000, 900, 900, 800]
    assert expected(joined, on=date(2025, 7, 1)) == 900 - Fraction(91, 183) * 100


def test_the_lights_of_the_specification_come_out_right(shared_folder: Path) -> None:
    truth = json.loads((shared_folder / "truth" / "measures.json").read_text(encoding="utf-8"))
    wrong = [case for case in truth["lights"] if _told(case, truth["goals"][case["goal"]]) != _wanted(case)]
    assert wrong == []
    assert {case["light"] for case in truth["lights"]} == set(LIGHTS)


def _wanted(case: dict[str, Any]) -> tuple[Any, ...]:
    gone = case.get("achieved")
    return case["light"], Fraction(case["expected"]), None if gone is None else Fraction(gone)


def _told(case: dict[str, Any], facts: dict[str, Any]) -> tuple[Any, ...]:
    goal = Goal(
        Decimal(facts["baseline"]),
        date.fromisoformat(facts["baseline_on"]),
        Decimal(facts["target"]),
        date.fromisoformat(facts["due_on"]),
        lower_is_better=facts["direction"] == "lower",
        tolerance_share=Decimal(facts["tolerance"]),
        way=facts["trajectory"],
        points=tuple((date.fromisoformat(day), Decimal(value)) for day, value in facts.get("points", [])),
    )
    actual = None if case["actual"] is None else Decimal(case["actual"])
    day = date.fromisoformat(case["on"])
    return standing(actual, goal, on=day), expected(goal, on=day), achieved(actual, goal)


@given(st.dates(date(2025, 1, 1), date(2026, 6, 1)), st.decimals(0, 2000, places=2))
def test_a_better_figure_never_stands_worse(day: date, actual: Decimal) -> None:
    better = LIGHTS.index(standing(max(actual - 10, Decimal(0)), FEWER, on=day))
    assert better <= LIGHTS.index(standing(actual, FEWER, on=day))


def path(way: Any, *points: tuple[date, int], target: int = 0) -> Goal:
    found = tuple((day, Decimal(value)) for day, value in points)
    return Goal(Decimal(100), date(2025, 1, 1), Decimal(target), date(2026, 1, 1), True, way=way, points=found)


MAY, JULY = date(2025, 5, 1), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("goal", "problem"),
    [
        (path("lurus"), None),
        (path("lurus", (MAY, 50)), "path_without"),
        (path("berperingkat"), "path_points"),
        (path("tangan", (MAY, 80), (JULY, 60)), None),
        (path("tangan", (JULY, 60), (MAY, 80)), "path_days"),
        (path("berperingkat", (date(2025, 1, 1), 80)), "path_days"),
        (path("berperingkat", (date(2026, 1, 1), 80)), "path_days"),
    ],
)
def test_points_lie_between_the_two_days_one_after_the_other(goal: Goal, problem: str | None) -> None:
    assert path_problem(goal) == problem


def test_a_way_may_turn_back_and_it_is_seen() -> None:
    assert not turns_back(path("tangan", (MAY, 80), (JULY, 80)))
    assert turns_back(path("tangan", (MAY, 80), (JULY, 90)))
    assert turns_back(path("tangan", (MAY, 110)))
    assert not turns_back(path("tangan", (MAY, 110), (JULY, 120), target=150))


def test_an_area_inside_has_gone_as_much_of_its_own_way_on_each_day() -> None:
    found = points_inside(path("berperingkat", (MAY, 80), (JULY, 110)), baseline=Decimal(10), target=Decimal(5))
    assert found == ((MAY, Decimal(9)), (JULY, Decimal("10.5")))
    assert points_inside(path("tangan", (MAY, 90), target=100), baseline=Decimal(10), target=Decimal(5)) == ()
