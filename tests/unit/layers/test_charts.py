"""Claims about the charts."""

import json
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from layers import charts
from layers.outlook import add_outlook
from layers.palettes import STATUS_COLOURS
from poverty.kpi.forecast import Band
from poverty.targets import LIGHTS
from tests.unit.layers.words import words

MONTHS = pd.date_range("2023-11-01", periods=4, freq="MS")
HISTORY = pd.DataFrame(
    {"month": MONTHS, "tegar": [40, 30, None, 20], "miskin": [100, 100, 90, 80], "value": [140, 130, None, 100]}
)
GROUPS = pd.DataFrame(
    {"label": ["Bandar", "Luar bandar"], "tegar": [10, None], "miskin": [30, None], "suppressed": [False, True]}
)
SURVEY = pd.DataFrame({"year": [2012, 2014, 2016, 2019, 2022], "poverty_absolute": [1.7, 0.6, 0.4, 5.6, 6.2]})

FIGURES = {
    "sparkline": lambda: charts.sparkline(HISTORY),
    "trend": lambda: charts.trend(HISTORY, words),
    "bars": lambda: charts.bars(GROUPS, words),
    "bullet": lambda: charts.bullet(30, target=20, baseline=50, track="kuning"),
    "survey": lambda: charts.survey(SURVEY, words),
}


def going_on() -> go.Figure:
    figure = charts.sparkline(HISTORY)
    bands = [Band(95, 90, 101, 85, 106), Band(90, 80, 102, 70, 112)]
    months = [date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1)]
    add_outlook(figure, months=months, last=100, bands=bands, target=80, colour="#102030")
    return figure


FIGURES["outlook"] = going_on


def test_a_forecast_is_a_fan_from_the_last_month_with_the_target_across() -> None:
    wide, narrow, middle = going_on().data[-3:]
    assert list(wide.y) == [100, 106, 112, 70, 85, 100]
    assert list(narrow.y) == [100, 101, 102, 80, 90, 100]
    assert list(middle.y) == [100, 95, 90]
    assert wide.fillcolor == "rgba(16,32,48,0.12)"
    assert [shape.y0 for shape in going_on().layout.shapes] == [80]


def texts(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def packed(value: Any) -> bool:
    if isinstance(value, dict):
        return "bdata" in value or any(packed(inner) for inner in value.values())
    return isinstance(value, list) and any(packed(inner) for inner in value)


@pytest.mark.parametrize("name", FIGURES)
def test_values_travel_as_plain_lists(name: str) -> None:
    assert not packed(json.loads(FIGURES[name]().to_json()))


@pytest.mark.parametrize("name", FIGURES)
def test_a_chart_lets_the_page_show_through(name: str) -> None:
    layout = FIGURES[name]().layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"


def test_statuses_keep_their_colour_in_lines_and_bars() -> None:
    lines = {trace.name: trace.line.color for trace in charts.trend(HISTORY, words).data}
    fills = {trace.name: trace.marker.color for trace in charts.bars(GROUPS, words).data}
    expected = {f"status.{status}": STATUS_COLOURS[status] for status in ("tegar", "miskin")}
    assert lines == fills == expected


def test_a_month_without_a_figure_is_a_gap_and_not_zero() -> None:
    tegar = next(trace for trace in charts.trend(HISTORY, words).data if trace.name == "status.tegar")
    assert tegar.y == (40, 30, None, 20)
    assert tegar.connectgaps is None


def test_the_trend_begins_at_zero() -> None:
    assert charts.trend(HISTORY, words).layout.yaxis.rangemode == "tozero"


def test_lines_are_named_at_their_end() -> None:
    assert sorted(texts(charts.trend(HISTORY, words))) == ["status.miskin", "status.tegar"]


def test_names_of_lines_that_end_together_are_kept_apart() -> None:
    close = HISTORY.assign(tegar=[79.0, 79.0, 79.0, 79.0])
    shifts = sorted(note.yshift for note in charts.trend(close, words).layout.annotations)
    assert shifts == [-8, 8]


def test_a_sparkline_marks_the_last_known_month() -> None:
    mark = charts.sparkline(HISTORY).data[1]
    assert (mark.x, mark.y) == (("2024-02-01",), (100,))


def test_a_history_without_figures_still_draws() -> None:
    assert len(charts.sparkline(HISTORY.assign(value=None)).data) == 1


def test_bars_write_their_total_and_say_what_is_hidden() -> None:
    assert texts(charts.bars(GROUPS, words)) == ["40", "legend.too_few"]


def test_the_survey_series_is_never_joined_over_its_break() -> None:
    before, after = charts.survey(SURVEY, words).data
    assert (before.x, after.x) == ((2012, 2014, 2016), (2019, 2022))
    assert texts(charts.survey(SURVEY, words)) == ["chart.series_break"]


def test_a_series_on_one_side_of_the_break_needs_no_remark() -> None:
    assert texts(charts.survey(SURVEY.loc[SURVEY["year"] > 2016], words)) == []


def test_a_bullet_shows_the_target_as_a_line_and_fits_everything() -> None:
    figure = charts.bullet(30, target=20, baseline=50, track="merah")
    assert figure.layout.shapes[0].x0 == 20
    assert figure.layout.xaxis.range[1] > 50


def test_every_light_has_a_track() -> None:
    tracks = [charts.bullet(30, target=20, track=light).data[0].marker.color for light in LIGHTS]
    assert set(tracks) == set(charts.TRACKS.values())


def test_a_bullet_without_figures_is_empty_and_no_error() -> None:
    assert charts.bullet(None, target=None, track="tiada_nilai").data == ()


def test_the_steps_of_a_way_are_lines_and_what_was_due_on_the_day_is_a_diamond() -> None:
    figure = charts.bullet(30, target=20, baseline=50, track="kuning", due=35, steps=[60, 25])
    assert [shape.x0 for shape in figure.layout.shapes] == [20, 60, 25]
    diamond = figure.data[-1]
    assert (diamond.marker.symbol, tuple(diamond.x)) == ("diamond", (35,))
    assert figure.layout.xaxis.range[1] > 60


def test_the_sentence_tells_first_last_change_and_extremes() -> None:
    told = charts.describe(HISTORY, words, column="tegar", label="Tegar")
    for part in (
        "first=40",
        "first_month=month.11 2023",
        "last=20",
        "last_month=month.02 2024",
        "▼ 50.0%",
        "lowest=20",
    ):
        assert part in told


def test_a_sentence_about_nothing_says_so() -> None:
    empty = HISTORY.assign(tegar=None)
    assert charts.describe(empty, words, column="tegar", label="Tegar") == "chart.no_data label=Tegar"


def test_the_sentence_of_a_bar_chart_names_what_is_hidden() -> None:
    assert charts.describe_groups(GROUPS, words) == "Bandar: 40; Luar bandar: legend.too_few"


def test_months_and_dates_are_malay_and_nothing_is_fetched() -> None:
    config = charts.chart_config("ms")
    language = config["locales"]["ms"]["format"]
    assert config["locale"] == "ms"
    assert (language["months"][0], language["days"][0], language["date"]) == ("Januari", "Ahad", "%d/%m/%Y")
    assert language["shortMonths"][2:5] == ["Mac", "Apr", "Mei"]
    assert "http" not in json.dumps(config)


def test_english_has_the_same_shape() -> None:
    english, malay = (charts.chart_config(lang)["locales"][lang]["format"] for lang in ("en", "ms"))
    assert english["months"][0] == "January"
    assert english.keys() == malay.keys()
