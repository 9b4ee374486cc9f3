"""Writes the values of a record the way people read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dashboard.pages.isirumah.parts import Field, choice_label
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.i18n import Words


def today() -> date:
    """The date in Malaysia."""
    return datetime.now(numbers.MALAYSIA).date()


def age(born: date | None, on: date) -> int | None:
    """Whole years of life on a day; ``None`` where the birth date is not known."""
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def value_text(field: Field, row: Mapping[str, Any], words: Words) -> str:
    """The value of a field in the reader's language; empty where it is not known."""
    value = row.get(field.source)
    if value is None or value == "":
        return ""
    match field.kind:
        case "choice":
            return choice_label(field.name, str(value), words)
        case "yes_no":
            return words("answer.yes") if value else words("answer.no")
        case "sex":
            return words(f"sex.{value}")
        case "strata":
            return words(f"strata.{value}")
        case "date":
            return numbers.day(value)
        case "money":
            return numbers.money(value)
        case "acres":
            return words("unit.acres", value=plain_number(value))
        case "area":
            return str(row.get(field.name.replace("_code", "_name")) or value)
        case _:
            return str(value)


def input_text(field: Field, row: Mapping[str, Any]) -> str | None:
    """The value of a field as it stands in its input; ``None`` where nothing is chosen or typed."""
    value = row.get(field.source)
    if value is None or value == "":
        return None if field.kind in {"choice", "yes_no", "sex", "strata", "area", "reason"} else ""
    match field.kind:
        case "yes_no":
            return "yes" if value else "no"
        case "date":
            return numbers.day(value)
        case "money":
            return "" if value == 0 else f"{value:.2f}"
        case "acres":
            return plain_number(value)
        case "degrees":
            return f"{value:.6f}"
        case _:
            return str(value)


def plain_number(value: Decimal) -> str:
    """A figure without noughts at its end: ``1.8``."""
    return f"{value.normalize():f}"


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
