"""Shares a sum out in whole units, so that the parts always add up to the whole."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    Weight = int | Decimal | Fraction


class NotApportioned(ValueError):
    """A target cannot be shared out; ``code`` says why.

    ``tiada_asas``: nothing to share it out by, all weights are 0. ``melebihi_had``: the caps together hold less.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def apportion(total: int, weights: Mapping[str, Weight], *, caps: Mapping[str, int] | None = None) -> dict[str, int]:
    """``total`` whole units over ``weights`` by code; the parts sum to it.

    Largest remainder (Hamilton), in exact fractions: each gets the whole part of its share, the units that are left go
    one each to the largest remainders, on a tie to the larger weight, then to the lower code. Weight 0 gets 0. With
    ``caps``, whoever's share is above the cap gets the cap and drops out, and the rest is shared out over the others.

    Raises:
        NotApportioned: the weights are all 0, or the caps hold less than ``total``.
        ValueError: ``total`` or a weight is below 0.

    """
    left = {code: Fraction(weight) for code, weight in weights.items()}
    if total < 0 or any(weight < 0 for weight in left.values()):
        message = "what is shared out, and what it is shared out by, cannot be negative"
        raise ValueError(message)
    if caps is not None and sum(caps[code] for code in left) < total:
        raise NotApportioned("melebihi_had")
    parts: dict[str, int] = {}
    while True:
        shares = _shares(total, left)
        over = {code for code, share in shares.items() if caps is not None and share > caps[code]}
        if not over:
            return parts | _in_whole_units(total, shares, left)
        parts |= {code: caps[code] for code in over if caps is not None}
        total -= sum(parts[code] for code in over)
        left = {code: weight for code, weight in left.items() if code not in over}


def whole(value: Weight) -> int:
    """A value that is not negative in whole units, half up: the units that a rate or a share comes to."""
    return floor(Fraction(value) + Fraction(1, 2))


def _shares(total: int, weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    every = sum(weights.values(), Fraction(0))
    if every == 0:
        if total > 0:
            raise NotApportioned("tiada_asas")
        return dict.fromkeys(weights, Fraction(0))
    return {code: total * weight / every for code, weight in weights.items()}


def _in_whole_units(total: int, shares: Mapping[str, Fraction], weights: Mapping[str, Fraction]) -> dict[str, int]:
    parts = {code: floor(share) for code, share in shares.items()}
    order = sorted(shares, key=lambda code: (parts[code] - shares[code], -weights[code], code))
    for code in order[: total - sum(parts.values())]:
        parts[code] += 1
    return parts
