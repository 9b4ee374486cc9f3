"""Shares a target out from a country to its smallest areas, so that all areas inside one add up to it at every level.

What was set by hand is a pin: it stands, and its neighbours without one share what is left. Each function answers a
whole new plan or refuses; there is no half-changed one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from poverty.apportion import NotApportioned, apportion, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Amount = int | Decimal | Fraction
How = Literal["syer", "keperluan", "tangan", "sama"]


@dataclass(frozen=True, slots=True)
class Excess:
    """An area whose pins exceed what it has, by how much, and which they are."""

    area: str
    by: int
    pins: Mapping[str, int]


class CascadeRefused(ValueError):
    """A target cannot be shared out; ``code`` says why, ``area`` where, ``excesses`` which pins are too high.

    ``tiada_asas``: nothing to share it out by. ``melebihi_had``: the caps hold less. ``asas_tidak_sepadan``: baselines
    do not add up. ``sasaran_melebihi_asas``: a fall that would be a rise. ``melebihi_induk``, ``tidak_sama_induk``:
    what was set by hand is more than its parent has, or is all there is and not equal to it. ``bukan_unit_penuh``: not
    in whole units. ``kawasan_tidak_dikenali``: a pin of no area inside.
    """

    def __init__(self, code: str, area: str, excesses: Sequence[Excess] = ()) -> None:
        super().__init__(f"{code} ({area})")
        self.code = code
        self.area = area
        self.excesses = tuple(excesses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a target is shared out over, and by what.

    ``children`` are the areas one level down, by area; ``baselines`` and ``needs`` are figures by area, of one day. The
    baseline of ``root`` may be left out: it is that of its children. ``unit`` is what is never broken up (RM100).
    """

    children: Mapping[str, Sequence[str]]
    how: How = "syer"
    lower_is_better: bool = True
    baselines: Mapping[str, Amount] = field(default_factory=dict)
    needs: Mapping[str, Amount] = field(default_factory=dict)
    root: str = "MY"
    unit: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A target of the whole, what was set by hand inside it, and the target of every area that follows."""

    basis: Basis
    target: int
    pins: Mapping[str, int]
    targets: Mapping[str, int]


def plan(basis: Basis, target: int, pins: Mapping[str, int] | None = None) -> Plan:
    """``target`` shared out over every level.

    Raises:
        CascadeRefused: it cannot be, or not with these pins.

    """
    held = dict(pins or {})
    return Plan(basis=basis, target=target, pins=held, targets=_shared_out(basis, target, held))


def set_target(current: Plan, target: int) -> Plan:
    """Another target of the whole: everything below gives way but the pins. Raises as :func:`plan`."""
    return plan(current.basis, target, current.pins)


def pin(current: Plan, area: str, target: int) -> Plan:
    """Set an area's target by hand: its neighbours without a pin give way, its parent stays. Raises as :func:`plan`."""
    return plan(current.basis, current.target, {**current.pins, area: target})


def unpin(current: Plan, area: str) -> Plan:
    """Let go of what was set by hand: the area is shared out anew with its neighbours. Raises as :func:`plan`."""
    return plan(current.basis, current.target, {code: one for code, one in current.pins.items() if code != area})


def same(
    children: Mapping[str, Sequence[str]], root: str, target: Decimal, pins: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """The same target for all areas inside; one that was set by hand for all inside it. Nothing is added up.

    Raises:
        CascadeRefused: a target is below 0, or a pin of no area inside.

    """
    found = {root: target}
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        inside = children.get(parent, ())
        found |= {code: pins.get(code, found[parent]) for code in inside}
        waiting += inside
    if astray := pins.keys() - found.keys() or pins.keys() & {root}:
        raise CascadeRefused("kawasan_tidak_dikenali", min(astray))
    if below := [code for code, value in found.items() if value < 0]:
        raise CascadeRefused("bukan_unit_penuh", min(below))
    return found


def rates(
    rate: Amount, denominators: Mapping[str, Amount], basis: Basis, pins: Mapping[str, int] | None = None
) -> tuple[Plan, dict[str, Fraction | None]]:
    """A rate shared out by its numerator: the plan of the numerators, and each area's target rate.

    ``None`` is the rate of an area without a denominator. ``basis`` and ``pins`` are of the numerator.

    Raises:
        CascadeRefused: as :func:`plan`.

    """
    numerators = plan(basis, whole(Fraction(rate) * Fraction(denominators[basis.root])), pins)
    return numerators, {
        code: Fraction(part) / Fraction(denominators[code]) if denominators.get(code) else None
        for code, part in numerators.targets.items()
    }


def _shared_out(basis: Basis, target: int, pins: Mapping[str, int]) -> dict[str, int]:
    _check_units(basis, {basis.root: target, **pins})
    found = {basis.root: target}
    excesses: list[Excess] = []
    waiting = [basis.root]
    while waiting:
        parent = waiting.pop()
        inside = basis.children.get(parent, ())
        if not inside:
            continue
        held = {code: pins[code] for code in inside if code in pins}
        if basis.how != "sama" and sum(held.values()) > found[parent]:
            excesses.append(Excess(parent, sum(held.values()) - found[parent], held))
            continue
        found |= _inside(basis, parent, found[parent], held)
        waiting += inside
    if excesses:
        raise CascadeRefused("melebihi_induk", excesses[0].area, excesses)
    if astray := pins.keys() - found.keys() or pins.keys() & {basis.root}:
        raise CascadeRefused("kawasan_tidak_dikenali", min(astray))
    return found


def _check_units(basis: Basis, values: Mapping[str, int]) -> None:
    for code, value in values.items():
        if value < 0 or value % basis.unit:
            raise CascadeRefused("bukan_unit_penuh", code)


def _inside(basis: Basis, parent: str, value: int, held: dict[str, int]) -> dict[str, int]:
    """The targets of the areas inside one: those set by hand, and the others by what is left."""
    inside = basis.children[parent]
    if basis.how == "sama":
        return dict.fromkeys(inside, value) | held
    _check_baselines(basis, parent)
    left = value - sum(held.values())
    others = [code for code in inside if code not in held]
    if not others:
        if left:
            raise CascadeRefused("tidak_sama_induk", parent)
        return held
    try:
        return held | _by_way(basis, parent, left, others)
    except NotApportioned as refusal:
        raise CascadeRefused(refusal.code, parent) from None


def _by_way(basis: Basis, parent: str, left: int, others: Sequence[str]) -> dict[str, int]:
    if basis.how == "tangan" and left:
        raise CascadeRefused("tiada_asas", parent)
    if basis.how == "keperluan" and basis.lower_is_better:
        return _by_fall(basis, parent, left, others)
    weights = {code: _weight(basis, code) for code in others}
    return {code: part * basis.unit for code, part in apportion(left // basis.unit, weights).items()}


def _weight(basis: Basis, code: str) -> Fraction:
    match basis.how:
        case "keperluan":
            return _amount(basis.needs, code)
        case "tangan":
            return Fraction(0)
        case _:
            return _amount(basis.baselines, code)


def _by_fall(basis: Basis, parent: str, left: int, others: Sequence[str]) -> dict[str, int]:
    """What has to fall away is shared out by need, from nobody more than there is."""
    held = {code: _amount(basis.baselines, code) / basis.unit for code in others}
    if odd := [code for code, baseline in held.items() if baseline.denominator != 1]:
        raise CascadeRefused("bukan_unit_penuh", odd[0])
    caps = {code: int(baseline) for code, baseline in held.items()}
    fall = sum(caps.values()) - left // basis.unit
    if fall < 0:
        raise CascadeRefused("sasaran_melebihi_asas", parent)
    parts = apportion(fall, {code: _amount(basis.needs, code) for code in others}, caps=caps)
    return {code: (caps[code] - part) * basis.unit for code, part in parts.items()}


def _check_baselines(basis: Basis, parent: str) -> None:
    if not basis.lower_is_better or basis.how == "tangan" or (parent == basis.root and parent not in basis.baselines):
        return
    if _sum(_amount(basis.baselines, code) for code in basis.children[parent]) != _amount(basis.baselines, parent):
        raise CascadeRefused("asas_tidak_sepadan", parent)


def _amount(figures: Mapping[str, Amount], code: str) -> Fraction:
    found = Fraction(figures.get(code, 0))
    if found < 0:
        raise CascadeRefused("tiada_asas", code)
    return found


def _sum(found: Iterable[Fraction]) -> Fraction:
    return sum(found, Fraction(0))
