"""Where a series is going, when it meets its target, and how sure that is."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from poverty.kpi.forecast import LEAST, Goal, forecast

FEWER = Goal(target=50, lower_is_better=True, due_in=6, kind="bilangan")


def test_six_months_are_too_few_to_say_anything() -> None:
    assert forecast([100.0] * (LEAST - 1), FEWER) is None
    assert forecast([100.0] * LEAST, FEWER) is not None


def test_an_even_fall_goes_on_and_meets_its_target_in_the_month_that_rounds_to_it() -> None:
    falling = [float(190 - 10 * month) for month in range(10)]
    straight, exact = (forecast(falling, Goal(70.0, True, 3, kind)) for kind in ("bilangan", "rm"))
    assert straight is not None
    assert exact is not None
    assert straight.drift == -10
    # the walk by share lags behind the straight one, and the point is the mean of both
    assert (straight.met_earliest, straight.met_point) == (3, 4)
    assert exact.chances < straight.chances


def test_without_any_change_nothing_is_met_in_five_years_and_nothing_is_likely() -> None:
    found = forecast([80.0] * 24, FEWER)
    assert found is not None
    assert (found.met_earliest, found.met_latest, found.chances) == (None, None, (0.0, 0.0))
    assert found.words == "mungkin_tidak_dicapai"
    assert found.checked == (6, 6)


def test_only_thirteen_months_count_but_the_record_looks_further_back() -> None:
    last = [100.0 - month for month in range(13)]
    long, short = forecast([500.0, 20.0, *last], FEWER), forecast(last, FEWER)
    assert long is not None
    assert short is not None
    assert (long.used, long.months) == (13, short.months)
    assert (long.checked[1], short.checked[1]) == (6, 4)


def test_what_is_shown_lies_between_none_and_all() -> None:
    falling = forecast([60.0 - 8 * month for month in range(8)], FEWER)
    rising = forecast([0.3 + 0.1 * month for month in range(7)], Goal(0.95, False, 3, "syer"))
    assert falling is not None
    assert rising is not None
    assert min(falling.months[-1].lo95, falling.months[-1].point) == 0
    assert rising.months[-1].hi95 == rising.months[-1].point == 1


SERIES = st.lists(st.floats(0, 1e12), min_size=7, max_size=30)


@given(SERIES, st.floats(0, 1e12), st.booleans(), st.integers(1, 120), st.sampled_from(["bilangan", "rm", "syer"]))
def test_any_series_has_bands_that_hold_the_point_and_chances_that_are_chances(
    values: list[float], target: float, lower: bool, due_in: int, kind: str
) -> None:
    found = forecast(values, Goal(target, lower, due_in, kind))  # type: ignore[arg-type]
    assert found is not None
    for band in found.months:
        assert all(map(math.isfinite, (band.lo95, band.hi95, band.point)))
        assert band.lo95 <= band.lo80 <= band.hi80 <= band.hi95
    assert 0 <= found.chances[0] <= found.chances[1] <= 1
    months = [month or 61 for month in (found.met_earliest, found.met_point, found.met_latest)]
    assert months == sorted(months)


@given(st.lists(st.floats(10, 1000), min_size=7, max_size=13), st.floats(0.5, 2))
def test_a_target_that_is_easier_is_not_met_later(values: list[float], more: float) -> None:
    hard = forecast(values, FEWER)
    easy = forecast(values, Goal(50 + more, True, 6, "bilangan"))
    assert hard is not None
    assert easy is not None
    assert (easy.met_point or 61) <= (hard.met_point or 61)
    assert easy.chances >= hard.chances
