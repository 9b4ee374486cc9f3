"""Working hours: how long an office was at work between two moments, and when so many working hours are over.

A calendar is a value: opening hours and weekend days by the day from which they hold, and holidays. Weekends differ by
state and have changed (Johor, 1 January 2025), so that a calendar has as many hours as it had changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MALAYSIA: Final = timezone(timedelta(hours=8))
"""Malaysia has kept this distance from UTC since 1982, all year."""
NOTHING: Final = timedelta()
_DAYS_OF_WEEK: Final = 7
_FARTHEST: Final = timedelta(days=3_660)
Pause = tuple[datetime, "datetime | None"]
"""A time in which a clock stands still; one that has not ended has no end."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When an office is at work from a day on; ``weekend`` holds days of the week, 0 for Monday."""

    since: date
    opens: time
    closes: time
    weekend: frozenset[int]

    def __post_init__(self) -> None:
        """Hold what makes the arithmetic end: every week has working time.

        Raises:
            ValueError: the hours end before they begin, or no day of the week is a working day.

        """
        if self.closes <= self.opens or len(self.weekend & set(range(_DAYS_OF_WEEK))) >= _DAYS_OF_WEEK:
            raise ValueError(self)

    @property
    def length(self) -> timedelta:
        """How long a working day is."""
        return _since_midnight(self.closes) - _since_midnight(self.opens)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working time of a place: its hours, the earliest first, and its holidays."""

    hours: tuple[Hours, ...]
    holidays: frozenset[date] = field(default_factory=frozenset)

    def on(self, day: date) -> Hours:
        """The hours that hold on a day; before the first of them those."""
        held = [hours for hours in self.hours if hours.since <= day]
        return held[-1] if held else self.hours[0]

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        return day.weekday() not in self.on(day).weekend and day not in self.holidays

    def window(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when a day is worked; ``None`` for a day off."""
        if not self.works(day):
            return None
        hours = self.on(day)
        return datetime.combine(day, hours.opens, MALAYSIA), datetime.combine(day, hours.closes, MALAYSIA)


def worked(calendar: Calendar, begin: datetime, end: datetime, pauses: Sequence[Pause] = ()) -> timedelta:
    """How much working time lies between two moments, without what lies in pauses."""
    total = NOTHING
    for first, last in _windows(calendar, begin, end):
        total += sum((until - since for since, until in _without(first, last, pauses)), NOTHING)
    return total


def ends(calendar: Calendar, begin: datetime, budget: timedelta, pauses: Sequence[Pause] = ()) -> datetime | None:
    """When ``budget`` of working time is over that begins at ``begin``; ``None`` while a pause goes on before that.

    A budget that is over as an office closes is over then, not when it opens again.
    """
    left = budget
    for first, last in _windows(calendar, begin, begin + _FARTHEST):
        for since, until in _without(first, last, pauses):
            if until - since >= left:
                return since + left
            left -= until - since
        if any(end is None and start <= last for start, end in pauses):
            return None
    return None


def working_days(calendar: Calendar, day: date, count: int) -> timedelta:
    """So many working days as working time, by the hours that hold on ``day``."""
    return calendar.on(day).length * count


def _windows(calendar: Calendar, begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The worked parts of the days between two moments."""
    begin, end = begin.astimezone(MALAYSIA), end.astimezone(MALAYSIA)
    day = begin.date()
    while day <= end.date():
        found = calendar.window(day)
        if found is not None:
            first, last = max(found[0], begin), min(found[1], end)
            if first < last:
                yield first, last
        day += timedelta(days=1)


def _without(first: datetime, last: datetime, pauses: Sequence[Pause]) -> Iterator[tuple[datetime, datetime]]:
    """What is left of a window once pauses are taken out of it."""
    for begin, end in sorted(pauses, key=lambda pause: pause[0]):
        if begin >= last:
            break
        if begin > first:
            yield first, begin
        first = max(first, last if end is None else end)
        if first >= last:
            return
    yield first, last


def _since_midnight(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
