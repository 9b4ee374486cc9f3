"""Claims about how figures and dates are written."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from layers import numbers
from words import words_of


def words(key: str, **values: Sequence[float]) -> str:
    return {"number.million": "{value} juta", "number.thousand": "{value} ribu"}[key].format(**values)


@pytest.mark.parametrize(("value", "text"), [(18412, "18,412"), (0, "0"), (-3, "\N{MINUS SIGN}3"), (1e6, "1,000,000")])
def test_counts_have_their_thousands_apart(value: Any, text: str) -> None:
    assert numbers.count(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("1234.56"), "RM1,234.56"), (287.5, "RM287.50"), (-5, "\N{MINUS SIGN}RM5.00"), (0.125, "RM0.13")],
)
def test_money_is_ringgit_and_sen(value: Any, text: str) -> None:
    assert numbers.money(value) == text


def test_money_in_a_sentence_has_sen_only_where_there_are_any() -> None:
    assert [numbers.money_tidy(Decimal(text)) for text in ("288.00", "287.50")] == ["RM288", "RM287.50"]


def test_money_can_leave_out_the_sen() -> None:
    assert numbers.money(Decimal("1234.50"), sen=False) == "RM1,235"


@pytest.mark.parametrize(
    ("value", "text"), [(3_240_000, "RM3.2 juta"), (48_400, "RM48 ribu"), (912, "RM912"), (None, numbers.MISSING)]
)
def test_large_money_is_short_in_words(value: Any, text: str) -> None:
    assert numbers.money_short(value, words=words) == text


def test_a_share_too_small_to_write_is_not_nothing() -> None:
    assert (numbers.share(0.0002), numbers.share(0)) == ("< 0.1%", "0.0%")


@pytest.mark.parametrize(
    ("shares", "more"),
    [
        ((0.031, 0.052), 0),
        ((0.0312, 0.0314), 1),
        ((0.0002, 0.0004, 0.0), 1),
        ((0.5, 0.5, None), 0),
        ((0.091529033, 0.0915290330000001), 0),
        ((1e-9, 2e-9), 6),
    ],
)
def test_shares_that_differ_are_written_apart(shares: tuple[float | None, ...], more: int) -> None:
    assert numbers.told_apart(lambda value, more: numbers.share(value, places=1 + more), shares) == more


@pytest.mark.parametrize(
    ("actual", "target", "texts"),
    [(12_300, 12_100, ("RM12.3 ribu", "RM12.1 ribu")), (3_240_000, 3_200_000, ("RM3.24 juta", "RM3.20 juta"))],
)
def test_money_that_differs_is_written_apart(actual: int, target: int, texts: tuple[str, str]) -> None:
    def write(value: Any, more: int) -> str:
        return numbers.money_short(value, words=words, more=more)

    more = numbers.told_apart(write, (actual, target))
    assert (write(actual, more), write(target, more)) == texts


def test_counts_that_differ_by_less_than_one_are_written_apart() -> None:
    more = numbers.told_apart(lambda value, more: numbers.decimal(value, places=more), (12, 12.4))
    assert [numbers.decimal(value, places=more) for value in (12, 12.4)] == ["12.0", "12.4"]


def test_a_share_is_written_in_per_cent() -> None:
    assert numbers.share(0.0314) == "3.1%"


@pytest.mark.parametrize(("value", "text"), [(0.031, "▲ 3.1%"), (-0.4874, "▼ 48.7%"), (0.0004, "0.0%"), (0, "0.0%")])
def test_a_change_shows_its_direction(value: Any, text: str) -> None:
    assert numbers.change(value) == text


def test_a_change_in_a_count_shows_its_direction() -> None:
    assert [numbers.change_count(value) for value in (120, -1204, 0)] == ["▲ 120", "▼ 1,204", "0"]


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, Decimal("NaN")])
@pytest.mark.parametrize(
    "write", [numbers.count, numbers.money, numbers.share, numbers.change, numbers.change_count, numbers.decimal]
)
def test_what_is_not_known_is_a_dash_and_never_zero(write: Callable[..., str], value: Any) -> None:
    assert write(value) == numbers.MISSING


def test_dates_are_day_month_year() -> None:
    assert numbers.day(date(2023, 1, 31)) == "31/01/2023"


@pytest.mark.parametrize(("language", "text"), [("ms", "Mac 2023"), ("en", "Mar 2023")])
def test_months_are_named_in_few_letters(language: str, text: str) -> None:
    assert numbers.month(date(2023, 3, 31), words_of(language)) == text


def test_moments_are_told_in_malaysian_time() -> None:
    late = datetime(2023, 1, 31, 20, 42, tzinfo=UTC)
    assert numbers.moment(late) == "01/02/2023 04:42"
    assert numbers.day(late) == "01/02/2023"
    assert numbers.clock(late) == "04:42"


def test_a_range_of_one_figure_is_that_figure() -> None:
    assert numbers.span("5", "5") == "5"
    assert numbers.span("5", "9") == "5 \N{EN DASH} 9"
