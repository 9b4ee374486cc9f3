"""Which measures of poverty may be shown to those who see no persons, and how finely; knows no database.

A sum over few households, or over one that makes up most of it, tells of them; so does what is left when all neighbours
are subtracted from the whole. Thresholds after the Handbook on Statistical Disclosure Control (2010), chapters 4 and 5.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from poverty.disclosure import round_sum, rounded_count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HIDDEN: Final = "disembunyikan"
NO_DATA: Final = "tiada_data"
NOBODY: Final = "penyebut_sifar"
DEPTHS: Final = ("P1", "P2", "I", "sen", "watts", "gap_rm", "mean_gap_rm", "P1_all", "P2_all")
SPREADS: Final = ("gini", "theil", "between", "mean_income_rm")
LORENZ: Final = "lorenz"


@dataclass(frozen=True, slots=True)
class Limits:
    """From how many households on measures are shown."""

    threshold: int = 5
    depth: int = 10
    dominance: Decimal = Decimal("0.5")
    spread: int = 30
    lorenz: int = 100
    change: int = 5
    certain: int = 20
    """Fewer than these that are all poor, or none of them, are not told of."""


class Shown(NamedTuple):
    """A measure as it is shown; without a value ``hidden`` says why."""

    value: Decimal | None
    hidden: str | None = None


@dataclass(frozen=True, slots=True)
class Deprived:
    """What is counted of an area's deprived households, by household: all that are measured, the poor, by indicator."""

    weight: int
    poor: int
    dropped: int
    deprived: Sequence[int]
    deprived_poor: Sequence[int]


@dataclass(frozen=True, slots=True)
class Area:
    """What decides of an area: households and poor ones, their gaps (RM), and whether its counts are shown."""

    code: str
    parent: str
    households: int
    poor: int
    gap_rm: Decimal
    largest_gap_rm: Decimal
    count_shown: bool
    deprived: Deprived | None = None


@dataclass(slots=True)
class Allowed:
    """The areas of which the share of poor, depths, multidimensional headcounts and what is behind them are shown."""

    shares: set[str] = field(default_factory=set)
    depths: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    indicators: set[str] = field(default_factory=set)


def allowed(areas: Mapping[str, Area], limits: Limits) -> Allowed:
    """Decide of every area what may be shown, so that no small one follows from its neighbours and their whole."""
    found = Allowed()
    for area in areas.values():
        if not area.count_shown:
            continue
        if _tells_little(area.poor, area.households, limits):
            found.shares.add(area.code)
        if _is_deep(area, limits):
            found.depths.add(area.code)
        one = area.deprived
        if one and _tells_little(one.poor, one.weight, limits):
            found.heads.add(area.code)
            if one.poor >= limits.depth and _indicators_tell_little(one, limits):
                found.indicators.add(area.code)
    poor = {code: area.poor for code, area in areas.items()}
    deprived = {code: area.deprived.poor if area.deprived else 0 for code, area in areas.items()}
    for shown, counts in (
        (found.shares, poor), (found.depths, poor), (found.heads, deprived), (found.indicators, deprived)
    ):  # fmt: skip
        _complement(shown, areas, counts, limits)
    found.indicators &= found.heads
    return found


def _tells_little(part: int, whole: int, limits: Limits) -> bool:
    """Whether neither those nor the others are few, and not all are alike where there are few."""
    if any(0 < count < limits.threshold for count in (part, whole - part)):
        return False
    return 0 < part < whole or whole >= limits.certain


def _is_deep(area: Area, limits: Limits) -> bool:
    if area.poor == 0:
        return area.households >= limits.certain
    return area.poor >= limits.depth and area.largest_gap_rm <= limits.dominance * area.gap_rm


def _indicators_tell_little(one: Deprived, limits: Limits) -> bool:
    pairs = [(count, one.weight) for count in (*one.deprived, *one.deprived_poor)]
    pairs += [(count, one.poor) for count in one.deprived_poor]
    pairs += [
        (count - both, one.weight - one.poor) for count, both in zip(one.deprived, one.deprived_poor, strict=True)
    ]
    return not any(0 < part < limits.threshold or 0 < whole - part < limits.threshold for part, whole in pairs)


def _complement(shown: set[str], areas: Mapping[str, Area], counts: Mapping[str, int], limits: Limits) -> None:
    """Hide more areas, the smallest first, until what is left of every whole is of two or more and of enough."""
    inside: dict[str, list[Area]] = {}
    for area in areas.values():
        inside.setdefault(area.parent, []).append(area)
    # the wholes from the top down: what is hidden of one is hidden inside it too
    for whole in sorted(inside, key=lambda code: (code in areas and areas[code].parent in areas, code)):
        if whole not in areas:
            continue
        children = [area for area in inside[whole] if area.households]
        for area in sorted(children, key=lambda area: (counts[area.code], area.households, area.code)):
            held = [one for one in children if one.code not in shown]
            enough = len(held) > 1 and sum(counts[one.code] for one in held) >= limits.depth
            covered = bool(held) if whole not in shown else not held or enough
            if covered:
                break
            shown.discard(area.code)


def rounded(value: float | None, households: int) -> Shown:
    """A share or an index by how many households it is of: 3 decimals from 1,000, 2 from 100, 1 from 10, else none."""
    if value is None:
        return Shown(None, NOBODY)
    places = next((places for least, places in ((1000, 3), (100, 2), (10, 1)) if households >= least), None)
    if places is None:
        return Shown(None, HIDDEN)
    return Shown(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def rounded_sum(amount_rm: Decimal) -> Shown:
    """A sum of money to RM1,000."""
    return Shown(round_sum(amount_rm))


def rounded_mean(amount_rm: Decimal | None) -> Shown:
    """A mean of money to RM10."""
    if amount_rm is None:
        return Shown(None, NOBODY)
    return Shown((amount_rm / 10).quantize(Decimal(1), rounding=ROUND_HALF_UP) * 10)


def rounded_number(households: int) -> Shown:
    """How many households, to the nearest 5."""
    found = rounded_count(households)
    return Shown(None, HIDDEN) if found is None else Shown(Decimal(found))
