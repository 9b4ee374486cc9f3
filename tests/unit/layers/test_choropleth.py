"""Claims about the layer behind every choropleth."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.breaks import Scheme
from layers.choropleth import (
    APART,
    NO_DATA,
    TOO_FEW,
    AreaFrameError,
    ChoroplethLayer,
    LegendKind,
    Source,
    choropleth,
    level_of,
)
from layers.measures import LEAST_BASE, MEASURES

SOURCE = Source(name="Daftar", as_of=date(2025, 1, 31), boundary_accuracy_m=15_000, boundary_approximate=True)


def areas(tegar: Sequence[object], **columns: Any) -> pd.DataFrame:
    count = len(tegar)
    base = {
        "area_code": [f"08{number:02d}" for number in range(count)],
        "area_name": [f"Daerah {number}" for number in range(count)],
        "tegar": tegar,
    }
    return pd.DataFrame({**base, **columns})


def layer(
    frame: pd.DataFrame, *, measure: str = "tegar", scheme: Scheme = Scheme.QUANTILES, **choices: Any
) -> ChoroplethLayer:
    return choropleth(frame, measure=MEASURES[measure], scheme=scheme, source=SOURCE, **choices)


def test_each_area_has_a_class_a_text_and_a_rank() -> None:
    made = layer(areas([5, 10, 1204]), k=3)
    assert made.classes == (0, 1, 2)
    assert made.written == ("5", "10", "1,204")
    assert made.ranks == (3, 2, 1)


def test_ties_share_the_better_rank() -> None:
    assert layer(areas([9, 9, 1])).ranks == (1, 1, 3)


def test_zero_is_a_class_of_its_own() -> None:
    made = layer(areas([0, 0, 5, 10, 20, 40]), k=2)
    assert made.labels[0] == "0"
    assert made.class_counts == (2, 2, 2)


def test_where_nobody_has_zero_there_is_no_class_for_it() -> None:
    assert "0" not in layer(areas([5, 10, 20])).labels


def test_all_zero_is_one_class_and_not_no_data() -> None:
    made = layer(areas([0, 0, 0]))
    assert (made.classes, made.labels, made.no_data_count) == ((0, 0, 0), ("0",), 0)


def test_a_single_area_has_one_class() -> None:
    made = layer(areas([17]))
    assert (made.classes, made.labels, made.ranks) == ((0,), ("17",), (1,))


def test_missing_and_hidden_are_two_different_things() -> None:
    made = layer(areas([None, None, 12], suppressed=[False, True, False]))
    assert made.classes == (NO_DATA, TOO_FEW, 0)
    assert (made.no_data_count, made.too_few_count, made.ranked) == (1, 1, 1)


def test_a_hidden_area_has_no_value_text_or_rank() -> None:
    made = layer(areas([None, 12], suppressed=[True, False]))
    assert (made.written[0], made.ranks[0]) == ("", None)
    assert None in made.values  # noqa: PD011 - a field of the layer, not of a frame


def test_no_areas_make_an_empty_layer() -> None:
    made = layer(areas([]))
    assert (made.classes, made.legend_rows, made.ranked) == ((), (), 0)


def test_nothing_known_leaves_only_the_no_data_row() -> None:
    made = layer(areas([None, None]))
    assert [row.kind for row in made.legend_rows] == [LegendKind.NO_DATA]


def test_ranges_of_counts_touch_without_overlapping() -> None:
    made = layer(areas([1, 2, 3, 10, 11, 12, 100]), scheme=Scheme.FIXED, fixed_breaks=[5, 50])
    assert made.labels == ("1 \N{EN DASH} 5", "6 \N{EN DASH} 50", "51 \N{EN DASH} 100")


def test_ranges_of_rates_exclude_the_bound_before() -> None:
    frame = areas([10, 20, 90], census_households=[1000] * 3)
    made = layer(frame, measure="tegar_rate", scheme=Scheme.FIXED, fixed_breaks=[0.01, 0.05])
    assert made.labels == ("1.0%", "> 1.0% \N{EN DASH} 5.0%", "> 5.0% \N{EN DASH} 9.0%")


def test_a_change_is_mirrored_around_zero() -> None:
    frame = areas([50, 100, 150, 90, 130], tegar_12m_ago=[100] * 5)
    made = layer(frame, measure="tegar_change", k=4)
    middle = len(made.colours) // 2
    assert made.classes[1] == middle
    assert made.classes[0] < middle < made.classes[2]
    assert made.breaks == tuple(-bound for bound in reversed(made.breaks))


def test_a_change_written_as_nothing_is_coloured_as_nothing() -> None:
    frame = areas([100_001, 90_000], tegar_12m_ago=[100_000, 100_000])
    made = layer(frame, measure="tegar_change")
    assert made.written[0] == "0.0%"
    assert made.classes[0] == len(made.colours) // 2


def test_no_change_anywhere_is_one_class() -> None:
    made = layer(areas([5, 6], tegar_12m_ago=[5, 6]), measure="tegar_change")
    assert (made.classes, made.labels) == ((0, 0), ("0.0%",))


def test_legend_counts_add_up_to_the_areas() -> None:
    made = layer(areas([None, 0, 3, 9, 90, None], suppressed=[True, *[False] * 5]))
    assert sum(row.areas for row in made.legend_rows) == 6


def test_an_area_twice_is_refused_by_name() -> None:
    frame = pd.concat([areas([1]), areas([2])], ignore_index=True)
    with pytest.raises(AreaFrameError, match="0800"):
        layer(frame)


def test_every_missing_column_is_named_at_once() -> None:
    with pytest.raises(AreaFrameError, match=r"area_code.*area_name"):
        layer(pd.DataFrame({"tegar": [1]}))


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("08", "state"),
        ("0803", "district"),
        ("080305", "mukim"),
        ("P.066", "parliament"),
        ("08-N.33", "dun"),
        ("C.PPKB-BATU-GAJAH", "catchment"),
        ("MY", "country"),
    ],
)
def test_the_level_follows_from_the_code(code: str, level: str) -> None:
    assert level_of([code]) == level


numbers = st.lists(st.one_of(st.none(), st.integers(0, 50_000)), min_size=1, max_size=60)


@given(numbers, st.sampled_from(Scheme), st.integers(min_value=1, max_value=9), st.sampled_from(sorted(MEASURES)))
def test_any_frame_makes_a_layer_that_agrees_with_itself(
    tegar: Sequence[object], scheme: Scheme, k: int, measure: str
) -> None:
    frame = areas(
        pd.array(tegar, dtype="Int64"),
        miskin=7,
        gap_rm=[None if n is None else n * 1.5 for n in tegar],
        census_households=1000,
        tegar_12m_ago=list(reversed(tegar)),
        miskin_12m_ago=5,
    )
    made = layer(frame, measure=measure, scheme=scheme, k=k)
    assert len(made.colours) == len(made.labels) == len(made.class_counts)
    assert sum(row.areas for row in made.legend_rows) == len(frame)
    known = np.array([index for index in made.classes if index >= 0])
    assert known.size == made.ranked + sum(made.small)
    assert not known.size or known.max() < len(made.colours)


@given(st.lists(st.integers(1, 50_000), min_size=2, max_size=60), st.sampled_from(Scheme))
def test_a_larger_value_is_never_in_a_lower_class(tegar: Sequence[object], scheme: Scheme) -> None:
    made = layer(areas(tegar), scheme=scheme)
    in_order = [index for _, index in sorted(zip(tegar, made.classes, strict=True))]
    assert in_order == sorted(in_order)


def test_records_without_a_place_are_written_but_neither_classed_nor_ranked() -> None:
    frame = areas([5, 10, 400])
    apart = str(frame["area_code"].iloc[2])
    made = choropleth(frame, measure=MEASURES["tegar"], scheme=Scheme.QUANTILES, source=SOURCE, apart=[apart])
    assert (made.classes[2], made.ranks[2], made.written[2]) == (APART, None, "400")
    assert (made.ranked, made.breaks[-1], made.apart_count) == (2, 10.0, 1)
    assert made.legend_rows[-1].kind is LegendKind.APART


@pytest.mark.parametrize(("k", "colours", "classed"), [(3, 3, 3), (4, 5, 4), (5, 5, 5), (6, 7, 6), (7, 7, 7)])
def test_a_change_has_the_classes_that_were_asked_for(k: int, colours: int, classed: int) -> None:
    then = [100] * 12
    now = [40, 50, 60, 70, 80, 90, 110, 120, 130, 140, 150, 100]
    made = layer(areas(now, tegar_12m_ago=then), measure="tegar_change", k=k)
    assert (len(made.colours), made.classed, made.asked) == (colours, classed, 0)


def test_a_change_from_a_handful_of_households_is_coloured_and_leads_no_list() -> None:
    made = layer(areas([6, 120, 90], tegar_12m_ago=[3, 100, 100]), measure="tegar_change")
    assert made.written[0].startswith("▲ 100")
    assert made.classes[0] >= 0
    assert made.ranks == (None, 1, 2)
    assert (made.ranked, made.small) == (2, (True, False, False))


def test_a_change_is_ranked_from_the_least_base_on() -> None:
    made = layer(areas([40, 40], tegar_12m_ago=[LEAST_BASE, LEAST_BASE - 1]), measure="tegar_change")
    assert made.small == (False, True)
