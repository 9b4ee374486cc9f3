"""Lists in the order of a column: of short ones all rows are put in order, long ones keep their own and say so."""

from __future__ import annotations

from dashboard.components.sorting import MOST_SORTED, Order, in_order, not_sorted, sorts
from dashboard.sent.kinds import OrderAsked, RowsAsked
from words import LANGUAGES, words_of

KEYS = {"name": lambda row: row[0], "visited": lambda row: row[1]}
ROWS = [("B", None), ("A", 2), ("C", 1)]


def test_rows_are_in_the_order_of_a_column_and_nothing_comes_last_either_way() -> None:
    assert [row[0] for row in in_order(ROWS, Order("name"), KEYS)] == ["A", "B", "C"]
    assert [row[0] for row in in_order(ROWS, Order("visited"), KEYS)] == ["C", "A", "B"]
    assert [row[0] for row in in_order(ROWS, Order("visited", descending=True), KEYS)] == ["A", "C", "B"]


def test_an_order_by_a_column_that_the_list_has_not_is_none() -> None:
    asked = RowsAsked(0, [OrderAsked("name", "desc")])
    assert Order.asked(asked, KEYS) == Order("name", descending=True)
    assert Order.asked(RowsAsked(0, [OrderAsked("id_no")]), KEYS) is None
    assert Order.asked(RowsAsked(), KEYS) is None


def test_a_list_that_is_too_long_keeps_its_order_and_says_so() -> None:
    assert sorts(Order("name"), MOST_SORTED)
    assert not sorts(Order("name"), MOST_SORTED + 1)
    for language in LANGUAGES:
        words = words_of(language)
        assert not not_sorted(Order("name"), MOST_SORTED, words)
        assert not not_sorted(None, MOST_SORTED + 1, words)
        (message,) = not_sorted(Order("name"), MOST_SORTED + 1, words)
        assert "2,000" in str(message)
