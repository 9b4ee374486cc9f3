"""Areas are ranked by what is shown of them, a change only where it starts from enough households."""

from __future__ import annotations

from decimal import Decimal

from dashboard.pages.boards.ranking import Ranking, Standing, largest_moves, rank


def of(now: int | None, ago: int | None = None, base: int | None = None) -> Standing:
    values = (None if value is None else Decimal(value) for value in (now, ago, ago if base is None else base))
    return Standing(*values)


def ranked(now: dict[str, Standing], before: dict[str, Standing] | None = None, **how: bool) -> Ranking:
    ways = {"by_value": False, "lower_is_better": True, "share": False} | how
    return rank({code: code for code in now}, now=now, before=before or {}, **ways)


def places(found: Ranking) -> dict[str, int]:
    return {row.code: row.place for row in found.rows}


def test_the_largest_fall_is_best_where_lower_is_better() -> None:
    now = {"A": of(50, 100), "B": of(90, 100), "C": of(120, 100)}
    assert places(ranked(now)) == {"A": 1, "B": 2, "C": 3}
    assert places(ranked(now, lower_is_better=False)) == {"C": 1, "B": 2, "A": 3}


def test_a_change_from_too_few_households_or_of_a_hidden_count_has_no_place() -> None:
    found = ranked({"A": of(1, 29), "B": of(None, 100), "C": of(40, None), "D": of(29, 30)})
    assert (places(found), found.left_out) == ({"D": 1}, 3)
    assert places(ranked({"A": of(1, 29), "B": of(None, 100)}, by_value=True)) == {"A": 1}


def test_equal_areas_share_the_better_place() -> None:
    assert places(ranked({"A": of(1), "B": of(1), "C": of(2)}, by_value=True)) == {"A": 1, "B": 1, "C": 3}


def test_places_gained_since_a_month_ago_are_told_where_there_was_one() -> None:
    found = ranked({"A": of(1), "B": of(2), "C": of(3)}, {"A": of(9), "B": of(2), "C": of(None)}, by_value=True)
    assert {row.code: row.up for row in found.rows} == {"A": 1, "B": -1, "C": None}


def test_a_share_changes_by_its_difference_of_enough_households() -> None:
    assert of(3, 1, 30).change(share=True) == 2
    assert of(3, 1, 30).change(share=False) == 2
    assert of(3, 0, 30).change(share=False) is None


def test_none_is_both_among_the_best_and_the_worst() -> None:
    found = ranked({str(number): of(number) for number in range(7)}, by_value=True)
    assert len(found.best) == 4
    assert [row.code for row in found.worst] == ["6", "5", "4"]


def test_the_largest_rise_and_the_largest_fall_are_found() -> None:
    moves = largest_moves([("A", Decimal(5), Decimal(1)), ("B", Decimal(1), Decimal(9)), ("C", None, Decimal(1))])
    assert moves == [("A", 4), ("B", -8)]
    assert largest_moves([("A", Decimal(5), Decimal(1))]) == [("A", 4)]
