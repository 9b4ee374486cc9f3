"""Claims about the picture of a count over months."""

import re
from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from layers.trend import HEIGHT, axis_top, data_url, trend_svg
from tests.unit.layers.words import words

MONTHS = [date(2025, month, 1) for month in range(1, 7)]


def drawn(*values: float | None, breaks: tuple[date, ...] = ()) -> str:
    return trend_svg(list(zip(MONTHS, values, strict=False)), words, colour="#0b5c5e", breaks=breaks)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter() if element.tag.endswith("text")]


def test_the_axis_begins_at_zero_and_holds_the_highest() -> None:
    svg = drawn(1204, 1100, 1000)
    assert texts(svg)[:4] == ["0", "500", "1,000", "1,500"]
    heights = [float(pair.split(",")[1]) for pair in re.findall(r"[\d.]+,[\d.]+", svg.split("points=")[1])[:3]]
    assert all(0 < height < HEIGHT for height in heights)
    assert heights == sorted(heights)


def test_two_courses_can_have_one_axis() -> None:
    low = trend_svg([(MONTHS[0], 10), (MONTHS[1], 20)], words, colour="#0b5c5e", highest=1204)
    assert texts(low)[:4] == texts(drawn(1204, 1100, 1000))[:4]


def test_both_ends_are_written_and_the_months_named() -> None:
    shown = texts(drawn(40, 50, 60))
    assert {"40", "60", "month.01 2025", "month.03 2025"} <= set(shown)


def test_a_hidden_month_is_a_gap_and_its_count_nowhere() -> None:
    svg = drawn(40, 50, None, 60, 70)
    assert svg.count("<polyline") == 2


def test_a_break_of_series_is_marked_where_it_falls_in_the_course() -> None:
    assert "stroke-dasharray" in drawn(40, 50, 60, breaks=(date(2025, 2, 14),))
    assert "stroke-dasharray" not in drawn(40, 50, 60, breaks=(date(2024, 12, 14),))


def test_one_known_month_is_no_course() -> None:
    assert drawn(40, None) == ""


@pytest.mark.parametrize("highest", [0, 1, 2, 9, 10, 99, 1204, 16_828, 999_999])
def test_an_axis_ends_at_a_round_number_above_all(highest: float) -> None:
    top = axis_top(highest)
    assert top >= highest
    assert top % 3 == 0
    assert highest < 3 or top <= highest * 3.1


def test_the_picture_stays_itself_in_an_address() -> None:
    svg = drawn(40, 50)
    assert unquote(data_url(svg).removeprefix("data:image/svg+xml,")) == svg
