"""Rates of small areas, drawn towards the mean as far as they rest on few (Empirical Bayes).

Marshall (1991), "Mapping disease and mortality rates using empirical Bayes estimators", Applied Statistics 40:283-294;
standardised as in Assunção and Reis (1999). Areas without a base are left out: they have no rate and are nobody's
neighbour.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

LEAST_EVENTS: Final = 20
"""Events under which a rate is unsure by more than a fifth (22 %)."""
LEAST_BASE: Final = 100


@dataclass(frozen=True, slots=True)
class EmpiricalBayes:
    """The mean of all areas, the variance between them (0 where there is none beyond chance), and each area's rate.

    ``mean`` and ``a`` are none where no area has a base; so is the rate of an area without one.
    """

    mean: float | None
    a: float | None
    smoothed: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class _Mean:
    """What some areas have together: events by base, and the variance between them, which may come out below 0."""

    rate: float
    variance: float


def empirical_bayes(events: Sequence[float | None], bases: Sequence[float | None]) -> EmpiricalBayes:
    """The rates of areas, each drawn towards the mean of all."""
    counted = _counted(events, bases)
    if not any(counted):
        return EmpiricalBayes(None, None, tuple(None for _ in counted))
    mean = _mean([pair for pair in counted if pair])
    smoothed = tuple(pair and _drawn(pair, mean) for pair in counted)
    return EmpiricalBayes(mean.rate, max(0.0, mean.variance), smoothed)


def spatial_empirical_bayes(
    events: Sequence[float | None], bases: Sequence[float | None], neighbours: Sequence[Collection[int]]
) -> EmpiricalBayes:
    """The rates of areas, each drawn towards the mean of itself and its neighbours, which are told by their places."""
    counted = _counted(events, bases)
    if len(neighbours) != len(counted):
        message = "each area must have its neighbours, if none then none"
        raise ValueError(message)
    smoothed: list[float | None] = []
    for place, pair in enumerate(counted):
        around = [found for one in sorted({place, *neighbours[place]}) if (found := counted[one])]
        smoothed.append(pair and _drawn(pair, _mean(around)))
    whole = empirical_bayes(events, bases)
    return EmpiricalBayes(whole.mean, whole.a, tuple(smoothed))


def standardised(events: Sequence[float | None], bases: Sequence[float | None]) -> tuple[float | None, ...]:
    """How far each rate lies from the mean, by what is to be expected of an area of its size."""
    counted = _counted(events, bases)
    if not any(counted):
        return tuple(None for _ in counted)
    mean = _mean([pair for pair in counted if pair])
    return tuple(pair and _apart(pair, mean) for pair in counted)


def is_small(events: float | None, base: float | None) -> bool:
    """Whether a rate rests on so few that it says little: it is marked, and never called the worst."""
    return (events or 0) < LEAST_EVENTS or (base or 0) < LEAST_BASE


def _counted(events: Sequence[float | None], bases: Sequence[float | None]) -> list[tuple[float, float] | None]:
    if len(events) != len(bases):
        message = "events and bases must be of one length"
        raise ValueError(message)
    if any(count is not None and count < 0 for count in (*events, *bases)):
        message = "events and bases cannot be negative"
        raise ValueError(message)
    return [(event, base) if event is not None and base else None for event, base in zip(events, bases, strict=True)]


def _mean(counted: Sequence[tuple[float, float]]) -> _Mean:
    base = sum(of for _, of in counted)
    rate = sum(event for event, _ in counted) / base
    spread = sum(of * (event / of - rate) ** 2 for event, of in counted) / base
    return _Mean(rate, spread - rate * len(counted) / base)


def _drawn(pair: tuple[float, float], mean: _Mean) -> float:
    if mean.rate == 0:
        return 0.0
    event, base = pair
    variance = max(0.0, mean.variance)
    return mean.rate + (event / base - mean.rate) * variance / (variance + mean.rate / base)


def _apart(pair: tuple[float, float], mean: _Mean) -> float:
    event, base = pair
    by_chance = mean.rate / base
    variance = mean.variance + by_chance
    # of what chance alone explains more than there is, chance alone is taken
    deviation = sqrt(variance if variance > 0 else by_chance)
    return (event / base - mean.rate) / deviation if deviation else 0.0
