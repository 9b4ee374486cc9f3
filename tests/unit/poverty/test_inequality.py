"""Claims about inequality."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.inequality import gini, lorenz, spread, theil_of

INCOMES = np.array([500, 1000, 1500, 2500, 4000]) * 100
ONE_EACH = np.ones(5, dtype=np.int64)
households = st.lists(st.tuples(st.integers(0, 5_000_000), st.integers(1, 20)), min_size=1, max_size=30)


def test_the_worked_examples_come_out() -> None:
    assert gini(INCOMES) == pytest.approx(34 / 95, abs=1e-12)
    assert gini(np.array([2 * 250, 3 * 600]), np.array([2, 3])) == pytest.approx(42 / 230, abs=1e-12)
    assert lorenz(INCOMES) == pytest.approx(
        [0.02631578947, 0.05263157895, 0.10526315789, 0.15789473684, 0.23684210526, 0.31578947368, 0.44736842105,
         0.57894736842, 0.78947368421], abs=1e-9
    )  # fmt: skip
    apart = theil_of({"A": spread(INCOMES[:2], ONE_EACH[:2]), "B": spread(INCOMES[2:], ONE_EACH[2:])})
    assert apart is not None
    assert (apart.theil, apart.between, apart.within) == pytest.approx(
        (0.2105175186746814, 0.1386841049240408, 0.07183341375064058), abs=1e-12
    )


def test_without_income_there_is_nothing_to_share() -> None:
    nothing = np.zeros(3, dtype=np.int64)
    assert gini(nothing) is None
    assert lorenz(nothing) == ()
    assert theil_of({"A": spread(nothing, np.ones(3, dtype=np.int64))}) is None


@given(households)
def test_gini_is_the_mean_difference_between_all_pairs(rows: list[tuple[int, int]]) -> None:
    amounts, weights = np.array(rows, dtype=np.int64).T
    found = gini(amounts, weights)
    total, count = amounts.sum(), weights.sum()
    apart = sum(abs(a * w - b * v) for (a, v), (b, w) in product(rows, rows))
    assert found is None if total == 0 else found == pytest.approx(apart / (2 * float(count) * float(total)), abs=1e-9)


@given(households, st.integers(0, 30))
def test_inequality_between_and_within_parts_is_all_there_is(rows: list[tuple[int, int]], cut: int) -> None:
    amounts, weights = np.array(rows, dtype=np.int64).T
    whole = spread(amounts, weights)
    apart = theil_of({"a": spread(amounts[:cut], weights[:cut]), "b": spread(amounts[cut:], weights[cut:])})
    if apart is None:
        assert whole.theil is None
        return
    assert apart.between + apart.within == pytest.approx(whole.theil, abs=1e-9)
    assert sum(share for _, share in apart.parts.values()) == pytest.approx(1)


@given(households)
def test_the_lorenz_curve_never_rises_above_equality_and_bends_one_way(rows: list[tuple[int, int]]) -> None:
    points = [0.0, *lorenz(*np.array(rows, dtype=np.int64).T), 1.0]
    steps = np.diff(points)
    assert len(points) == 2 or (np.diff(steps) >= -1e-9).all()
    assert all(point <= tenth / 10 + 1e-9 for tenth, point in enumerate(points) if len(points) > 2)


def test_a_negative_amount_or_nobody_to_have_it_is_refused() -> None:
    for amounts, weights in (([-1], [1]), ([1], [0]), ([1], [1, 1])):
        with pytest.raises(ValueError, match=r"must be|cannot be"):
            gini(np.array(amounts), np.array(weights))
