"""Claims about class breaks."""

import warnings
from collections.abc import Sequence

import mapclassify
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.breaks import Scheme, class_breaks, class_of, natural_breaks, round_bounds

counts = st.lists(st.integers(min_value=0, max_value=100_000), min_size=1, max_size=80)
rates = st.lists(st.floats(min_value=0, max_value=1, allow_nan=False), min_size=1, max_size=80)


def array(values: Sequence[float]) -> np.ndarray:
    return np.asarray(values, dtype=float)


def within_classes(values: Sequence[float], bounds: Sequence[float]) -> float:
    classes = class_of(values, bounds)
    return sum(((values[classes == c] - values[classes == c].mean()) ** 2).sum() for c in set(classes))


@given(counts, st.sampled_from(Scheme), st.integers(min_value=1, max_value=9))
def test_every_value_falls_into_a_class(values: Sequence[float], scheme: Scheme, k: int) -> None:
    numbers = array(values)
    bounds = class_breaks(numbers, scheme=scheme, k=k).bounds
    assert list(bounds) == sorted(set(bounds))
    assert class_of(numbers, bounds).max() < len(bounds)


@given(counts, st.sampled_from([Scheme.QUANTILES, Scheme.JENKS]), st.integers(min_value=1, max_value=9))
def test_no_class_is_empty_and_there_are_at_most_k(values: Sequence[float], scheme: Scheme, k: int) -> None:
    numbers = array(values)
    bounds = class_breaks(numbers, scheme=scheme, k=k).bounds
    assert set(class_of(numbers, bounds)) == set(range(len(bounds)))
    assert len(bounds) <= k


@given(rates, st.sampled_from([Scheme.QUANTILES, Scheme.JENKS, Scheme.EQUAL]))
def test_bounds_are_as_exact_as_they_are_written(values: Sequence[float], scheme: Scheme) -> None:
    bounds, places = class_breaks(array(values), scheme=scheme, k=5, places=3)
    assert [round(bound, places) for bound in bounds] == pytest.approx(list(bounds), abs=1e-9)


@given(st.lists(st.integers(0, 500), min_size=8, max_size=60, unique=True), st.integers(2, 6))
def test_natural_breaks_are_at_least_as_good_as_the_reference(values: Sequence[float], k: int) -> None:
    numbers = array(values)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the reference complains that it is slow without a compiler
        reference = mapclassify.FisherJenks(numbers, k=k).bins
    assert within_classes(numbers, natural_breaks(numbers, k=k)) <= within_classes(numbers, reference) + 1e-3


def test_natural_breaks_find_the_gaps() -> None:
    assert natural_breaks(array([1, 2, 3, 50, 51, 52, 400, 410]), k=3).tolist() == [3, 52, 410]


def test_many_values_are_sampled_with_both_ends_kept() -> None:
    values = np.random.default_rng(7).lognormal(4, 1, 1900).round()
    bounds = class_breaks(values, scheme=Scheme.JENKS, k=5).bounds
    assert len(bounds) == 5
    assert bounds[-1] == values.max()


def test_fixed_bounds_are_kept_though_nobody_is_in_them() -> None:
    assert class_breaks(array([3, 4]), scheme=Scheme.FIXED, k=5, fixed=[10, 20, 50]).bounds == (10, 20, 50)


def test_a_value_above_the_fixed_bounds_gets_a_class_of_its_own() -> None:
    assert class_breaks(array([3, 70]), scheme=Scheme.FIXED, k=5, fixed=[10, 50]).bounds == (10, 50, 70)


def test_fixed_bounds_left_open_are_round() -> None:
    assert round_bounds(698, k=5) == [50, 100, 200, 500]
    assert round_bounds(0.098, k=4) == pytest.approx([0.01, 0.02, 0.05])


def test_bounds_that_would_merge_take_another_decimal() -> None:
    bounds, places = class_breaks(array([0.0001, 0.0002, 0.0003]), scheme=Scheme.QUANTILES, k=3, places=3)
    assert (bounds, places) == ((0.0001, 0.0002, 0.0003), 4)


@pytest.mark.parametrize("scheme", Scheme)
def test_no_values_have_no_classes(scheme: Scheme) -> None:
    assert class_breaks(array([]), scheme=scheme, k=5).bounds == ()


@pytest.mark.parametrize("scheme", [Scheme.QUANTILES, Scheme.JENKS, Scheme.EQUAL])
def test_equal_values_are_one_class(scheme: Scheme) -> None:
    assert class_breaks(array([7, 7, 7]), scheme=scheme, k=5).bounds == (7,)
