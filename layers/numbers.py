"""Writes numbers, money, shares, changes and dates the way Malay and English readers in Malaysia read them.

Both languages use a comma between thousands and a point before decimals, so nothing here depends on the
language but the words for million and thousand and the names of months, which come from the catalogue.
"""

import math
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

Words = Callable[..., str]
Number = int | float | Decimal

MISSING = "\N{EM DASH}"
MINUS = "\N{MINUS SIGN}"
TO = "\N{EN DASH}"
MALAYSIA = ZoneInfo("Asia/Kuala_Lumpur")
THOUSAND, MILLION = Decimal(1000), Decimal(1_000_000)


def count(value: Number | None) -> str:
    """Return a whole number with thousands separated: ``18,412``."""
    number = _decimal(value)
    return MISSING if number is None else _signed(number, "{:,.0f}", places=0)


def money(value: Number | None, *, sen: bool = True) -> str:
    """Return ringgit as ``RM1,234.56``; ``sen=False`` leaves out the cents: ``RM1,235``."""
    number = _decimal(value)
    if number is None:
        return MISSING
    return _signed(number, "RM{:,.2f}" if sen else "RM{:,.0f}", places=2 if sen else 0)


def money_tidy(value: Number | None) -> str:
    """Return ringgit for a sentence, with sen only where there are any: ``RM288``, ``RM287.50``."""
    number = _decimal(value)
    return money(number, sen=number is None or _rounded(number, 2) != _rounded(number, 0))


def money_short(value: Number | None, *, words: Words, more: int = 0) -> str:
    """Return ringgit in few characters: ``RM3.2 juta``, ``RM48 ribu``, ``RM912``; with so many decimals more."""
    number = _decimal(value)
    if number is None:
        return MISSING
    size = abs(number)
    if size >= MILLION:
        return words("number.million", value=_signed(number / MILLION, f"RM{{:,.{1 + more}f}}", places=1 + more))
    if size >= THOUSAND * 10:
        return words("number.thousand", value=_signed(number / THOUSAND, f"RM{{:,.{more}f}}", places=more))
    return money(number, sen=bool(more))


def share(value: Number | None, *, places: int = 1) -> str:
    """Return a share 0-1 in per cent: 0.031 is ``3.1%``. What is not nothing is not written as nothing."""
    number = _decimal(value)
    if number is None:
        return MISSING
    percent = number * 100
    if percent > 0 and _rounded(percent, places) == 0:
        return f"< {Decimal(1).scaleb(-places)}%"
    return _signed(percent, f"{{:,.{places}f}}%", places=places)


def told_apart(write: Callable[[Number | None, int], str], values: Iterable[Number | None], *, at_most: int = 6) -> int:
    """Return the fewest more decimals with which ``write`` tells apart what it tells apart with ``at_most``."""
    known = {number for value in values if (number := _decimal(value)) is not None}
    told = len({write(one, at_most) for one in known})
    return next(more for more in range(at_most + 1) if len({write(one, more) for one in known}) == told)


def change(value: Number | None, *, places: int = 1) -> str:
    """Return a change given as a share, with its direction: ``▲ 3.1%``, ``▼ 48.7%``, ``0.0%``."""
    number = _decimal(value)
    if number is None:
        return MISSING
    percent = _rounded(number * 100, places)
    text = f"{abs(percent):,.{places}f}%"
    if percent == 0:
        return text
    return f"▲ {text}" if percent > 0 else f"▼ {text}"


def change_count(value: Number | None) -> str:
    """Return a change in a count, with its direction: ``▲ 120``, ``▼ 1,204``, ``0``."""
    number = _decimal(value)
    if number is None:
        return MISSING
    whole = _rounded(number, 0)
    if whole == 0:
        return "0"
    return f"▲ {whole:,.0f}" if whole > 0 else f"▼ {abs(whole):,.0f}"


def decimal(value: Number | None, *, places: int = 3) -> str:
    """Return a plain figure with fixed decimals, such as a Gini coefficient: ``0.358``."""
    number = _decimal(value)
    return MISSING if number is None else _signed(number, f"{{:,.{places}f}}", places=places)


def kilometres(value: Number | None) -> str:
    """Return a distance in kilometres: ``3.1 km``."""
    return MISSING if value is None else f"{decimal(value, places=1)} km"


def span(low: str, high: str) -> str:
    """Return two written figures as a range, or the one figure where both are alike."""
    return low if low == high else f"{low} {TO} {high}"


def day(value: date | None) -> str:
    """Return a date as ``31/01/2023``; a moment is put into Malaysian time first."""
    return MISSING if value is None else f"{_local(value):%d/%m/%Y}"


def moment(value: datetime | None) -> str:
    """Return a moment in Malaysian time: ``31/01/2023 10:42``."""
    return MISSING if value is None else f"{_local(value):%d/%m/%Y %H:%M}"


def clock(value: datetime | None) -> str:
    """Return the time of day in Malaysia: ``10:42``."""
    return MISSING if value is None else f"{_local(value):%H:%M}"


def month(value: date | None, words: Words) -> str:
    """Return a month as ``Mac 2023``."""
    if value is None:
        return MISSING
    known = _local(value)
    return f"{words(f'month.{known:%m}')} {known.year}"


def _local(value: date) -> date:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(MALAYSIA)
    return value


def _decimal(value: Number | None) -> Decimal | None:
    # str() keeps 0.1 what a person wrote; Decimal(0.1) would carry the binary tail into the rounding.
    if value is None:
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except ArithmeticError:  # pandas.NA writes itself as <NA>
        return None
    return number if math.isfinite(number) else None


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _signed(number: Decimal, pattern: str, *, places: int) -> str:
    rounded = _rounded(number, places)
    text = pattern.format(abs(rounded))
    return f"{MINUS}{text}" if rounded < 0 else text
