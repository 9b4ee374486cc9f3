"""Writes measures as people read them: as finely as they are known, and where there is none, why."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from layers import numbers

if TYPE_CHECKING:
    from poverty.deprivation import Condition, Deprivation
    from queries.measures import AreaMeasures, Number
    from words import Words

SHARES: Final = frozenset(
    {"P0", "F0", "P0_all", "H", "H_lower", "H_upper", "between", "I", "share", "censored", "contribution"}
)
MONEY: Final = frozenset({"gap_rm", "food_gap_rm"})
MEANS: Final = frozenset({"mean_gap_rm", "mean_income_rm"})
COUNTS: Final = frozenset({"households", "persons", "poor", "dropped", "used", "without_income"})


def told(one: AreaMeasures, name: str, words: Words) -> str:
    """A measure of an area, or why there is none."""
    value = one.value(name)
    return words(f"analysis.reason_{one.reason(name)}") if value is None else written(name, value)


def written(name: str, value: Number) -> str:
    """A value by what its measure is; a rounded one has no digit that it was not rounded to."""
    if name in SHARES:
        return numbers.share(value, places=_places(value, most=3, less=2))
    if name in MONEY:
        return numbers.money(value, sen=False)
    if name in MEANS:
        return numbers.money(value, sen=not _is_rounded(value))
    if name in COUNTS:
        return numbers.count(value)
    return numbers.decimal(value, places=_places(value, most=3, less=0))


def _places(value: Number, *, most: int, less: int) -> int:
    """Decimals to be written of a share (``less`` of it as a per cent) or an index."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else None
    known = -exponent if isinstance(exponent, int) else most
    return max(0, min(known, most) - less)


def _is_rounded(value: Number) -> bool:
    return isinstance(value, Decimal) and value == value.quantize(Decimal(10))


def indicator_name(code: str, words: Words) -> str:
    """An indicator in words; one that an administrator added by its code."""
    return words(f"indicator.{code}") if words.has(f"indicator.{code}") else code


def rule_told(rule: Deprivation | None, words: Words) -> str:
    """When a household is deprived, as a sentence."""
    if rule is None:
        return words("structure.not_collected")
    if rule.condition is None:
        return words("structure.rule_room", n=rule.a_room)
    low, high = rule.ages
    return words(f"structure.rule_{rule.kind}", condition=_condition(rule.condition, words), low=low, high=high)


def _condition(condition: Condition, words: Words) -> str:
    values = ", ".join(
        words("structure.yes" if value else "structure.no") if isinstance(value, bool) else value
        for value in condition.values
    )
    operator = "not_in" if condition.operator == "bukan_dalam" else "in"
    return words(f"structure.{operator}", field=words(f"structure.field_{condition.field}"), values=values)
