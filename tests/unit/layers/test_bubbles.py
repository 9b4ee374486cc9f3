"""Circles: as large as their counts, none on another, and none where a count is hidden."""

from __future__ import annotations

import math
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import bubbles
from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, Source, choropleth
from layers.drawn import svg
from layers.legends import legend
from layers.measures import MEASURES
from layers.screen import picture
from layers.sheet import sheet
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

MS = words_of("ms")
SOURCE = Source(name="Daftar", as_of=date(2025, 1, 31))


def layer_of(tegar: Sequence[object], **more: object) -> ChoroplethLayer:
    named = {
        "area_code": [f"08{number:02d}" for number in range(len(tegar))],
        "area_name": [f"Daerah {number}" for number in range(len(tegar))],
    }
    frame = pd.DataFrame({**named, "tegar": tegar, **more})
    return choropleth(frame, measure=MEASURES["tegar"], scheme=Scheme.QUANTILES, source=SOURCE)


def shapes_of(layer: ChoroplethLayer) -> dict[str, object]:
    def square(place: int) -> dict[str, object]:
        west, south = 100 + place, 4
        corners = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
        return {"type": "Polygon", "coordinates": [corners]}

    features = [
        {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": square(place)}
        for place, (code, name) in enumerate(zip(layer.codes, layer.names, strict=True))
    ]
    return {"type": "FeatureCollection", "features": features}


def test_the_area_of_a_circle_is_in_proportion_to_its_count() -> None:
    layer = layer_of([400, 100, 0])
    radii = bubbles.radii(layer)
    assert radii[layer.codes[0]] == pytest.approx(2 * radii[layer.codes[1]])
    assert layer.codes[2] not in radii


def test_what_is_hidden_has_a_mark_of_one_size_and_no_circle() -> None:
    layer = layer_of([400, None, None], suppressed=[False, True, True])
    assert set(bubbles.radii(layer)) == {layer.codes[0]}
    assert bubbles.marked(layer) == list(layer.codes[1:])
    drawn = picture(layer, MS, page="peta", url="/x", circles=True)["hideout"]["bubbles"]
    assert (drawn["marked"], list(drawn["radii"])) == (list(layer.codes[1:]), [layer.codes[0]])


circle = st.builds(bubbles.Circle, st.floats(0, 300), st.floats(0, 300), st.floats(2, 34))


@given(st.lists(circle, max_size=16))
def test_no_circle_lies_on_another(circles: list[bubbles.Circle]) -> None:
    moved = bubbles.set_apart(circles)
    assert [one.radius for one in moved] == [one.radius for one in circles]
    for one, other in combinations(moved, 2):
        assert math.dist(one[:2], other[:2]) >= one.radius + other.radius


def test_a_circle_that_touches_none_stays_where_its_area_is() -> None:
    far = [bubbles.Circle(10, 10, 5), bubbles.Circle(200, 200, 30)]
    for before, after in zip(far, bubbles.set_apart(far), strict=True):
        assert math.dist(before[:2], after[:2]) < 0.1


def test_the_legend_shows_round_counts_as_large_as_on_the_map() -> None:
    layer = layer_of([9_959, 3_115, 12])
    assert [count for count, _ in bubbles.examples(layer)] == [9_000, 2_000, 400]
    told = str(legend(layer, MS, circles=True).to_plotly_json())
    assert MS("legend.circles") in told
    assert "9,000" in told


def test_the_picture_and_the_paper_have_the_circles_and_their_legend() -> None:
    layer = layer_of([400, 100, None], suppressed=[False, False, True])
    drawn = sheet(layer, shapes_of(layer), MS, title="Perak", size=(842, 595), circles=True)
    rounds = [part for part in drawn.map if len(part.rings[0]) > 40]
    assert [bool(part.hatch) for part in rounds] == [False, False, True]
    written = svg(drawn)
    assert MS("legend.circles") in written
    assert ">400<" in written
    assert MS("legend.too_few") in written
