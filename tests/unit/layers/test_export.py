"""Claims about the map in one file."""

import json
import re
from html.parser import HTMLParser

import pytest

from layers import bubbles
from layers.export import NothingToExportError, export_html
from tests.unit.layers.words import words
from tests.unit.layers.world import SHAPES, made


class Page(HTMLParser):
    """Gathers what a browser would fetch, and the text outside scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.languages: list[str] = []
        self.texts: list[str] = []
        self.inside: str = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        for name, value in attrs:
            if name in {"src", "href", "data", "action", "poster", "srcset"} and value:
                self.fetched.append(value)
            if tag == "html" and name == "lang" and value:
                self.languages.append(value)

    def handle_data(self, data: str) -> None:
        if self.inside not in {"script", "style"}:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(self.texts)


def export(**choices: str) -> str:
    return export_html(made(), SHAPES, words, title="Peta <Perak>", **choices)


def test_the_page_fetches_nothing() -> None:
    assert Page(export()).fetched == []


def test_no_style_points_outside_the_file() -> None:
    styles = "".join(re.findall(r"<style>(.*?)</style>", export(), flags=re.DOTALL))
    assert "url(" not in styles
    assert "@import" not in styles


def test_the_map_library_is_inside() -> None:
    page = export()
    assert "Leaflet 1.9.4" in page
    assert "sourceMappingURL" not in page


def test_title_legend_date_and_accuracy_are_there_to_read() -> None:
    text = Page(export()).text
    for part in ("Peta <Perak>", "legend.method", "31/01/2025", "source.approximate_to distance=15 km"):
        assert part in text


def test_every_area_is_in_the_table_with_hidden_ones_named_as_hidden() -> None:
    text = Page(export()).text
    for part in ("Batang Padang", "legend.too_few", "Kinta", "1,000"):
        assert part in text


def test_a_hidden_figure_is_nowhere_in_the_file() -> None:
    shown = re.search(r'"code": "0801".{0,200}', export())
    assert shown is not None
    assert '"value": ""' in shown.group()


def test_a_name_cannot_break_out_of_its_place() -> None:
    page = export()
    assert "</script><b>Manjung" not in page
    assert "</script><b>Manjung" in Page(page).text


def test_areas_that_are_not_in_the_layer_are_left_out() -> None:
    assert '"0809"' not in export()


def test_coordinates_are_no_finer_than_ten_metres() -> None:
    page = export()
    assert "5.1235" in page
    assert "5.123456" not in page


@pytest.mark.parametrize("lang", ["ms", "en"])
def test_the_page_says_its_language(lang: str) -> None:
    assert Page(export(lang=lang)).languages == [lang]


def test_shapes_of_other_areas_are_refused() -> None:
    with pytest.raises(NothingToExportError):
        export_html(made(), {"type": "FeatureCollection", "features": []}, words, title="Peta")


def test_the_page_without_its_shapes_stays_small() -> None:
    assert len(export().encode()) < 250_000


def test_circles_are_drawn_where_they_are_asked_for_with_their_legend() -> None:
    layer, page = made(), export_html(made(), SHAPES, words, title="Perak", circles=True)
    told = {code: float(radius) for code, radius in re.findall(r'"code": "(\d+)"[^}]*?"radius": ([\d.]+)', page)}
    assert told == {code: round(radius, 2) for code, radius in bubbles.radii(layer).items()} | {"0801": bubbles.MARK}
    assert layer.colours[-1] not in page.split("<main>")[1].split("</main>")[0]
    text = Page(page).text
    assert "legend.circles" in text
    assert "legend.method" not in text
    assert {f"{count:,}" for count, _ in bubbles.examples(layer)} <= set(text.split())


def test_a_circle_stands_inside_its_area_and_a_hidden_count_has_the_same_mark_whatever_it_is() -> None:
    page = export_html(made(), SHAPES, words, title="Perak", circles=True)
    spots = dict(re.findall(r'"code": "(\d+)"[^}]*?"spot": (\[[^]]*\])', page))
    for code, spot in spots.items():
        latitude, longitude = json.loads(spot)
        west = 99.0 + int(code[-1])
        assert 4.0 < latitude < 5.13
        assert west < longitude < west + 1


def test_without_circles_nothing_of_them_is_in_the_file() -> None:
    assert '"radius":' not in export()
    assert "legend.circles" not in Page(export()).text
