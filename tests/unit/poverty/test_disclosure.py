"""Claims about hiding small counts: none is shown, and none follows from what is shown."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from poverty.disclosure import THRESHOLD, Count, exposed_cells, hidden_cells, unsettled_months

Tree = list[list[Count]]
ALL = "all"


def siblings(*counts: tuple[int, ...] | int, parent: str = "08", cut: str = ALL) -> list[Count]:
    pairs = [count if isinstance(count, tuple) else (count,) for count in counts]
    return [Count(f"{parent}{number:02d}", parent, cut, pair) for number, pair in enumerate(pairs)]


def tree_of(*levels: list[Count], root: str = "08") -> Tree:
    """The levels with their sums above them."""
    sums: dict[str, list[int]] = {}
    for row in levels[0]:
        held = sums.setdefault(row.cut, [0] * len(row.counts))
        sums[row.cut] = [a + b for a, b in zip(held, row.counts, strict=True)]
    return [[Count(root, "", cut, tuple(counts)) for cut, counts in sums.items()], *levels]


def hidden(*counts: tuple[int, ...] | int) -> list[str]:
    return sorted(area for area, _ in hidden_cells(tree_of(siblings(*counts))) if area != "08")


def test_counts_of_one_to_four_are_hidden_and_zero_is_not() -> None:
    assert hidden(0, 1, 4, 5, 100) == ["0801", "0802"]


def test_a_single_hidden_area_takes_its_smallest_sibling_along() -> None:
    assert hidden(3, 40, 20, 90) == ["0800", "0802"]


def test_hidden_areas_that_are_few_even_together_take_a_sibling_along() -> None:
    assert hidden(1, 2, 40, 90) == ["0800", "0801", "0802"]


def test_nothing_small_hides_nothing() -> None:
    assert hidden(0, 5, 7, 900) == []


def test_an_area_without_anybody_protects_nobody() -> None:
    assert hidden(3, 0, 0, 60) == ["0800", "0803"]


def test_an_area_whose_other_count_alone_is_large_does_not_cover_a_small_one() -> None:
    # of the tegar, the second area has none: hidden, it would leave 3 for the first
    assert hidden((3, 40), (0, 9), (30, 90)) == ["0800", "0802"]


def test_siblings_are_only_those_of_the_same_parent() -> None:
    levels = [*siblings(3, 40, parent="01"), *siblings(20, 90, parent="02")]
    states = [Count("01", "", ALL, (43,)), Count("02", "", ALL, (110,))]
    assert {area for area, _ in hidden_cells([states, levels])} == {"0100", "0101"}


def test_a_hidden_area_has_a_hidden_part() -> None:
    states = siblings(3, 20, 90, parent="MY")
    districts = [Count("MY01a", "MY01", ALL, (12,)), Count("MY01b", "MY01", ALL, (8,))]
    found = hidden_cells(tree_of(states, [Count("MY00a", "MY00", ALL, (3,)), *districts], root="MY"))
    assert {"MY01", "MY01b"} <= {area for area, _ in found}


def test_the_other_strata_does_not_give_away_what_one_strata_hides() -> None:
    # the second area has no rural households: hiding its urban ones would hide nothing, since their sum is shown
    counts = {"0800": (6, 3), "0801": (9, 0), "0802": (30, 30)}
    rows = [
        Count(area, "08", cut, (count,))
        for area, pair in counts.items()
        for cut, count in zip(("urban", "rural"), pair, strict=True)
    ]
    found = hidden_cells(tree_of(rows), additive=True)
    assert found == {(area, cut) for area in ("0800", "0802") for cut in ("urban", "rural")}


def test_an_area_can_be_hidden_for_a_reason_found_elsewhere() -> None:
    rows = [Count("0800", "08", "urban", (30,)), Count("0800", "08", "rural", (40,))]
    assert hidden_cells([rows], additive=True, hidden_areas={"0800"}) == {("0800", "urban"), ("0800", "rural")}


def test_the_threshold_can_be_set() -> None:
    levels = tree_of(siblings(8, 9, 60))
    assert {area for area, _ in hidden_cells(levels, threshold=10)} == {"0800", "0801"}


def test_hiding_the_small_ones_alone_is_seen_to_be_too_little() -> None:
    levels = tree_of(siblings(3, 40, 20, 90))
    assert exposed_cells(levels, {("0800", ALL)}) == {("0800", ALL)}


def test_a_count_that_was_small_is_shown_again_after_three_clear_months() -> None:
    assert unsettled_months([9, 9, 9, 4, 5, 8, 8, 8]) == [False, True, True, True, True, True, True, False]


def test_a_count_that_never_was_small_is_settled() -> None:
    assert unsettled_months([5, 6, 5, 7]) == [False] * 4


def test_a_count_that_fell_to_nothing_is_shown_again_after_three_months() -> None:
    assert unsettled_months([2, 0, 0, 0, 0]) == [True, True, True, False, False]


small_trees = st.lists(
    st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=3), min_size=1, max_size=4), min_size=2, max_size=4
)


def tree(nested: list[list[list[int]]], *, cuts: int) -> Tree:
    """Three levels: the country, areas, their parts; every part cut into ``cuts`` slices with two counts each."""
    parts = [
        Count(f"{i}.{j}", str(i), str(cut), ((numbers[0] + cut * i) % 10, (numbers[1] * (cut + 1) + j) % 12))
        for i, inside in enumerate(nested)
        for j, numbers in enumerate(inside)
        for cut in range(cuts)
    ]
    return [summed(summed(parts, {str(i): "MY" for i in range(len(nested))}), {"MY": ""}),
            summed(parts, {str(i): "MY" for i in range(len(nested))}), parts]  # fmt: skip


def summed(rows: list[Count], parents: dict[str, str]) -> list[Count]:
    sums: dict[tuple[str, str], tuple[int, ...]] = {}
    for row in rows:
        held = sums.get((row.parent, row.cut), (0,) * len(row.counts))
        sums[row.parent, row.cut] = tuple(a + b for a, b in zip(held, row.counts, strict=True))
    return [Count(area, parents[area], cut, counts) for (area, cut), counts in sums.items()]


def worked_out(levels: Tree, hidden: set[tuple[str, str]], hidden_areas: set[str], *, place: int) -> set[object]:
    """The hidden cells that linear programming pins to one whole number, given every shown figure and every sum."""
    rows = {row.cell: row for level in levels for row in level}
    unknown = sorted(hidden)
    if not unknown:
        return set()
    index = {cell: number for number, cell in enumerate(unknown)}
    sums = [([row.cell for row in rows.values() if (row.parent, row.cut) == cell], [cell]) for cell in rows]
    sums += [
        ([row.cell for row in rows.values() if row.area == area], None)
        for area in {row.area for row in rows.values()} - hidden_areas
    ]
    equations, values = [], []
    for parts, whole in sums:
        if len(parts) > (0 if whole else 1):
            line, value = np.zeros(len(unknown)), 0.0 if whole else float(sum(rows[c].counts[place] for c in parts))
            for cell, sign in [*((cell, 1) for cell in parts), *((cell, -1) for cell in whole or [])]:
                if cell in index:
                    line[index[cell]] += sign
                else:
                    value -= sign * rows[cell].counts[place]
            equations.append(line)
            values.append(value)
    found: set[object] = set()
    system = {"A_eq": np.array(equations), "b_eq": values, "bounds": (0, None), "method": "highs"}
    for cell, number in index.items():
        goal = np.zeros(len(unknown))
        goal[number] = 1
        least, most = linprog(goal, **system), linprog(-goal, **system)
        assert least.status == 0  # the true counts solve it
        if most.status == 0 and np.ceil(least.fun - 1e-6) >= np.floor(-most.fun + 1e-6):
            found.add(cell)
    return found


@given(small_trees)
@settings(max_examples=60)
def test_no_small_total_is_shown_or_follows(nested: list[list[list[int]]]) -> None:
    levels = tree(nested, cuts=1)
    found = hidden_cells(levels)
    for row in itertools.chain.from_iterable(levels):
        assert row.cell in found or not any(0 < count < THRESHOLD for count in row.counts)
    for place in range(2):
        pinned = worked_out(levels, found, set(), place=place)
        assert not [cell for cell in pinned if 0 < count_of(levels, cell, place) < THRESHOLD]


@given(small_trees, st.integers(2, 3))
@settings(max_examples=60)
def test_no_small_slice_is_shown_or_follows(nested: list[list[list[int]]], cuts: int) -> None:
    levels = tree(nested, cuts=cuts)
    totals = [summed_slices(level) for level in levels]
    areas = {area for area, _ in hidden_cells(totals)}
    found = hidden_cells(levels, additive=True, hidden_areas=areas)
    for row in itertools.chain.from_iterable(levels):
        assert row.cell in found or not any(0 < count < THRESHOLD for count in row.counts)
    for place in range(2):
        pinned = worked_out(levels, found, areas, place=place)
        assert not [cell for cell in pinned if 0 < count_of(levels, cell, place) < THRESHOLD]


def summed_slices(level: list[Count]) -> list[Count]:
    sums: dict[str, Count] = {}
    for row in level:
        held = sums.get(row.area, Count(row.area, row.parent, ALL, (0,) * len(row.counts)))
        sums[row.area] = held._replace(counts=tuple(a + b for a, b in zip(held.counts, row.counts, strict=True)))
    return list(sums.values())


def count_of(levels: Tree, cell: object, place: int) -> int:
    return next(row.counts[place] for level in levels for row in level if row.cell == cell)


@pytest.mark.parametrize("cuts", [1, 3])
def test_the_order_of_the_rows_does_not_matter(cuts: int) -> None:
    levels = tree([[[3, 4], [9, 9]], [[7, 1], [2, 8], [5, 5]], [[9, 9]]], cuts=cuts)
    assert hidden_cells(levels, additive=cuts > 1) == hidden_cells([level[::-1] for level in levels], additive=cuts > 1)


def test_a_remainder_without_anybody_hides_nothing_since_it_may_be_known_that_nobody_is_there() -> None:
    seat = Count("P070", "08", "all", (10,))
    parts = [Count("P070N1", "P070", "all", (4,)), Count("P070N2", "P070", "all", (6,))]
    remainder = Count("P070~", "P070", "all", (0,))
    tree, hidden = [[seat], [*parts, remainder]], {parts[0].cell, remainder.cell}
    assert exposed_cells(tree, hidden) == set()
    assert exposed_cells(tree, hidden, unknown={remainder.cell}) == {parts[0].cell}
