"""An indicator in words: its name, its values as people read them, the worklist behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.indicators import Measured
    from layers.numbers import Number
    from queries.kpi import Indicator
    from words import Words

WORKLISTS: Final = {
    "tegar": "tegar",
    "miskin": "miskin",
    "located": "unplaced",
    "review_overdue": "due",
    "quality_open": "quality",
}
"""The worklist of the households behind an indicator."""
_OF_THE_LINE: Final = ("tegar", "miskin", "rate", "gap", "p1")


def name_of(indicator: Indicator, words: Words) -> str:
    """What an indicator is called."""
    return indicator.name_ms if words.language == "ms" else indicator.name_en


def source_of(indicator: Indicator, words: Words) -> str:
    """Where the figures of an indicator come from."""
    return indicator.source_ms if words.language == "ms" else indicator.source_en


def worklist_address(indicator_code: str, area: str) -> str | None:
    """The address of the households behind an indicator in a district; ``None`` where there is no such list."""
    name = WORKLISTS.get(indicator_code)
    return f"/tugasan?senarai={name}&in={area}" if name else None


def nearest_address(indicator_code: str, area: str) -> str | None:
    """The address of the hundred households nearest to the line, for indicators that count who is below it."""
    return f"/tugasan?senarai=nearest&in={area}" if indicator_code in _OF_THE_LINE else None


def written(value: Number | None, unit: str, words: Words, *, beside: Iterable[Number | None] = ()) -> str:
    """A value of an indicator, with as many decimals as tell it from those that it stands ``beside``."""

    def write(number: Number | None, more: int) -> str:
        match unit:
            case "syer":
                return numbers.share(number, places=1 + more)
            case "RM":
                return numbers.money_short(number, words=words, more=more)
            case _:
                return numbers.decimal(number, places=more)

    return write(value, numbers.told_apart(write, (value, *beside)))


def written_beside_goal(value: Number | None, item: Measured, words: Words) -> str:
    """A value of an indicator, told apart from its value, its target and its baseline."""
    goal = item.goal
    compared = (item.actual, *((goal.target, goal.baseline) if goal else ()))
    return written(value, item.indicator.unit, words, beside=compared)
