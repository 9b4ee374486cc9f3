"""A map of kinds says how many areas each has; what rests on few is hatched on screen and on paper, and not ranked."""

from __future__ import annotations

from datetime import date

import pandas as pd
import shapely

from layers.breaks import Scheme
from layers.categories import Category, Judged, categories
from layers.choropleth import NO_DATA, TOO_FEW, Source, choropleth
from layers.footnote import how_classed
from layers.hideouts import hideout
from layers.measures import Kind, Measure
from layers.palettes import RAMPS, TOKENS, hatch_over
from layers.sheet import sheet
from words import words_of

SOURCE = Source("Daftar", date(2026, 9, 30))
WORDS = words_of("ms")
KINDS = (Category("a", "#112233", "Pertama"), Category("b", "#aabbcc", "Kedua"))
RATE = Measure(key="tegar_rate", kind=Kind.RATE, columns=("rate",), ramp="poor")


def test_each_area_has_the_colour_and_the_words_of_its_kind() -> None:
    judged = [Judged("0801", "A", "b"), Judged("0802", "B", "b"), Judged("0803", "C", None),
              Judged("0804", "D", "a", hidden=True)]  # fmt: skip
    layer = categories(judged, KINDS, name="tegar", source=SOURCE, level="district", how="Begini")
    assert layer.classes == (1, 1, NO_DATA, TOO_FEW)
    assert layer.written == ("Kedua", "Kedua", "", "")
    assert [(row.label, row.areas) for row in layer.legend_rows] == [("Pertama", 0), ("Kedua", 2), ("", 1), ("", 1)]
    assert how_classed(layer, WORDS) == "Begini"
    assert set(layer.ranks) == {None}
    # what is hidden stands nowhere in what goes to the browser
    assert hideout(layer, WORDS)["areas"]["0804"] == [TOO_FEW, "", None]


def _rates() -> pd.DataFrame:
    return pd.DataFrame({
        "area_code": ["0801", "0802", "0803"], "area_name": ["A", "B", "C"], "rate": [0.1, 0.9, 0.3],
        "unsure": [False, True, False],
    })  # fmt: skip


def test_what_rests_on_few_is_hatched_and_not_ranked() -> None:
    layer = choropleth(_rates(), measure=RATE, scheme=Scheme.EQUAL, source=SOURCE, k=2)
    assert layer.unsure == (False, True, False)
    assert layer.ranks == (2, None, 1)
    assert layer.ranked == 2
    told = hideout(layer, WORDS)
    assert told["unsure"] == ["0802"]
    assert len(told["unsureInk"]) == len(layer.colours)
    square = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"code": code, "name": name},
         "geometry": shapely.geometry.mapping(shapely.box(place, 0, place + 1, 1))}
        for place, (code, name) in enumerate(zip(layer.codes, layer.names, strict=True))
    ]}  # fmt: skip
    drawn = sheet(layer, square, WORDS, title="A", size=(800, 600))
    assert [bool(polygon.hatch) for polygon in drawn.map] == [False, True, False]


def test_nothing_is_hatched_where_nothing_is_unsure() -> None:
    layer = choropleth(_rates().drop(columns="unsure"), measure=RATE, scheme=Scheme.EQUAL, source=SOURCE, k=2)
    assert layer.unsure == (False, False, False)
    assert "unsure" not in hideout(layer, WORDS)


def test_lines_over_a_colour_stand_out_from_it() -> None:
    assert hatch_over(RAMPS["poor"][0]) == TOKENS["muted"]
    assert hatch_over(RAMPS["poor"][-1]) == TOKENS["paper"]


def test_a_distance_is_written_in_kilometres_and_classed_to_a_tenth() -> None:
    frame = pd.DataFrame({"area_code": ["0801", "0802"], "area_name": ["A", "B"], "km": [3.14, 46.6]})
    measure = Measure(key="compared_access", kind=Kind.DISTANCE, columns=("km",), ramp="cost")
    layer = choropleth(frame, measure=measure, scheme=Scheme.QUANTILES, source=SOURCE, k=2)
    assert layer.written == ("3.1 km", "46.6 km")
    assert all(label.endswith("km") for label in layer.labels)
    assert measure.write(None) == "\N{EM DASH}"
