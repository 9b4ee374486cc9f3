"""A page says where an indicator is going from its closed months alone, and when it cannot say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.indicators import Measured
from dashboard.outlooks import Outlook, outlook, outlook_note
from layers import numbers
from poverty.months import month_before
from queries.kpi import Indicator
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

LAST = date(2026, 6, 1)


def measured(*, due_on: date | None = date(2026, 12, 31), forecast: bool = True) -> Measured:
    facts: dict[str, Any] = {"area_code": "08", "due_on": due_on, "baseline": Decimal(200), "target": Decimal(80),
                             "baseline_on": date(2025, 1, 1), "sample": True}  # fmt: skip
    names = ("tegar", "tegar", "tegar", "tegar")
    indicator = Indicator(*names, "isi_rumah", forecast, "lower", "", "", Decimal("0.10"), **facts)
    return Measured(indicator, Decimal(100), LAST)


def months(values: Sequence[float | None]) -> list[tuple[date, float | None]]:
    return [(month_before(LAST, len(values) - 1 - place), value) for place, value in enumerate(values)]


FALLING = months([float(220 - 10 * place) for place in range(13)])


def seen(found: Outlook | None) -> Outlook:
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("breaks", "used"), [([], 13), ([date(2025, 9, 20)], 10), ([date(2024, 1, 1), date(2026, 1, 1)], 6)]
)
def test_only_months_since_the_last_change_of_line_or_rule_count(breaks: list[date], used: int) -> None:
    found = seen(outlook(measured(), FALLING, breaks=breaks))
    assert found.used == used
    assert (found.found is None) == (used < 7)


def test_a_month_that_is_hidden_is_not_bridged() -> None:
    values: list[float | None] = [float(220 - 10 * place) for place in range(13)]
    values[4] = None
    assert seen(outlook(measured(), months(values), breaks=[])).used == 8
    values[12] = None
    assert seen(outlook(measured(), months(values), breaks=[])).found is None


@pytest.mark.parametrize(
    ("due_on", "is_told"),
    [(None, False), (LAST, False), (date(2026, 7, 30), False), (date(2026, 7, 31), True), (date(2027, 1, 1), True)],
)
def test_a_target_that_is_not_there_or_not_ahead_has_no_forecast(due_on: date | None, is_told: bool) -> None:
    assert (outlook(measured(due_on=due_on), FALLING, breaks=[]) is not None) == is_told


def test_the_chance_is_of_the_last_month_that_ends_by_the_due_day() -> None:
    # 20 to fall at 10 a month: met in the second month, which is over on the last of August and not a day before
    ends = [seen(outlook(measured(due_on=day), FALLING, breaks=[])) for day in (date(2026, 8, 30), date(2026, 8, 31))]
    early, late = (one.found.chances[1] for one in ends if one.found)
    assert (round(early, 3), round(late, 3)) == (0, 1)


def test_an_indicator_that_is_not_to_be_forecast_is_not() -> None:
    assert outlook(measured(forecast=False), FALLING, breaks=[]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_names_the_months_the_range_and_the_record(language: str) -> None:
    words = words_of(language)
    found = outlook(measured(), [*months([None] * 12)[:2], *FALLING], breaks=[])
    (note,) = outlook_note(seen(found), words, numbers.count)
    said = "".join(part if isinstance(part, str) else str(part.children) for part in note.children)
    assert "2026" in said
    assert numbers.month(date(2026, 8, 1), words) in said
    assert words("kpi.forecast_mungkin_dicapai") in said or words("kpi.forecast_tidak_pasti") in said


def test_what_stands_still_is_never_met_and_too_few_months_are_said_to_be_too_few() -> None:
    words = words_of("en")
    flat = outlook_note(seen(outlook(measured(), months([100.0] * 13), breaks=[])), words, numbers.count)
    assert words("kpi.forecast_never") in str(flat[0])
    few = outlook_note(seen(outlook(measured(), FALLING[-5:], breaks=[])), words, numbers.count)
    assert few[0].children == words("kpi.forecast_short", least=7, n=5)
