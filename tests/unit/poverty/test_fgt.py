"""Claims about the poverty indices."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.fgt import Below, measured

INCOMES = np.array([500, 1000, 1500, 2500, 4000]) * 100
LINES = np.full(5, 200_000)
money = st.integers(0, 5_000_000)
line = st.integers(1, 2_000_000)
households = st.lists(st.tuples(money, line, st.integers(1, 20)), max_size=40)


def arrays(rows: list[tuple[int, ...]], width: int = 3) -> list[np.ndarray]:
    return list(np.array(rows, dtype=np.int64).reshape(-1, width).T)


def test_the_worked_example_comes_out() -> None:
    found = measured(INCOMES, LINES)
    assert [found.below.exact(alpha) for alpha in range(3)] == [Fraction(3, 5), Fraction(3, 10), Fraction(7, 40)]
    assert (found.income_gap_ratio, found.below.gap_sen) == (0.5, 300_000)
    assert found.sen == pytest.approx(0.36666666666666664, abs=1e-12)
    assert found.watts == pytest.approx(0.4734247228263233, abs=1e-12)


def test_each_household_is_measured_against_the_line_of_its_own_members() -> None:
    members, incomes = np.array([4, 4, 2, 6]), np.array([1150, 1152, 500, 1200]) * 100
    household, person = measured(incomes, members * 28_800), measured(incomes, members * 28_800, members)
    assert household.below.gap_sen == person.below.gap_sen == 60_600
    assert household.below.index(1) == pytest.approx(0.10980902777777779, abs=1e-12)
    assert (person.below.poor, person.below.total) == (12, 16)
    assert person.below.index(2) == pytest.approx(0.03718849464699074, abs=1e-12)
    assert person.sen == pytest.approx(0.18576388888888892, abs=1e-12)
    assert person.watts == pytest.approx(0.1548630178543136, abs=1e-12)


def test_an_income_at_the_line_is_not_poor_and_one_sen_below_is() -> None:
    assert measured(np.array([28_800]), np.array([28_800])).below.poor == 0
    assert measured(np.array([115_199]), np.array([115_200])).below.poor == 1


def test_a_group_of_nobody_has_no_rate_but_costs_nothing() -> None:
    found = measured(np.array([], dtype=np.int64), np.array([], dtype=np.int64))
    assert (found.below.index(0), found.sen, found.watts, found.below.gap_sen) == (None, None, None, 0)


def test_watts_cannot_be_told_where_somebody_has_no_income() -> None:
    found = measured(np.array([0, 100]), np.array([200, 200]))
    assert (found.watts, found.without_income) == (None, 1)


@given(households, st.integers(0, 40))
def test_a_whole_is_its_parts_to_the_last_digit(rows: list[tuple[int, ...]], cut: int) -> None:
    whole, *parts = (measured(*arrays(part)) for part in (rows, rows[:cut], rows[cut:]))
    assert parts[0].below + parts[1].below == whole.below or not rows
    for alpha in range(3):
        shares = [part.below.exact(alpha) for part in parts]
        total = sum(share * part.below.total for share, part in zip(shares, parts, strict=True) if share is not None)
        assert whole.below.total == 0 or whole.below.exact(alpha) == Fraction(total) / whole.below.total


@given(households)
def test_indices_are_those_of_fractions_and_fall_with_alpha(rows: list[tuple[int, ...]]) -> None:
    found = measured(*arrays(rows)).below
    weight = sum(members for *_, members in rows)
    for alpha in (1, 2):
        asked = sum(
            (members * Fraction(own - income, own) ** alpha for income, own, members in rows if income < own),
            Fraction(0),
        )
        assert found.exact(alpha) == (asked / weight if weight else None)
        assert found.summed(alpha) == pytest.approx(float(asked), rel=1e-12)
    assert weight == 0 or found.exact(0) >= found.exact(1) >= found.exact(2) >= 0


def test_no_sum_of_squares_leaves_what_a_number_holds() -> None:
    many = 3_000
    found = measured(
        np.zeros(many, dtype=np.int64), np.full(many, 99_999_999_999), np.full(many, 20, dtype=np.int64)
    ).below
    assert found.exact(2) == 1


@pytest.mark.parametrize(("incomes", "lines"), [([1], []), ([1], [0]), ([-1], [5])])
def test_figures_that_mean_nothing_are_refused(incomes: list[int], lines: list[int]) -> None:
    with pytest.raises(ValueError, match=r"must be|cannot be"):
        measured(np.array(incomes, dtype=np.int64), np.array(lines, dtype=np.int64))


def test_nobody_adds_nothing() -> None:
    found = measured(INCOMES, LINES).below
    assert found + Below() == found
