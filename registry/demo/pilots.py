"""Two programmes of the sample that are tried in one state each: one helps, one does not.

Whom they are offered to hangs on the file number alone. A year later all families of the state are asked about their
income again, aided or not, so that there is something to judge by.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from registry.aid.effects import windows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from registry.aid.effects import Window

_OFFERED_PERMILLE: Final = 300
_STATE: Final = slice(1, 3)
"""Where a file number of the sample says the state."""
_COURSE, _SPREAD = 1.04, 0.07
"""What a year does to incomes without any programme."""


@dataclass(frozen=True, slots=True)
class Pilot:
    """A programme that is tried in one state: what is given once, and what it lifts incomes by, RM a head a month."""

    state: str
    agency: str
    programme: str
    kind: str
    amount: Decimal
    lifts_rm: float


PILOTS: Final = (
    Pilot("12", "KPKT", "PPKB-NIAGA", "GERAN", Decimal(3_000), 90.0),
    Pilot("03", "ZAKAT", "ZKT-KURSUS", "KURSUS", Decimal(600), 0.0),
)


def window(today: date) -> Window:
    """The half-year in which they give: the newest that can be judged."""
    return windows(today)[0]


def pilot_of(file_no: str) -> Pilot | None:
    """The programme that a family of this file number is offered, if any."""
    state = file_no[_STATE]
    for pilot in PILOTS:
        if pilot.state == state and crc32(file_no.encode()) % 1000 < _OFFERED_PERMILLE:
            return pilot
    return None


def month_given(file_no: str) -> int:
    """In which month of the half-year, from 0."""
    return crc32(file_no[::-1].encode()) % 6


def month_asked_again(received: Sequence[date], today: date) -> int:
    """Which delivery comes nearest to a year after the half-year's beginning."""
    begins = window(today).begins
    year_later = begins.replace(year=begins.year + 1)
    return min(range(len(received)), key=lambda month: abs((received[month] - year_later).days))


def asked_again(file_nos: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Who is asked again: every family of a state where a programme is tried."""
    states = {pilot.state for pilot in PILOTS}
    return np.array([file_no[_STATE] in states for file_no in file_nos], dtype=bool)


def course_of_incomes(
    file_nos: NDArray[np.object_], incomes: NDArray[np.float64], sizes: NDArray[np.intp]
) -> NDArray[np.float64]:
    """By what factor the income of each household changes in the year, with what a programme lifted it by."""
    chance = np.random.default_rng(crc32(str(file_nos[0]).encode()) if len(file_nos) else 0)
    pilots = [pilot_of(file_no) for file_no in file_nos]
    lifted = np.array([pilot.lifts_rm if pilot else 0.0 for pilot in pilots]) * sizes
    course: NDArray[np.float64] = chance.normal(_COURSE, _SPREAD, len(file_nos))
    return np.where(incomes > 0, course + lifted / np.maximum(incomes, 1), 1.0)
