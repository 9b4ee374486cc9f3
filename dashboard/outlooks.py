"""Where the closed months of an indicator are going and when they meet its target, as pages tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dash import html

from layers import numbers
from poverty.kpi.forecast import LEAST, MONTHS_DRAWN, Goal, forecast
from poverty.months import month_before, month_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.indicators import Measured
    from layers.numbers import Number
    from poverty.kpi.forecast import Forecast, Kind
    from words import Words

    Write = Callable[[Number | None], str]
    Months = Iterable[tuple[date, Number | None]]

_KINDS: dict[str, Kind] = {"syer": "syer", "RM": "rm"}


@dataclass(frozen=True, slots=True)
class Outlook:
    """A forecast from the last closed month on; none where there are too few months since the last break."""

    last_month: date
    used: int
    found: Forecast | None

    def month(self, ahead: int | None) -> date | None:
        """The month so many months from the last closed one."""
        return None if ahead is None else month_before(self.last_month, -ahead)


def outlook(item: Measured, months: Months, *, breaks: Iterable[date]) -> Outlook | None:
    """Where an indicator is going by its closed months, the first first; ``None`` without a target that is still due.

    Only months since the last day of ``breaks`` count, and since the last month without a figure.
    """
    goal = item.goal
    known = list(months)
    if goal is None or not known or not item.indicator.forecast:
        return None
    last = known[-1][0]
    due_in = _months_to(last, goal.due_on)
    if due_in < 1:
        return None
    values = _since_break(known, breaks)
    kind = _KINDS.get(item.indicator.unit, "bilangan")
    wanted = Goal(float(goal.target), goal.lower_is_better, due_in, kind)
    return Outlook(last, len(values), forecast(values, wanted))


def outlook_note(seen: Outlook, words: Words, write: Write) -> list[Component]:
    """The forecast in words: whether the target is likely to be met, when, what a year brings, and the record."""
    found = seen.found
    if found is None:
        return [html.P(words("kpi.forecast_short", least=LEAST, n=seen.used), className="ek-kpi-note")]
    sentences = [words(f"kpi.forecast_{found.words}")]
    if found.met_earliest is None:
        sentences.append(words("kpi.forecast_never"))
    else:
        dates = {
            name: _month(seen.month(ahead), words)
            for name, ahead in (("early", found.met_earliest), ("middle", found.met_point), ("late", found.met_latest))
        }
        sentences.append(words("kpi.forecast_months", **dates))
    year = found.months[-1]
    sentences.append(
        words("kpi.forecast_year", n=MONTHS_DRAWN, point=write(year.point), low=write(year.lo80), high=write(year.hi80))
    )
    inside, tries = found.checked
    if tries:
        sentences.append(words("kpi.forecast_checked", inside=inside, tries=tries))
    lead, *rest = sentences
    return [html.P([html.Strong(lead), " ", " ".join(rest)], className="ek-kpi-note ek-kpi-forecast")]


def _month(month: date | None, words: Words) -> str:
    return words("kpi.forecast_later") if month is None else numbers.month(month, words)


def _since_break(months: Sequence[tuple[date, Number | None]], breaks: Iterable[date]) -> list[float]:
    begins = max((day.replace(day=1) for day in breaks), default=None)
    found: list[float] = []
    for month, value in months:
        if begins is not None and month < begins:
            continue
        found = [] if value is None else [*found, float(value)]
    return found


def _months_to(last: date, due_on: date) -> int:
    """Months from the last closed one to the last that ends on or before the due day."""
    ends = due_on if due_on == month_end(due_on) else due_on.replace(day=1) - timedelta(days=1)
    return (ends.year - last.year) * 12 + ends.month - last.month
