"""Claims about the poverty indices."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.fgt import poverty_indices

money = st.decimals(min_value=0, max_value=20_000, places=2)
line = st.decimals(min_value=1, max_value=4_000, places=2)
households = st.lists(st.tuples(money, line), min_size=1, max_size=40)

INCOMES = [Decimal(income) for income in (500, 1000, 1500, 2500, 4000)]
LINES = [Decimal(2000)] * 5


def test_the_worked_example_comes_out() -> None:
    indices = poverty_indices(INCOMES, LINES)
    assert indices.headcount_share == Decimal("0.6")
    assert indices.gap_share == Decimal("0.3")
    assert indices.severity_share == Decimal("0.175")
    assert indices.cost_rm == Decimal(3000)


def test_an_income_at_the_line_is_not_poor() -> None:
    indices = poverty_indices([Decimal(288)], [Decimal(288)])
    assert indices.headcount_share == 0


def test_each_household_is_measured_against_its_own_line() -> None:
    indices = poverty_indices([Decimal(1000), Decimal(1000)], [Decimal(2000), Decimal(900)])
    assert (indices.headcount_share, indices.gap_share) == (Decimal("0.5"), Decimal("0.25"))


def test_weights_count_persons() -> None:
    indices = poverty_indices([Decimal(100), Decimal(900)], [Decimal(500)] * 2, weights=[6, 2])
    assert indices.headcount_share == Decimal("0.75")


def test_a_shortfall_per_person_costs_its_household_size() -> None:
    indices = poverty_indices([Decimal("287.50")], [Decimal(288)], members=[4])
    assert indices.cost_rm == Decimal("2.00")


def test_a_group_of_nobody_has_no_rate_but_costs_nothing() -> None:
    indices = poverty_indices([], [])
    assert indices.headcount_share is None
    assert indices.cost_rm == 0


@pytest.mark.parametrize(
    ("incomes", "lines"),
    [([Decimal(1)], []), ([Decimal(1)], [Decimal(0)]), ([Decimal(-1)], [Decimal(5)])],
)
def test_figures_that_mean_nothing_are_refused(incomes: list[Decimal], lines: list[Decimal]) -> None:
    with pytest.raises(ValueError, match=r"must be|cannot be"):
        poverty_indices(incomes, lines)


@given(households)
def test_deeper_indices_never_exceed_shallower_ones(pairs: list[tuple[Decimal, Decimal]]) -> None:
    indices = poverty_indices([income for income, _ in pairs], [own for _, own in pairs])
    assert 0 <= indices.severity_share <= indices.gap_share <= indices.headcount_share <= 1


@given(households)
def test_paying_the_cost_leaves_nobody_poor(pairs: list[tuple[Decimal, Decimal]]) -> None:
    incomes = [income for income, _ in pairs]
    lines = [own for _, own in pairs]
    lifted = [max(income, own) for income, own in pairs]
    before, after = poverty_indices(incomes, lines), poverty_indices(lifted, lines)
    assert after.headcount_share == 0
    assert before.cost_rm == sum(lifted) - sum(incomes)


@given(households, households)
def test_the_indices_of_two_groups_add_up_by_their_weights(
    first: list[tuple[Decimal, Decimal]], second: list[tuple[Decimal, Decimal]]
) -> None:
    whole, one, other = (
        poverty_indices([income for income, _ in pairs], [own for _, own in pairs])
        for pairs in (first + second, first, second)
    )
    parts = one.gap_share * one.total_weight + other.gap_share * other.total_weight
    assert whole.gap_share * whole.total_weight == pytest.approx(parts, abs=Decimal("1e-20"))
    assert whole.cost_rm == one.cost_rm + other.cost_rm
