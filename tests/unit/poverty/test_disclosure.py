"""Claims about hiding small counts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.disclosure import THRESHOLD, suppress, suppress_tree


def areas(tegar: Sequence[object], miskin: Sequence[object] | None = None, **columns: Any) -> pd.DataFrame:
    count = len(tegar)
    return pd.DataFrame(
        {
            "area_code": [f"08{number:02d}" for number in range(count)],
            "tegar": tegar,
            "miskin": miskin if miskin is not None else [50] * count,
            **columns,
        }
    )


def hidden(frame: pd.DataFrame) -> list[str]:
    return frame.loc[frame["suppressed"], "area_code"].tolist()


def test_counts_of_one_to_four_are_hidden_and_zero_is_not() -> None:
    result = suppress(areas([0, 1, 4, 5, 100]))
    assert hidden(result) == ["0801", "0802"]
    assert result["tegar"].tolist() == [0, None, None, 5, 100]


def test_a_hidden_area_gives_nothing_away_in_its_other_columns() -> None:
    result = suppress(areas([2, 3, 60], households=[300, 400, 500], gap_rm=[Decimal(900)] * 3))
    assert result.loc[0, ["tegar", "miskin", "households", "gap_rm"]].tolist() == [None] * 4


def test_census_figures_stay_since_they_are_public() -> None:
    result = suppress(areas([2, 3, 60], census_households=[900, 800, 700]))
    assert result["census_households"].tolist() == [900, 800, 700]


def test_a_single_hidden_area_takes_its_smallest_sibling_along() -> None:
    result = suppress(areas([3, 40, 20, 90]))
    assert hidden(result) == ["0800", "0802"]


def test_hidden_areas_that_are_few_even_together_take_a_sibling_along() -> None:
    result = suppress(areas([1, 2, 40, 90]))
    assert hidden(result) == ["0800", "0801", "0802"]


def test_nothing_small_hides_nothing() -> None:
    result = suppress(areas([0, 5, 7, 900]))
    assert not result["suppressed"].any()


def test_siblings_are_only_those_of_the_same_parent() -> None:
    frame = areas([3, 40, 20, 90], parent_code=["01", "01", "02", "02"])
    assert hidden(suppress(frame, group="parent_code")) == ["0800", "0801"]


def test_the_threshold_can_be_set() -> None:
    result = suppress(areas([8, 9, 60]), threshold=10)
    assert hidden(result) == ["0800", "0801"]


def test_an_area_can_be_hidden_for_a_reason_found_elsewhere() -> None:
    result = suppress(areas([30, 40, 50]), also_hidden={"0801"})
    assert hidden(result) == ["0800", "0801"]


def test_last_years_small_count_cannot_be_worked_out_from_the_change() -> None:
    result = suppress(areas([30, 40, 50], tegar_12m_ago=[4, 40, 40]))
    assert "0800" in hidden(result)


def test_shown_values_keep_their_type_and_order() -> None:
    result = suppress(areas([3, 4, 60], gap_rm=[Decimal("1.10"), Decimal("2.20"), Decimal("3.30")]))
    assert result.loc[2, "gap_rm"] == Decimal("3.30")
    assert result["area_code"].tolist() == ["0800", "0801", "0802"]


def test_an_empty_frame_stays_empty() -> None:
    assert suppress(areas([]))["suppressed"].tolist() == []


def test_the_frame_handed_in_is_not_changed() -> None:
    frame = areas([1, 2, 40])
    suppress(frame)
    assert frame["tegar"].tolist() == [1, 2, 40]


counts = st.lists(st.integers(min_value=0, max_value=30), min_size=1, max_size=12)


@given(counts)
def test_no_small_count_is_ever_shown(tegar: Sequence[object]) -> None:
    shown = suppress(areas(tegar)).loc[lambda frame: ~frame["suppressed"], "tegar"]
    assert not ((shown > 0) & (shown < THRESHOLD)).any()


@given(counts)
def test_subtraction_from_the_total_leaves_more_than_one_area_and_no_small_count(tegar: Sequence[object]) -> None:
    result = suppress(areas(tegar))
    held = pd.Series(tegar)[result["suppressed"].to_numpy()]
    everything_hidden = result["suppressed"].all()
    if held.empty or everything_hidden:
        return
    assert len(held) > 1
    assert held.sum() == 0 or held.sum() >= THRESHOLD


@given(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=5), min_size=2, max_size=5))
def test_a_hidden_area_is_never_the_sum_of_children_that_are_all_shown(nested: list[list[int]]) -> None:
    parents = pd.DataFrame(
        {"area_code": [f"{i:02d}" for i in range(len(nested))], "tegar": [sum(row) for row in nested]}
    )
    children = pd.DataFrame(
        [(f"{i:02d}{j:02d}", f"{i:02d}", n) for i, row in enumerate(nested) for j, n in enumerate(row)],
        columns=["area_code", "parent_code", "tegar"],
    )
    above, below = suppress_tree([parents, children])
    for row in above.loc[above["suppressed"]].itertuples():
        theirs = below.loc[below["parent_code"] == row.area_code]
        total = parents.loc[parents["area_code"] == row.area_code, "tegar"].item()
        assert total == 0 or theirs["suppressed"].any()


@pytest.mark.parametrize("missing", [["tegar", "miskin"], ["households"]])
def test_columns_that_are_absent_are_passed_over(missing: list[str]) -> None:
    frame = areas([1, 2, 90], households=[10, 20, 95]).drop(columns=missing)
    assert "suppressed" in suppress(frame)
