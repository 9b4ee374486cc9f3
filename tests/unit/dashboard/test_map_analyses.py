"""The map leads to its analyses with the area and level shown, which are kept there and lead back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from dashboard.pages.areas_compared.view import PATH, VIEWS, ComparedView
from dashboard.pages.poverty_map.analyses import analyses
from dashboard.pages.poverty_map.reading import Place
from dashboard.pages.poverty_map.view import MapView
from queries.maps import Area
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from words import Words

MALAYSIA = Area("MY", "country", "Malaysia", None, None)
PERAK = Area("08", "state", "Perak", "MY", "08")
KINTA = Area("0803", "district", "Kinta", "08", "08")
MUKIM = Area("080305", "mukim", "Sungai Terap", "0803", "08")
SEAT = Area("P.064", "parliament", "Ipoh Timor", "08", "08")


def led_to(words: Words, *lineage: Area, level: str = "") -> list[ComparedView]:
    view = MapView.parse({"in": lineage[-1].code, "level": level})
    nothing: Any = None
    links = [one.href for one in analyses(Place(view, lineage, nothing, nothing, known=True), words)._traverse()
             if type(one).__name__ == "Link"]  # fmt: skip
    assert {urlsplit(link).path for link in links} == {PATH}
    return [ComparedView.parse(dict(parse_qsl(urlsplit(link).query))) for link in links]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("lineage", "level", "expected"),
    [
        ((MALAYSIA,), "", ("MY", "state")),
        ((MALAYSIA,), "parliament", ("MY", "parliament")),
        ((MALAYSIA, PERAK), "mukim", ("08", "mukim")),
        ((MALAYSIA, PERAK, KINTA), "", ("0803", "mukim")),
        ((MALAYSIA, PERAK, KINTA, MUKIM), "", ("0803", "mukim")),
        ((MALAYSIA, PERAK, SEAT), "", ("08", "dun")),
    ],
)
def test_every_analysis_is_one_press_from_the_map_of_any_area(
    language: str, lineage: tuple[Area, ...], level: str, expected: tuple[str, str]
) -> None:
    found = led_to(words_of(language), *lineage, level=level)
    assert {one.view for one in found} == set(VIEWS)
    assert {(one.area, one.level) for one in found} == {expected}


def test_the_level_is_kept_through_every_step_of_an_analysis() -> None:
    state = ComparedView.parse({"lihat": "poket", "in": "08", "level": "mukim"})
    assert state.but(area="0803", view="kadar").query() == {"lihat": "kadar", "in": "0803", "level": "mukim"}
    assert ComparedView.parse({"level": "jalan"}).level == ""
