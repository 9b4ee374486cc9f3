"""The month that is asked for: the last closed one within what ``datetime`` says."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from pygeoapi.provider.base import ProviderInvalidQueryError

from poverty.months import month_end

if TYPE_CHECKING:
    from queries.maps import Footing

_DAY: Final = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:T[0-9:.]{2,20}(?:Z|[+-]\d{2}:?\d{2})?)?)?")
_OPEN: Final = ("", "..")


def month_of(asked: str | None, ground: Footing) -> date:
    """The first day of the last closed month that meets what is asked for.

    Raises:
        ProviderInvalidQueryError: there is no such month, or what was asked for is no time.

    """
    first, last = ground.first_month, ground.last_month
    if first is None or last is None:
        raise ProviderInvalidQueryError(user_msg="no month is closed yet")
    begins, _, ends = (asked or "../..").partition("/")
    if not ends:
        ends = begins
    since = first if begins in _OPEN else _day(begins)
    until = month_end(last) if ends in _OPEN else _day(ends, whole=True)
    found = min(last, until.replace(day=1))
    if since > until or found < first or month_end(found) < since:
        raise ProviderInvalidQueryError(user_msg="no closed month lies in that time")
    return found


def check_time(asked: str | None) -> None:
    """Refuse what is no time, before anybody reads it.

    Raises:
        ProviderInvalidQueryError: it is none.

    """
    begins, _, ends = (asked or "").partition("/")
    for given in (begins, ends):
        if given not in _OPEN:
            _day(given)


def _day(given: str, *, whole: bool = False) -> date:
    """The day of a moment; of a month its first, or its last where it is meant whole."""
    found = _DAY.fullmatch(given)
    try:
        if found is None:
            raise ValueError  # noqa: TRY301 - told as the same
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        raise ProviderInvalidQueryError(user_msg="datetime is a month (2026-05), a day, or two of them") from None
    return month_end(day) if whole and found[3] is None else day
