"""Reads what was typed into a field as a value: days, money, numbers, yes or no; a problem for what cannot be read."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS: Final = 15
_DECIMALS: Final = 12
"""Between which powers of ten a number lies that anybody means."""

Read = tuple[Any, str | None]
"""A value, ``None`` for nothing typed; and the key of what is wrong with it, ``None`` for nothing wrong."""


def read(kind: str, raw: object) -> Read:
    """What a field of ``kind`` holds; a kind that has no reader of its own is a text without stray blanks."""
    text = " ".join(str(raw).split()) if raw is not None else ""
    if not text:
        return None, None
    reader = _READERS.get(kind)
    return reader(text) if reader else (text, None)


def day_of(raw: object) -> date | None:
    """The day that was typed; ``None`` for none, or for what is no day."""
    day: date | None = read("date", raw)[0]
    return day


def _yes_no(text: str) -> Read:
    return (text == "yes", None) if text in {"yes", "no"} else (None, "choice")


def _date(text: str) -> Read:
    """A day written dd/mm/yyyy, with other separators too, or yyyy-mm-dd."""
    numbers = re.split(r"[/.\-\s]", text)
    if len(numbers) != 3 or not all(re.fullmatch(r"[0-9]{1,4}", part) for part in numbers):  # noqa: PLR2004
        return None, "date"
    year_first = len(numbers[0]) == 4  # noqa: PLR2004 - digits of a year
    year, month, day = numbers if year_first else reversed(numbers)
    try:
        return date(int(year), int(month), int(day)), None
    except ValueError:
        return None, "date"


def _number(text: str, problem: str = "number") -> Read:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None, problem
    fits = value.is_finite() and -_DECIMALS <= value.adjusted() <= _DIGITS
    return (value, None) if fits else (None, problem)


def _money(text: str) -> Read:
    """An amount as people write it: ``RM1,200.00``, ``1200``."""
    return _number(re.sub(r"(?i)^RM|[, ]", "", text), "money")


def _degrees(text: str) -> Read:
    value, problem = _number(text)
    return (None if value is None else float(value)), problem


def _whole(text: str) -> Read:
    return (int(text), None) if re.fullmatch(r"[0-9]{1,4}", text) else (None, "whole")


_READERS: Final[dict[str, Callable[[str], Read]]] = {
    "yes_no": _yes_no,
    "date": _date,
    "money": _money,
    "acres": _number,
    "degrees": _degrees,
    "whole": _whole,
}
