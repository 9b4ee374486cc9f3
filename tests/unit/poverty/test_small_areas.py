"""Rates of small areas come out as their truth says, by hand and for a state; chance alone leaves no difference."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.small_areas import empirical_bayes, is_small, spatial_empirical_bayes, standardised

if TYPE_CHECKING:
    from pathlib import Path

_CHAIN = ((1,), (0, 2), (1, 3), (2,))


def _truth(shared_folder: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((shared_folder / "truth" / "measures.json").read_text(encoding="utf-8"))
    return truth


def _near(values: object) -> Any:
    return pytest.approx(values, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", ["eb", "eb_no_variance", "eb_no_events"])
def test_rates_by_hand_come_out(shared_folder: Path, name: str) -> None:
    case = _truth(shared_folder)["fixtures"][name]
    found = empirical_bayes(case["e"], case["b"])
    assert found.smoothed == _near(tuple(case["eb"]))
    if "mean" in case:
        assert (found.mean, found.a) == _near((case["mean"], case["variance"]))
    if "eb_spatial" in case:
        chain = [[one for one in around if one < len(case["e"])] for around in _CHAIN[: len(case["e"])]]
        assert spatial_empirical_bayes(case["e"], case["b"], chain).smoothed == _near(tuple(case["eb_spatial"]))


def test_the_rates_of_a_state_come_out(shared_folder: Path) -> None:
    truth = _truth(shared_folder)["perak"]["eb"]
    pairs = [
        line.split(",")[:2]
        for line in (shared_folder / "truth" / "measures" / "neighbours_district.csv").read_text().splitlines()[1:]
    ]
    codes = sorted(truth["by_area"])
    events, bases = ([truth["by_area"][code][name] for code in codes] for name in ("e", "b"))
    around = [[codes.index(other) for own, other in pairs if own == code and other in codes] for code in codes]
    found = empirical_bayes(events, bases)
    assert (found.mean, found.a) == _near((truth["mean"], truth["variance"]))
    told = {
        "eb": found.smoothed,
        "eb_spatial": spatial_empirical_bayes(events, bases, around).smoothed,
        "eb_standard": standardised(events, bases),
        "small": tuple(map(is_small, events, bases)),
    }
    assert {
        name for name, values in told.items() if values != _near(tuple(truth["by_area"][code][name] for code in codes))
    } == set()


def test_an_area_without_a_base_has_no_rate_and_is_nobodys_neighbour() -> None:
    chain = [[1], [0, 2], [1]]
    whole = spatial_empirical_bayes([9, 7, 21], [100, 0, 200], chain).smoothed
    assert whole[1] is None
    assert [whole[0], whole[2]] == _near([0.09, 0.105])
    assert empirical_bayes([9, 0, 21], [100, None, 200]).smoothed[1] is None
    assert empirical_bayes([0], [0]).mean is None
    assert standardised([3, 1], [None, 0]) == (None, None)


def test_where_nobody_is_poor_all_is_nothing() -> None:
    assert empirical_bayes([0, 0], [10, 20]).smoothed == (0.0, 0.0)
    assert standardised([0, 0], [10, 20]) == (0.0, 0.0)


def test_few_households_or_few_poor_ones_are_marked() -> None:
    assert [is_small(*pair) for pair in ((19, 500), (20, 99), (20, 100), (0, None))] == [True, True, False, True]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=20))
def test_every_rate_is_drawn_towards_the_mean_and_never_past_it(pairs: list[tuple[int, int]]) -> None:
    events = [min(pair) for pair in pairs]
    bases = [pair[1] for pair in pairs]
    found = empirical_bayes(events, bases)
    mean = found.mean
    assert mean is not None
    for event, base, drawn in zip(events, bases, found.smoothed, strict=True):
        low, high = sorted((event / base, mean))
        assert drawn is not None
        assert low - 1e-12 <= drawn <= high + 1e-12
