"""Class breaks: where one colour ends and the next begins, rounded so that a legend can state them truthfully."""

import math
import warnings
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

# Beyond this many values the exact optimum costs more than a viewer will wait for.
JENKS_SAMPLE = 600


class Scheme(StrEnum):
    """How values are put into classes."""

    QUANTILES = "quantiles"
    JENKS = "jenks"
    EQUAL = "equal"
    FIXED = "fixed"


class Breaks(NamedTuple):
    """Upper bounds of the classes, ascending, and the number of decimals it takes to write them."""

    bounds: tuple[float, ...]
    places: int


def class_breaks(
    values: Values,
    *,
    scheme: Scheme,
    k: int,
    fixed: Sequence[float] | None = None,
    places: int = 0,
) -> Breaks:
    """Return the upper bounds of the classes, the last one not below the largest value.

    ``values`` are finite. ``places`` is the number of decimals the legend shows: bounds are rounded to
    it first and classes follow the rounded bounds, so that the legend is exact; more decimals are taken
    where rounding would merge classes. Fewer classes come back where there are fewer distinct values.
    Classes nobody is in are left out, except under equal and fixed bounds, where they say something.
    """
    if values.size == 0:
        return Breaks((), places)
    distinct = np.unique(values)
    if scheme is Scheme.FIXED:
        bounds = np.asarray(sorted(set(fixed)) if fixed else round_bounds(float(distinct[-1]), k=k))
        return Breaks(_closed(bounds, float(distinct[-1]), places), _places_of(bounds, places))
    if distinct.size <= k:
        bounds = distinct if scheme is not Scheme.EQUAL or distinct.size == 1 else _equal(values, k)
    elif scheme is Scheme.QUANTILES:
        bounds = _quantiles(values, k)
    elif scheme is Scheme.EQUAL:
        bounds = _equal(values, k)
    else:
        bounds = natural_breaks(values, k=k)
    rounded = _rounded(bounds, distinct, places)
    if scheme is Scheme.EQUAL:
        return rounded
    return Breaks(_inhabited(rounded.bounds, values), rounded.places)


def class_of(values: Values, breaks: Sequence[float]) -> NDArray[np.int64]:
    """Return the class of each value: the first whose upper bound is not below it."""
    return np.searchsorted(np.asarray(breaks), values, side="left").astype(np.int64)


def natural_breaks(values: Values, *, k: int) -> Values:
    """Return Jenks' natural breaks: the bounds with the least squared deviation within classes.

    The exact optimum (Fisher 1958, "On grouping for maximum homogeneity") for up to 600 values; above
    that, of 600 values taken evenly from the sorted list with both ends. The same partition as
    ``mapclassify.FisherJenks``, which needs 90 ms for 160 values where this needs 2.
    """
    ranked = np.sort(values)
    if ranked.size > JENKS_SAMPLE:
        ranked = ranked[np.linspace(0, ranked.size - 1, JENKS_SAMPLE).round().astype(int)]
    count = ranked.size
    classes = min(k, int(np.unique(ranked).size))
    deviation = _squared_deviation(ranked)

    best = deviation[0].copy()
    starts: list[NDArray[np.int64]] = []
    for _ in range(1, classes):
        # cost of ending the class before at i - 1 and running this one from i to j
        total = np.vstack([np.full(count, np.inf), best[:-1, None] + deviation[1:]])
        start = total.argmin(axis=0)
        best = total[start, np.arange(count)]
        starts.append(start)

    ends, last = [], count - 1
    for start in reversed(starts):
        ends.append(last)
        last = int(start[last]) - 1
    ends.append(last)
    return np.unique(ranked[ends[::-1]])


def _squared_deviation(ranked: Values) -> Values:
    """Return the squared deviation from the mean of every run i..j; infinite where j is before i."""
    centred = ranked - ranked.mean()
    sums = np.concatenate([[0.0], centred.cumsum()])
    squares = np.concatenate([[0.0], (centred**2).cumsum()])
    size = np.arange(1, ranked.size + 1)[None, :] - np.arange(ranked.size)[:, None]
    run = sums[None, 1:] - sums[:-1, None]
    run_squares = squares[None, 1:] - squares[:-1, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        deviation = run_squares - run**2 / size
    return np.where(size > 0, np.maximum(deviation, 0.0), np.inf)


def round_bounds(largest: float, *, k: int) -> list[float]:
    """Return ``k - 1`` round bounds of the series 1, 2, 5, 10, 20 … below the largest value."""
    if largest <= 0:
        return [largest]
    exponent = math.floor(math.log10(largest))
    series = [float(f"{step}e{power}") for power in range(exponent - k, exponent + 1) for step in (1, 2, 5)]
    below = [bound for bound in series if bound < largest]
    return below[-max(1, k - 1) :]


def _quantiles(values: Values, k: int) -> Values:
    # takes 2 s to load, which the web server does while it already answers
    import mapclassify  # noqa: PLC0415

    with warnings.catch_warnings():
        # ties merge quantiles; the legend says how many classes there are, so there is nothing to warn of
        warnings.simplefilter("ignore", UserWarning)
        return np.unique(mapclassify.Quantiles(values, k=k).bins)


def _equal(values: Values, k: int) -> Values:
    import mapclassify  # noqa: PLC0415 - as above

    return np.asarray(mapclassify.EqualInterval(values, k=k).bins, dtype=np.float64)


def _places_of(bounds: Values, places: int) -> int:
    """Return how many decimals the given bounds need, at least ``places``."""
    for decimals in range(places, places + 4):
        if np.allclose(bounds, np.round(bounds, decimals), rtol=0, atol=1e-9):
            return decimals
    return places + 4


def _rounded(bounds: Values, distinct: Values, places: int) -> Breaks:
    wanted = np.unique(bounds).size
    for decimals in range(places, places + 4):
        candidate = np.unique(_floor(bounds[:-1], decimals))
        candidate = candidate[candidate >= distinct[0]]
        if candidate.size == wanted - 1:
            break
    return Breaks(_closed(candidate, float(distinct[-1]), decimals), decimals)


def _closed(bounds: Values, largest: float, places: int) -> tuple[float, ...]:
    inner = [round(float(bound), 10) for bound in bounds]
    if inner and inner[-1] >= largest:
        return tuple(inner)
    top = round(largest, places)
    return (*inner, top if top >= largest else round(top + 10.0**-places, 10))


def _floor(bounds: Values, places: int) -> Values:
    scale = 10.0**places
    return np.asarray(np.floor(bounds * scale + 1e-9) / scale, dtype=np.float64)


def _inhabited(breaks: tuple[float, ...], values: Values) -> tuple[float, ...]:
    counts = np.bincount(class_of(values, breaks), minlength=len(breaks))
    return tuple(bound for bound, count in zip(breaks, counts, strict=True) if count)
