"""Reads JSON that was sent, so deep and with such numbers and texts only as pages send and the register can keep."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final, NoReturn

from flask.json.provider import DefaultJSONProvider

from dashboard.sent.refusals import NotUnderstood, UnusableText

DEEPEST: Final = 32
LARGEST_WHOLE: Final = 2**53 - 1
"""The largest whole number that a script can tell from the next one."""
_MOST_DIGITS: Final = 16
# what PostgreSQL keeps in no text: the null character, and a half of a pair that stands alone
_UNUSABLE: Final = re.compile("[\x00\ud800-\udfff]")


class SentJson(DefaultJSONProvider):
    """Flask's JSON, which reads with bounds whatever a request holds."""

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        """Read what was sent; see :func:`read_json`."""
        return read_json(s)


def read_json(raw: str | bytes) -> Any:
    """The value that a JSON text stands for.

    Raises:
        NotUnderstood: it is none, is nested deeper than ``DEEPEST``, or holds a number that no page sends.
        UnusableText: a text in it cannot be kept.

    """
    try:
        value = json.loads(raw, parse_int=_whole, parse_float=_finite, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotUnderstood from None
    _look_through(value)
    return value


def usable(text: str) -> str:
    """The same text.

    Raises:
        UnusableText: no record can keep it.

    """
    if _UNUSABLE.search(text):
        raise UnusableText
    return text


def _look_through(value: object) -> None:
    """Refuse a value that is too deep or holds an unusable text; a walk without recursion, level by level."""
    level, depth = [value], 0
    while level:
        if depth > DEEPEST:
            raise NotUnderstood
        inside: list[object] = []
        for one in level:
            if isinstance(one, str):
                usable(one)
            elif isinstance(one, list):
                inside.extend(one)
            elif isinstance(one, dict):
                inside.extend(one)
                inside.extend(one.values())
        level, depth = inside, depth + 1


def _whole(digits: str) -> int:
    number = int(digits) if len(digits.lstrip("-")) <= _MOST_DIGITS else LARGEST_WHOLE + 1
    if abs(number) > LARGEST_WHOLE:
        raise ValueError(_NO_NUMBER)
    return number


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(_NO_NUMBER)
    return number


def _no_number(_name: str) -> NoReturn:
    raise ValueError(_NO_NUMBER)


_NO_NUMBER: Final = "a number that no page sends"
