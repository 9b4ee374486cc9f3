"""Claims about the map on screen."""

import json
import re
from pathlib import Path
from typing import Any

from dash.development.base_component import Component

from layers import legends, screen
from layers.points import points
from layers.screen import MapIds
from tests.unit.layers.test_points import MIXED
from tests.unit.layers.words import words
from tests.unit.layers.world import made

MAP_JS = Path(__file__).parents[3] / "dashboard/assets/js/map.js"
IDS = MapIds("peta")


def parts(component: Any) -> list[Component]:
    return [component, *(inner for _, inner in component._traverse_with_paths())]


def kinds(component: Component) -> set[str]:
    return {type(part).__name__ for part in parts(component)}


def text(component: Component) -> str:
    return json.dumps(component.to_plotly_json(), default=lambda part: part.to_plotly_json())


def test_the_hideout_has_class_text_and_rank_of_each_area() -> None:
    told = screen.hideout(made(), words)
    assert told["areas"] == {"0801": [-2, "", None], "0802": [0, "70", 2], "0803": [1, "1,000", 1]}
    assert (len(told["colours"]), told["n"]) == (2, 2)


def test_what_goes_to_the_browser_is_a_few_plain_values() -> None:
    told = screen.hideout(made(), words)
    assert json.loads(json.dumps(told)) == told


def test_a_hot_area_is_drawn_in_what_stands_out_from_its_colour() -> None:
    assert screen.hideout(made(), words)["hot"] == ["#1b2326", "#ffffff"]


def test_the_picture_names_the_file_of_its_shapes() -> None:
    told = screen.picture(made(), words, page="peta", url="/b/08.json")
    assert (told["key"], told["url"], told["bounds"]) == ("peta", "/b/08.json", None)


def test_the_legend_states_method_ranges_counts_source_and_accuracy() -> None:
    shown = text(legends.legend(made(), words))
    how = "legend.method_fewer method=scheme.quantiles classes=2 asked=5"
    for part in (how, '"70"', '1,000"', "31/01/2025", "15 km"):
        assert part in shown


def test_areas_beneath_households_have_swatches_as_faint_as_they_are() -> None:
    assert f'"opacity": {legends.FAINT}' in text(legends.legend(made(), words, faint=True))
    assert "opacity" not in text(legends.legend(made(), words))


def test_the_legend_explains_hatching_only_where_there_is_some() -> None:
    shown = text(legends.legend(made(), words))
    assert "legend.too_few" in shown
    assert "legend.no_data" not in shown


def test_no_tile_is_asked_for_unless_an_address_was_set() -> None:
    assert "TileLayer" not in kinds(screen.map_view(IDS, words))
    assert "TileLayer" in kinds(screen.map_view(IDS, words, tile_url="/tiles/{z}/{x}/{y}.png"))


def test_the_map_has_an_id_for_all_that_a_page_listens_to() -> None:
    ids = {getattr(part, "id", None) for part in parts(screen.map_view(IDS, words))}
    wanted = {IDS.map, IDS.points, IDS.picture, IDS.status, IDS.picked, IDS.point, IDS.up}
    assert wanted <= ids


def test_every_function_the_components_name_is_in_the_script() -> None:
    drawn = text(screen.map_view(IDS, words)) + text(
        screen.place_view("m", "p", words, latitude=4.4, longitude=101.0, draggable=True)
    )
    named = set(re.findall(r'"variable": "ekasih\.map\.(\w+)"', drawn))
    script = MAP_JS.read_text(encoding="utf-8")
    exported = re.search(r"map: \{ ([\w, ]+) \}", script)
    assert exported is not None
    assert named == set(exported.group(1).split(", "))


def test_the_script_never_makes_code_or_markup_out_of_text() -> None:
    script = MAP_JS.read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", script)


def test_the_data_attributes_the_script_reads_are_on_the_frame() -> None:
    frame = screen.map_view(IDS, words).to_plotly_json()["props"]
    assert {"data-ek-map", "data-picked", "data-point", "data-up", "data-label"} <= set(frame)


def test_a_household_is_drawn_with_the_circle_of_its_accuracy() -> None:
    view = screen.place_view("m", "p", words, latitude=4.4, longitude=101.0, accuracy_m=4000)
    circle = next(part for part in parts(view) if type(part).__name__ == "Circle")
    assert circle.radius == 4000


def test_a_place_known_exactly_has_no_circle() -> None:
    assert "Circle" not in kinds(screen.place_view("m", "p", words, latitude=4.4, longitude=101.0))


def test_a_marker_can_be_dragged_only_where_that_is_allowed() -> None:
    view = screen.place_view("m", "p", words, latitude=4.4, longitude=101.0)
    marker = next(part for part in parts(view) if type(part).__name__ == "Marker")
    assert marker.draggable is False


def test_how_many_are_shown_is_always_said() -> None:
    assert legends.points_shown(points(MIXED, total=1500), words) == "map.shown shown=41 total=1,500"


def test_points_have_a_colour_and_a_word_for_each_status() -> None:
    told = screen.points_hideout(words)
    assert set(told["statuses"]) == set(told["words"]["statuses"])


def test_a_place_that_is_moved_keeps_its_former_point_among_the_boundaries() -> None:
    view = screen.place_view(
        "m", "p", words, latitude=4.4, longitude=101.0, draggable=True, former="here until now", land_url="/sempadan/x"
    )
    ring = next(part for part in parts(view) if type(part).__name__ == "CircleMarker")
    assert ring.center == [4.4, 101.0]
    assert "here until now" in text(view)
    edges = next(part for part in parts(view) if type(part).__name__ == "GeoJSON")
    assert (edges.url, edges.style["fill"]) == ("/sempadan/x", False)
