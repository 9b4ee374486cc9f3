"""Claims about one scale for many months: a colour means the same in every frame."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from layers.breaks import Scheme
from layers.choropleth import TOO_FEW, ChoroplethLayer, Source, Span, choropleth
from layers.footnote import how_classed
from layers.measures import MEASURES
from layers.scales import on_scale, positive_breaks, span_layer
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE = Source(name="Daftar", as_of=date(2025, 2, 28))
JANUARY, FEBRUARY = date(2025, 1, 1), date(2025, 2, 1)
SPAN = Span(JANUARY, FEBRUARY)
COUNTS = st.lists(st.one_of(st.none(), st.integers(0, 400)), min_size=4, max_size=4)


def month(counts: Sequence[int | None], ago: Sequence[int | None] = (40, 40, 40, 40)) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": [f"08{place:02d}" for place in range(len(counts))],
            "area_name": [f"Daerah {place}" for place in range(len(counts))],
            "tegar": counts,
            "tegar_12m_ago": ago,
            "suppressed": [count is None for count in counts],
        },
        dtype=object,
    )


def layers_of(measure: str, scheme: Scheme, *months: pd.DataFrame) -> list[ChoroplethLayer]:
    shared: dict[str, Any] = {"measure": MEASURES[measure], "scheme": scheme, "source": SOURCE, "k": 4}
    pooled = pd.concat([one.assign(month=place) for place, one in enumerate(months)], ignore_index=True)
    scale = span_layer(pooled, span=SPAN, **shared)
    return [on_scale(choropleth(one, **shared), scale) for one in months]


@given(one=COUNTS, other=COUNTS, scheme=st.sampled_from([Scheme.QUANTILES, Scheme.JENKS, Scheme.EQUAL]))
def test_a_value_has_the_colour_of_its_class_in_every_month(
    one: list[int | None], other: list[int | None], scheme: Scheme
) -> None:
    first, second = layers_of("tegar", scheme, month(one), month(other))
    assert (first.breaks, first.colours, first.labels) == (second.breaks, second.colours, second.labels)
    for layer in (first, second):
        for value, grade in zip(layer.values, layer.classes, strict=True):
            if value is None:
                assert grade == TOO_FEW
            else:
                assert value <= layer.breaks[grade]
                assert grade == 0 or value > layer.breaks[grade - 1]
        assert sum(layer.class_counts) == sum(grade >= 0 for grade in layer.classes)


@given(
    one=st.lists(st.integers(0, 90), min_size=4, max_size=4), other=st.lists(st.integers(0, 90), min_size=4, max_size=4)
)
def test_rises_and_falls_keep_their_sides_on_a_scale_over_months(one: list[int], other: list[int]) -> None:
    for layer in layers_of("tegar_change", Scheme.QUANTILES, month(one), month(other)):
        middle = layer.breaks.index(0.0)
        for value, grade in zip(layer.values, layer.classes, strict=True):
            assert value is not None
            rounded = round(value, 3)
            assert (grade > middle, grade < middle) == (rounded > 0, rounded < 0)


def test_the_classes_of_one_month_hold_for_another_and_what_goes_beyond_has_one_of_its_own() -> None:
    now, then = month([5, 10, 20, 40]), month([6, 11, 21, 90])
    shared: dict[str, Any] = {"measure": MEASURES["tegar"], "source": SOURCE, "k": 4}
    own = choropleth(now, scheme=Scheme.QUANTILES, **shared)
    pooled = pd.concat([now.assign(month=0), then.assign(month=1)], ignore_index=True)
    kept = Span(JANUARY, JANUARY)
    scale = span_layer(pooled, scheme=Scheme.FIXED, fixed_breaks=positive_breaks(own), span=kept, **shared)
    assert on_scale(own, scale).classes == own.classes
    beyond = on_scale(choropleth(then, scheme=Scheme.QUANTILES, **shared), scale)
    assert beyond.classes[-1] == len(own.colours)


def test_the_legend_says_over_which_months_the_classes_were_made() -> None:
    layer = layers_of("tegar", Scheme.QUANTILES, month([5, 10, 20, 40]), month([6, 11, 21, 90]))[0]
    assert "01/2025" in how_classed(layer, words_of("ms"))
    assert "02/2025" in how_classed(layer, words_of("en"))
