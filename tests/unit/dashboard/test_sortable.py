"""Lists with pages are in the order that their address says, as far as they are short enough to be put in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.components.sortable import Heads, order_of, ordered, page_of, sortable
from dashboard.components.sorting import MOST_SORTED, Order
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = {"n": lambda row: row}


def a_list(*rows: int, total: int | None = None) -> Callable[[int, int], tuple[list[int], int]]:
    return lambda limit, offset: (list(rows[offset : offset + limit]), len(rows) if total is None else total)


def heads(written: str, total: int = 3) -> Heads:
    return Heads(("nombor", ""), written, lambda to: f"/senarai?susun={to}", total)


def drawn(by: Heads) -> list[dict[str, Any]]:
    return [head.to_plotly_json()["props"] for head in by.drawn(["Nombor", "Tindakan"], words_of("ms"))]


def test_an_address_says_the_column_and_the_direction() -> None:
    assert order_of("") is None
    assert order_of("nombor") == Order("nombor")
    assert order_of("-nombor") == Order("nombor", descending=True)


def test_a_page_is_one_of_the_whole_list_in_order() -> None:
    read = a_list(3, 5, 1, 4, 2)
    assert page_of(read, None, KEYS, start=0, rows=2) == ([3, 5], 5)
    assert page_of(read, Order("n"), KEYS, start=2, rows=2) == ([3, 4], 5)
    assert page_of(read, Order("n", descending=True), KEYS, start=0, rows=2) == ([5, 4], 5)


def test_a_list_that_is_too_long_keeps_its_own_order_and_says_so() -> None:
    long = MOST_SORTED + 1
    assert page_of(a_list(3, 5, 1, total=long), Order("n"), KEYS, start=0, rows=2) == ([3, 5], long)
    assert heads("nombor", long).note(words_of("ms"))
    assert "aria-sort" not in drawn(heads("nombor", long))[0]
    assert not heads("nombor").note(words_of("ms"))


def test_a_head_ascends_then_descends_then_is_left() -> None:
    leads = [drawn(heads(written))[0]["children"].href for written in ("", "nombor", "-nombor")]
    assert leads == ["/senarai?susun=nombor", "/senarai?susun=-nombor", "/senarai?susun="]
    told = [drawn(heads(written))[0].get("aria-sort") for written in ("", "nombor", "-nombor")]
    assert told == [None, "ascending", "descending"]


def test_a_column_without_values_has_no_head_to_press() -> None:
    assert drawn(heads(""))[1]["children"] == "Tindakan"
    table = str(sortable(["A", "B"], [["1", "x"]], words_of("ms"), name="l", label="L", fixed=1))
    assert table.count("data-ek-order") == 1


def test_a_part_of_a_list_is_not_sorted_as_if_it_were_the_whole() -> None:
    part = str(sortable(["A"], [["1"]], words_of("ms"), name="l", label="L", total=2))
    assert "data-ek-order" not in part
    assert words_of("ms")("list.too_long_to_sort", n="1") in part
    assert "ek-sort" in str(ordered(["A", "B"], [["1", "x"]], words_of("ms"), name="l", label="L", by=heads("")))
