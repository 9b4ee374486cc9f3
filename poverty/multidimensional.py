"""Multidimensional poverty (Alkire and Foster 2011, J. Public Economics 95:476-487), in whole numbers and fractions.

Households are counted by profile: what they are deprived of and what is not known of them. A score is a whole number of
the structure's smallest parts, so that a household exactly at the cut-off is never lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import add
from typing import TYPE_CHECKING, Any

import numpy as np

from poverty.deprivation import Deprivation, UnreadableRule, read_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is looked at, its weight in the whole, and when a household is deprived: none where it is not collected."""

    code: str
    dimension: str
    weight: Fraction
    rule: Deprivation | None
    basis: str


@dataclass(frozen=True, slots=True)
class Structure:
    """A version of a structure: its indicators, their weights, and the score from which a household is poor."""

    code: str
    name_ms: str
    name_en: str
    valid_from: str
    cutoff: Fraction
    computable: bool
    source: str
    comparable_with: str | None
    indicators: tuple[Indicator, ...]

    @property
    def computed(self) -> tuple[Indicator, ...]:
        """The indicators that a household is held against, in order."""
        return tuple(one for one in self.indicators if one.rule is not None and one.weight > 0)

    @property
    def not_collected(self) -> tuple[Indicator, ...]:
        """Those that the register cannot tell."""
        return tuple(one for one in self.indicators if one.rule is None)

    @property
    def parts(self) -> int:
        """Into how many parts the whole is cut, so that every weight and the cut-off are whole numbers of them."""
        return lcm(self.cutoff.denominator, *(one.weight.denominator for one in self.computed))

    @property
    def weights(self) -> tuple[int, ...]:
        """The weights in those parts."""
        return tuple(int(one.weight * self.parts) for one in self.computed)


@dataclass(frozen=True, slots=True)
class Profiles:
    """Households by what they are deprived of and what is unknown, as bits in the order of the indicators."""

    deprived: Numbers
    unknown: Numbers
    households: Numbers
    persons: Numbers

    @classmethod
    def of(cls, deprived: Numbers, unknown: Numbers, members: Numbers, bits: int) -> Profiles:
        """Count households that are given one by one."""
        keys, place = np.unique(deprived << bits | unknown, return_inverse=True)
        households = np.bincount(place, minlength=len(keys))
        persons = np.bincount(place, weights=members, minlength=len(keys)).astype(np.int64)
        return cls(keys >> bits, keys & ((1 << bits) - 1), households.astype(np.int64), persons)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of a group, by household or by person; it adds up. ``score`` is in parts of the structure.

    ``used`` and ``dropped`` are households; the rest is weighted. ``lower`` and ``upper`` are those poor of all
    (``every``) when what is unknown counts as not deprived, or as deprived.
    """

    used: int
    dropped: int
    weight: int
    every: int
    poor: int
    score: int
    lower: int
    upper: int
    deprived: tuple[int, ...]
    deprived_poor: tuple[int, ...]

    def __add__(self, other: Counted) -> Counted:
        """Both groups together."""
        return Counted(
            used=self.used + other.used,
            dropped=self.dropped + other.dropped,
            weight=self.weight + other.weight,
            every=self.every + other.every,
            poor=self.poor + other.poor,
            score=self.score + other.score,
            lower=self.lower + other.lower,
            upper=self.upper + other.upper,
            deprived=tuple(map(add, self.deprived, other.deprived)),
            deprived_poor=tuple(map(add, self.deprived_poor, other.deprived_poor)),
        )


def counted(structure: Structure, profiles: Profiles, *, by_person: bool = False) -> Counted:
    """Hold profiles against a structure. Households of which anything is unknown are left out, but for the bounds."""
    weights, cutoff = structure.weights, int(structure.cutoff * structure.parts)
    weigh = profiles.persons if by_person else profiles.households
    score, most = _score(profiles.deprived, weights), _score(profiles.deprived | profiles.unknown, weights)
    known = profiles.unknown == 0
    poor = known & (score >= cutoff)

    def those(mask: NDArray[np.bool_]) -> tuple[int, ...]:
        return tuple(
            int(weigh[mask & (profiles.deprived >> bit & 1 == 1)].sum()) for bit in range(len(structure.computed))
        )

    return Counted(
        used=int(profiles.households[known].sum()),
        dropped=int(profiles.households[~known].sum()),
        weight=int(weigh[known].sum()),
        every=int(weigh.sum()),
        poor=int(weigh[poor].sum()),
        score=int((weigh * score)[poor].sum()),
        lower=int(weigh[score >= cutoff].sum()),
        upper=int(weigh[most >= cutoff].sum()),
        deprived=those(known),
        deprived_poor=those(poor),
    )


def _score(deprived: Numbers, weights: Sequence[int]) -> Numbers:
    found = np.zeros(len(deprived), dtype=np.int64)
    for bit, weight in enumerate(weights):
        found += (deprived >> bit & 1) * weight
    return found


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures of a group by a structure, as exact fractions; none where there is nobody to measure."""

    structure: Structure
    counts: Counted

    @property
    def share_poor(self) -> Fraction | None:
        """H: the share who are poor."""
        return _share(self.counts.poor, self.counts.weight)

    @property
    def intensity(self) -> Fraction | None:
        """A: the mean score of the poor."""
        return _share(self.counts.score, self.counts.poor * self.structure.parts)

    @property
    def index(self) -> Fraction | None:
        """The index, H times A."""
        return _share(self.counts.score, self.counts.weight * self.structure.parts)

    @property
    def bounds(self) -> tuple[Fraction | None, Fraction | None]:
        """H over all when what is unknown is not deprived, and when it is."""
        return _share(self.counts.lower, self.counts.every), _share(self.counts.upper, self.counts.every)

    @property
    def censored(self) -> dict[str, Fraction | None]:
        """By indicator the share who are deprived of it and poor."""
        return self._by_indicator(self.counts.deprived_poor)

    @property
    def uncensored(self) -> dict[str, Fraction | None]:
        """By indicator the share who are deprived of it."""
        return self._by_indicator(self.counts.deprived)

    @property
    def contributions(self) -> dict[str, Fraction | None]:
        """By indicator its part of the index; together 1."""
        return {
            one.code: _share(count * weight, self.counts.score)
            for one, weight, count in zip(
                self.structure.computed, self.structure.weights, self.counts.deprived_poor, strict=True
            )
        }

    def _by_indicator(self, found: Sequence[int]) -> dict[str, Fraction | None]:
        return {
            one.code: _share(count, self.counts.weight)
            for one, count in zip(self.structure.computed, found, strict=True)
        }

    def as_dict(self) -> dict[str, Any]:
        """As it is written to a file."""
        counts, parts = self.counts, self.structure.parts
        lower, upper = self.bounds
        summed = Fraction(counts.score, parts)
        return {
            "used": counts.used,
            "dropped": counts.dropped,
            "weight": counts.weight,
            "poor": counts.poor,
            "sum_of_scores": f"{summed.numerator}/{summed.denominator}",
            "H": _number(self.share_poor),
            "A": _number(self.intensity),
            "MPI": _number(self.index),
            "censored_headcount": _numbers(self.censored),
            "uncensored_headcount": _numbers(self.uncensored),
            "contribution": _numbers(self.contributions),
            "H_lower": _number(lower),
            "H_upper": _number(upper),
        }


def read_structure(code: str, raw: Mapping[str, Any]) -> Structure:
    """Read a structure as it is kept.

    Raises:
        UnreadableRule: something is missing, is not understood, or does not add up; it says what.

    """
    try:
        structure = Structure(
            code=code,
            name_ms=str(raw["name_ms"]),
            name_en=str(raw["name_en"]),
            valid_from=str(raw["valid_from"]),
            cutoff=_fraction(raw["k"]),
            computable=raw["computable"] is True,
            source=str(raw["source"]),
            comparable_with=raw.get("comparable_with"),
            indicators=tuple(_indicators(raw["dimensions"])),
        )
    except KeyError as error:
        raise UnreadableRule("missing", str(error.args[0])) from None
    except (AttributeError, TypeError) as error:
        raise UnreadableRule("form", code) from error
    if not 0 < structure.cutoff <= 1:
        raise UnreadableRule("cutoff", str(raw["k"]))
    codes = [one.code for one in structure.indicators]
    if not codes or len(codes) > MOST or len(set(codes)) < len(codes):
        raise UnreadableRule("indicators", code)
    if sum(one.weight for one in structure.indicators) != 1:
        raise UnreadableRule("whole", code)
    if structure.computable and any(one.weight > 0 for one in structure.not_collected):
        raise UnreadableRule("not_collected", ", ".join(one.code for one in structure.not_collected))
    return structure


MOST = 24
"""Indicators of a structure: each is a bit of a profile."""


def _indicators(dimensions: Sequence[Mapping[str, Any]]) -> Iterator[Indicator]:
    for dimension in dimensions:
        found = [
            Indicator(
                str(raw["code"]),
                str(dimension["code"]),
                _fraction(raw["weight"]),
                None if raw["deprived"] is None else read_rule(raw["deprived"]),
                str(raw.get("basis", "")),
            )
            for raw in dimension["indicators"]
        ]
        if sum((one.weight for one in found), Fraction(0)) != _fraction(dimension["weight"]):
            raise UnreadableRule("dimension", str(dimension["code"]))
        yield from found


def _fraction(raw: object) -> Fraction:
    try:
        # a number would have been rounded before it came here
        found = Fraction(raw if isinstance(raw, str) else "")
    except (ValueError, ZeroDivisionError):
        raise UnreadableRule("fraction", str(raw)) from None
    if found < 0 or found.denominator > MOST_PARTS:
        raise UnreadableRule("fraction", str(raw))
    return found


MOST_PARTS = 10_000
"""Into how many parts a weight may cut the whole: sums of scores of a whole country stay within 64 bits."""


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _numbers(values: Mapping[str, Fraction | None]) -> dict[str, float | None]:
    return {name: _number(value) for name, value in values.items()}
