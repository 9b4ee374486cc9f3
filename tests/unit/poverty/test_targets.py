"""An indicator is judged against the straight way from its baseline to its target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.targets import Goal, expected, standing

FEWER = Goal(Decimal(1000), date(2025, 1, 1), Decimal(500), date(2026, 1, 1), lower_is_better=True)
MORE = Goal(Decimal("0.6"), date(2025, 1, 1), Decimal("0.9"), date(2026, 1, 1), lower_is_better=False)


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2024, 1, 1), 1000), (date(2025, 1, 1), 1000), (date(2026, 1, 1), 500), (date(2030, 1, 1), 500)],
)
def test_the_way_is_flat_before_its_beginning_and_after_its_end(day: date, value: int) -> None:
    assert expected(FEWER, on=day) == value


@pytest.mark.parametrize(
    ("actual", "light"), [("500", "on_track"), ("501", "at_risk"), ("550", "at_risk"), ("550.01", "off_track")]
)
def test_fewer_is_better_with_a_tolerance(actual: str, light: str) -> None:
    assert standing(Decimal(actual), FEWER, on=date(2026, 1, 1)) == light


@pytest.mark.parametrize(("actual", "light"), [("0.90", "on_track"), ("0.81", "at_risk"), ("0.80", "off_track")])
def test_more_is_better_with_a_tolerance(actual: str, light: str) -> None:
    assert standing(Decimal(actual), MORE, on=date(2026, 1, 1)) == light


@given(st.dates(date(2025, 1, 1), date(2026, 1, 1)), st.decimals(0, 2000, places=2))
def test_a_better_figure_never_stands_worse(day: date, actual: Decimal) -> None:
    order = ["on_track", "at_risk", "off_track"]
    better = order.index(standing(max(actual - 10, Decimal(0)), FEWER, on=day))
    assert better <= order.index(standing(actual, FEWER, on=day))
