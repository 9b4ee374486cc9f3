"""Claims about the sheet that pictures and printed maps are drawn from."""

from xml.etree import ElementTree as ET

import pytest

from layers.drawn import Sheet, svg
from layers.drawn import Text as Written
from layers.sheet import scale_km, sheet
from tests.unit.layers.words import words
from tests.unit.layers.world import SHAPES, made

SIZE = (842.0, 595.0)


def drawn() -> Sheet:
    return sheet(made(), SHAPES, words, title="Perak: Daerah", size=SIZE)


def told(texts: tuple[Written, ...]) -> str:
    return " | ".join(text.words for text in texts)


def test_it_says_title_measure_classes_source_scale_and_north() -> None:
    shown = told(drawn().texts)
    for part in ("Perak: Daerah", "measure.poor", "legend.method_fewer", "31/01/2025", " km", "sheet.north"):
        assert part in shown


def test_all_of_it_lies_on_the_sheet() -> None:
    made_sheet = drawn()
    places = [place for part in (*made_sheet.map, *made_sheet.legend) for ring in part.rings for place in ring]
    places += [text.place for text in (*made_sheet.names, *made_sheet.texts)]
    assert all(0 <= x <= SIZE[0] and 0 <= y <= SIZE[1] for x, y in places)


def test_no_name_lies_on_another_and_none_stands_without_its_value() -> None:
    names = [text.words for text in drawn().names]
    assert "1,000" in names
    assert names.index("1,000") == names.index("0803") + 1


def test_a_hidden_area_is_hatched_and_its_value_nowhere() -> None:
    made_sheet = drawn()
    assert any(part.hatch for part in made_sheet.map)
    at = [text.words for text in made_sheet.names].index("0801")
    assert made_sheet.names[at + 1].words != "0"


def test_the_picture_is_sound_and_a_name_is_never_markup() -> None:
    layer = made()
    shapes = {"features": [{**SHAPES["features"][1], "properties": {"code": "0802", "name": "</text><b>"}}]}
    document = ET.fromstring(svg(sheet(layer, shapes, words, title="<x>", size=SIZE)))
    texts = [element.text for element in document.iter() if element.tag.endswith("}text")]
    assert {"</text><b>", "<x>"} <= set(texts)


@pytest.mark.parametrize(("per_degree", "kilometres"), [(40, 200), (400, 20), (4000, 2)])
def test_the_bar_of_the_scale_is_a_round_number_of_kilometres(per_degree: float, kilometres: int) -> None:
    assert scale_km(per_degree, 786) == kilometres
