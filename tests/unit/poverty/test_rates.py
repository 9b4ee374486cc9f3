"""Claims about rates, shares and changes."""

from decimal import Decimal

import pandas as pd
import pytest

from poverty import rates


def test_a_rate_divides_by_the_census() -> None:
    assert rates.rate(50, 2_000) == pytest.approx(0.025)


@pytest.mark.parametrize("denominator", [None, 0, float("nan"), pd.NA])
def test_without_a_denominator_there_is_no_rate(denominator: object) -> None:
    assert rates.rate(50, denominator) is None


def test_an_unknown_count_is_not_a_rate_of_zero() -> None:
    assert rates.rate(None, 2_000) is None


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [(9_402, 4_819, -0.487), (126_372, 77_288, -0.388), (14_553, 1_464, -0.899), (228_400, 108_000, -0.527)],
)
def test_published_falls_are_changes_from_the_start(then: int, now: int, expected: float) -> None:
    assert round(rates.change(now, then), 3) == expected


def test_a_change_from_nothing_has_no_percentage() -> None:
    assert rates.change(12, 0) is None


def test_money_and_counts_may_be_mixed() -> None:
    assert rates.share(Decimal("1.50"), 3) == 0.5


def test_what_was_achieved_is_the_way_gone_from_the_baseline() -> None:
    assert rates.achieved(75, baseline=100, target=50) == 0.5
    assert rates.achieved(110, baseline=100, target=50) < 0


def test_a_target_that_asks_for_no_change_has_no_progress() -> None:
    assert rates.achieved(100, baseline=100, target=100) is None
