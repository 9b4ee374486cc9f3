"""Works out the value of a formula: decimal, 28 digits, half even; or why there is none."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING, Final, Literal, get_args

from poverty.kpi.tree import Ago, Chosen, Joined, Negated, Node, Number, Reference, Total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Missing = Literal["disembunyikan", "penyebut_sifar", "tiada_data"]
MISSING: Final[tuple[Missing, ...]] = get_args(Missing)
"""Why there is no value: hidden, divided by nothing, no data. Of several the first is told."""
Value = Decimal | Missing

_EXACT: Final = Context(prec=28, rounding=ROUND_HALF_EVEN)


def value_of(tree: Node, values: Mapping[str, Value]) -> Value:
    """The value of a formula's tree from those of the figures it reads, by key; what is not among them is no data.

    Nothing is rounded but what 28 digits cannot hold. What is hidden stays hidden, whatever stands beside it.
    """
    match node := tree:
        case Number(value):
            return value
        case Reference() | Ago() | Total():
            return values.get(node.key, "tiada_data")
        case Negated(of):
            found = value_of(of, values)
            return _EXACT.minus(found) if isinstance(found, Decimal) else found
        case Chosen("coalesce", parts):
            return _first([value_of(part, values) for part in parts])
        case Chosen(how, parts):
            return _extreme(how, [value_of(part, values) for part in parts])
        case Joined(first, rest):
            found = value_of(first, values)
            for mark, _, part in rest:
                found = _joined(mark, found, value_of(part, values))
            return found


def _joined(mark: str, one: Value, other: Value) -> Value:
    if mark == "/" and other == 0:
        return _told([one, "penyebut_sifar"])
    if not isinstance(one, Decimal) or not isinstance(other, Decimal):
        return _told([one, other])
    match mark:
        case "+":
            return _EXACT.add(one, other)
        case "-":
            return _EXACT.subtract(one, other)
        case "*":
            return _EXACT.multiply(one, other)
        case _:
            return _EXACT.divide(one, other)


def _extreme(how: str, found: list[Value]) -> Value:
    there = [value for value in found if isinstance(value, Decimal)]
    if len(there) < len(found):
        return _told(found)
    return min(there) if how == "min" else max(there)


def _first(found: list[Value]) -> Value:
    for value in found:
        if isinstance(value, Decimal) or value == "disembunyikan":
            return value
    return _told(found)


def _told(found: Iterable[Value]) -> Missing:
    """The reason that is told of several."""
    return min((value for value in found if not isinstance(value, Decimal)), key=MISSING.index)
