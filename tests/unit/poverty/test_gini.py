"""Claims about the Gini coefficient."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.gini import gini

incomes = st.lists(st.decimals(min_value=1, max_value=50_000, places=2), min_size=1, max_size=40)


def test_the_worked_example_comes_out() -> None:
    assert round(gini([Decimal(x) for x in (500, 1000, 1500, 2500, 4000)]), 5) == Decimal("0.35789")


def test_no_income_at_all_has_no_coefficient() -> None:
    assert gini([Decimal(0), Decimal(0)]) is None
    assert gini([]) is None


def test_a_negative_income_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        gini([Decimal(-1)])


def test_a_weight_for_each_income_is_needed() -> None:
    with pytest.raises(ValueError, match="length"):
        gini([Decimal(1)], weights=[1, 2])


@given(incomes)
def test_it_lies_between_nothing_and_one(values: Sequence[float]) -> None:
    assert 0 <= gini(values) < 1


@given(st.decimals(min_value=1, max_value=9_999, places=2), st.integers(min_value=1, max_value=30))
def test_equal_incomes_have_no_inequality(income: Decimal, count: int) -> None:
    assert gini([income] * count) == pytest.approx(Decimal(0), abs=Decimal("1e-20"))


@given(incomes, st.integers(min_value=2, max_value=9))
def test_the_unit_of_money_does_not_matter(values: Sequence[float], factor: int) -> None:
    assert gini([value * factor for value in values]) == pytest.approx(gini(values), abs=Decimal("1e-20"))


@given(st.lists(st.tuples(st.decimals(min_value=1, max_value=999, places=0), st.integers(1, 5)), min_size=1))
def test_a_weight_counts_an_income_that_many_times(pairs: list[tuple[Decimal, Decimal]]) -> None:
    weighted = gini([income for income, _ in pairs], weights=[weight for _, weight in pairs])
    repeated = gini([income for income, weight in pairs for _ in range(weight)])
    assert weighted == pytest.approx(repeated, abs=Decimal("1e-20"))
