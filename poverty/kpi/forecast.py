"""Where a monthly figure is going, and when it meets its target: two random walks with drift, taken together.

One goes on by the same number a month, one by the same share; the point is their mean, the interval reaches from the
lower of the lower ends to the upper of the upper. For a walk with drift see Hyndman and Athanasopoulos, Forecasting:
Principles and Practice (3rd ed.), 5.2 and 5.5.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Final, Literal, get_args

from scipy.special import stdtr, stdtrit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Kind = Literal["bilangan", "rm", "syer"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Words = Literal["mungkin_dicapai", "mungkin_tidak_dicapai", "tidak_pasti"]

LEAST: Final = 7
MOST: Final = 13
MONTHS_DRAWN: Final = 12
MONTHS_LOOKED: Final = 60
_LIKELY: Final = 0.8
_UNLIKELY: Final = 0.2
_HALF: Final = 0.5
_NEAR: Final = 1e-9
_TRIES: Final = 6
_TRIED_AHEAD: Final = 3
# beyond it exp() is no number any more; a band that wide says the same
_MOST_LOG: Final = 700.0


@dataclass(frozen=True, slots=True)
class Band:
    """What a month is expected to bring: the point, and the ends of the 80 % and 95 % intervals."""

    point: float
    lo80: float
    hi80: float
    lo95: float
    hi95: float


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached in how many months from the last closed one, and what kind of figure it is."""

    target: float
    lower_is_better: bool
    due_in: int
    kind: Kind

    @property
    def threshold(self) -> float:
        """What has to be reached: a count rounds to its target half a unit before it."""
        half = _HALF if self.kind == "bilangan" else 0.0
        return self.target + half if self.lower_is_better else self.target - half

    def is_met(self, value: float) -> bool:
        """Whether a value has reached it."""
        ahead = self.threshold - value if self.lower_is_better else value - self.threshold
        return ahead >= -_NEAR


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where a figure goes: 12 months, months until the target is met, the chance at the due day, and the record.

    ``met_*`` count from the last closed month and are ``None`` where it is not met within five years. ``chances`` are
    by the less and the more hopeful of the two ways; ``checked`` says how many of so many earlier forecasts came inside
    their 80 %.
    """

    used: int
    drift: float
    months: tuple[Band, ...]
    met_earliest: int | None
    met_point: int | None
    met_latest: int | None
    chances: tuple[float, float]
    words: Words
    checked: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Walk:
    """A random walk with drift; its logarithm's where ``logs``."""

    last: float
    drift: float
    deviation: float
    changes: int
    logs: bool

    def back(self, value: float) -> float:
        return math.exp(min(value, _MOST_LOG)) if self.logs else value

    def centre(self, ahead: int) -> float:
        return self.last + ahead * self.drift

    def error(self, ahead: int) -> float:
        return self.deviation * math.sqrt(ahead + ahead * ahead / self.changes)

    def ends(self, ahead: int, share: float) -> tuple[float, float]:
        reach = float(stdtrit(self.changes - 1, (1 + share) / 2)) * self.error(ahead)
        return self.back(self.centre(ahead) - reach), self.back(self.centre(ahead) + reach)

    def chance(self, goal: Goal) -> float:
        """That the figure has reached the threshold in the month it is due."""
        wanted, error = goal.threshold, self.error(goal.due_in)
        if self.logs:
            wanted = math.log(wanted) if wanted > 0 else -math.inf
        if error == 0:
            return float(goal.is_met(self.back(self.centre(goal.due_in))))
        below = float(stdtr(self.changes - 1, (wanted - self.centre(goal.due_in)) / error))
        return below if goal.lower_is_better else 1 - below


def forecast(values: Sequence[float], goal: Goal) -> Forecast | None:
    """Where closed months since the last break go on to, the last last; ``None`` where there are fewer than seven."""
    used = list(values)[-MOST:]
    if len(used) < LEAST:
        return None
    walks = _walks(used)
    bands = [_band(walks, ahead) for ahead in range(1, MONTHS_LOOKED + 1)]
    better, worse = ("lo80", "hi80") if goal.lower_is_better else ("hi80", "lo80")
    by_way = [walk.chance(goal) for walk in walks]
    chances = (min(by_way), max(by_way))
    return Forecast(
        used=len(used),
        drift=walks[0].drift,
        months=tuple(_cut(band, goal.kind) for band in bands[:MONTHS_DRAWN]),
        met_earliest=_first(bands, lambda band: goal.is_met(getattr(band, better))),
        met_point=_first(bands, lambda band: goal.is_met(band.point)),
        met_latest=_first(bands, lambda band: goal.is_met(getattr(band, worse))),
        chances=chances,
        words=_words(chances),
        checked=_checked(values),
    )


def _walks(used: Sequence[float]) -> tuple[_Walk, ...]:
    """By the same number; and by the same share where every figure is above 0."""
    if min(used) <= 0:
        return (_walk(used, logs=False),)
    return _walk(used, logs=False), _walk([math.log(value) for value in used], logs=True)


def _walk(found: Sequence[float], *, logs: bool) -> _Walk:
    changes = [after - before for before, after in pairwise(found)]
    return _Walk(found[-1], fmean(changes), stdev(changes), len(changes), logs)


def _band(walks: Sequence[_Walk], ahead: int) -> Band:
    ends80 = [walk.ends(ahead, 0.8) for walk in walks]
    ends95 = [walk.ends(ahead, 0.95) for walk in walks]
    return Band(
        point=fmean(walk.back(walk.centre(ahead)) for walk in walks),
        lo80=min(low for low, _ in ends80),
        hi80=max(high for _, high in ends80),
        lo95=min(low for low, _ in ends95),
        hi95=max(high for _, high in ends95),
    )


def _cut(band: Band, kind: Kind) -> Band:
    """What is shown: nothing below none, no share above the whole."""
    most = 1.0 if kind == "syer" else math.inf
    shown = (min(max(value, 0.0), most) for value in (band.point, band.lo80, band.hi80, band.lo95, band.hi95))
    return Band(*shown)


def _first(bands: Sequence[Band], is_met: Callable[[Band], bool]) -> int | None:
    return next((ahead for ahead, band in enumerate(bands, start=1) if is_met(band)), None)


def _words(chances: tuple[float, float]) -> Words:
    if chances[0] >= _LIKELY:
        return "mungkin_dicapai"
    return "mungkin_tidak_dicapai" if chances[1] <= _UNLIKELY else "tidak_pasti"


def _checked(values: Sequence[float]) -> tuple[int, int]:
    """How many of the last six forecasts three months ahead came inside 80 %, and how many there were."""
    inside = tries = 0
    for known in range(len(values) - _TRIED_AHEAD, len(values) - _TRIED_AHEAD - _TRIES, -1):
        if known < LEAST:
            break
        band = _band(_walks(values[max(known - MOST, 0) : known]), _TRIED_AHEAD)
        tries += 1
        inside += band.lo80 <= values[known + _TRIED_AHEAD - 1] <= band.hi80
    return inside, tries
