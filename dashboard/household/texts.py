"""Writes the values of a record the way people read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dashboard.household.parts import Field, choice_label
from layers import numbers
from registry.households.typed_values import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from words import Words


def today() -> date:
    """The date in Malaysia."""
    return datetime.now(numbers.MALAYSIA).date()


def age(born: date | None, on: date) -> int | None:
    """Whole years of life on a day; ``None`` where the birth date is not known."""
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def value_text(field: Field, row: Mapping[str, object], words: Words) -> str:
    """The value of a field in the reader's language; empty where it is not known."""
    value = row.get(field.source)
    if value is None or value == "":
        return ""
    if field.kind == "choice":
        return choice_label(field.name, str(value), words)
    if field.kind == "area":
        return str(row.get(field.name.replace("_code", "_name")) or value)
    writer = _WRITERS.get(field.kind)
    return writer(value, words) if writer else str(value)


def typed_text(field: Field, typed: str, words: Words) -> str:
    """What was typed into a field in the reader's language; as it was typed where it cannot be read."""
    prefix = {"yes_no": "answer", "sex": "sex", "strata": "strata", "reason": "reason"}.get(field.kind)
    if not typed:
        return ""
    if prefix:
        return words(f"{prefix}.{typed}") if words.has(f"{prefix}.{typed}") else typed
    if field.kind == "choice":
        return choice_label(field.name, typed, words)
    value, problem = read(field.kind, typed)
    writer = _WRITERS.get(field.kind)
    return typed if problem is not None or writer is None else writer(value, words)


_WRITERS: dict[str, Callable[[Any, Words], str]] = {
    "yes_no": lambda value, words: words("answer.yes") if value else words("answer.no"),
    "sex": lambda value, words: words(f"sex.{value}"),
    "strata": lambda value, words: words(f"strata.{value}"),
    "date": lambda value, _words: numbers.day(value),
    "money": lambda value, _words: numbers.money(value),
    "acres": lambda value, words: words("unit.acres", value=plain_number(value)),
}
_CHOSEN = frozenset({"choice", "yes_no", "sex", "strata", "area", "reason", "accuracy"})


def input_text(field: Field, row: Mapping[str, object]) -> str | None:
    """The value of a field as it stands in its input; ``None`` where nothing is chosen or typed."""
    value = row.get(field.source)
    if value is None or value == "":
        return None if field.kind in _CHOSEN else ""
    writer = _INPUTS.get(field.kind)
    return writer(value) if writer else str(value)


def plain_number(value: Decimal) -> str:
    """A figure without noughts at its end: ``1.8``."""
    return f"{value.normalize():f}"


_INPUTS: dict[str, Callable[[Any], str]] = {
    "yes_no": lambda value: "yes" if value else "no",
    "date": numbers.day,
    "money": lambda value: "" if value == 0 else f"{value:.2f}",
    "acres": plain_number,
    "degrees": lambda value: f"{value:.6f}",
}


def distance(metres: float | None) -> str:
    """A distance in metres or kilometres: ``240 m``, ``15 km``."""
    if metres is None:
        return numbers.MISSING
    if metres < 1000:  # noqa: PLR2004 - metres in a kilometre
        return f"{numbers.count(metres)} m"
    return f"{numbers.decimal(Decimal(str(metres)) / 1000, places=1 if metres < 10_000 else 0)} km"  # noqa: PLR2004


def point_text(longitude: float, latitude: float) -> str:
    """A point as its latitude and longitude in degrees."""
    return f"{latitude:.5f}, {longitude:.5f}"


def names(*found: str | None) -> str:
    """Names of areas from small to large, each once."""
    return ", ".join(name for name in dict.fromkeys(found) if name)
