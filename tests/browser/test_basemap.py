"""A basemap of one's own: its parts come from our server, it is drawn beneath the areas, and may be left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from registry.areas.basemaps import add_basemap, remove_basemap
from registry.areas.boundaries import load_bundled
from registry.db import OWNER_ROLE, make_engine
from tests.browser.looks import each_look, faults, sticks_out
from tests.browser.serving import served, visiting
from tests.browser.visitor import COORDINATOR, OFFICER, PLANNER, Visitor
from tests.pmtiles import sea
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from registry.installation.cluster import Cluster

MS = words_of("ms")
WATER = "203,221,232"
PIXELS = """() => {
    const tiles = [...document.querySelectorAll(".leaflet-ek-basemap-pane canvas")];
    return tiles.map((tile) => [...tile.getContext("2d").getImageData(tile.width / 2, tile.height / 2, 1, 1).data]);
}"""
DRAWN = f"""(water) => {{
    const all = ({PIXELS})();
    return all.length && all.every((pixel) => pixel.slice(0, 3).join() === water);
}}"""
ORDER = """() => ["ek-basemap", "overlay"].map((name) =>
    Number(getComputedStyle(document.querySelector(`.leaflet-${name}-pane`)).zIndex))"""


@pytest.fixture(scope="module")
def home(cluster: Cluster, sample_register: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with boundaries and nothing else."""
    folder = tmp_path_factory.mktemp("home")
    engine = make_engine(cluster.url(user=OWNER_ROLE, database=sample_register).render_as_string(hide_password=False))
    with engine.begin() as connection:
        load_bundled(connection, home=folder)
    engine.dispose()
    return folder


@pytest.fixture(scope="module")
def address(cluster: Cluster, sample_register: str, home: Path) -> Iterator[str]:
    with served(cluster, sample_register, home=home) as place:
        yield place


@pytest.fixture
def basemap(home: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a basemap that is nothing but sea."""
    file = tmp_path / "laut.pmtiles"
    file.write_bytes(sea())
    kept = add_basemap(home, file)
    yield f"/peta-dasar/{kept.file_name}"
    remove_basemap(home, kept.number)


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    with visiting(browser, address) as visitor:
        yield visitor


def drawn(visitor: Visitor) -> None:
    """Wait until every tile of the basemap has been drawn."""
    expect(visitor.page.locator(".ek-basemap-owner")).to_be_visible()
    visitor.page.wait_for_function(DRAWN, arg=WATER)


def switch(visitor: Visitor) -> None:
    """Press the choice by keyboard."""
    choice = visitor.page.get_by_role("switch", name=MS("map.basemap"))
    choice.focus()
    visitor.page.keyboard.press("Space")


def test_its_parts_come_from_our_server_and_are_drawn_beneath_the_areas(visitor: Visitor, basemap: str) -> None:
    answers: dict[str, set[int]] = {}
    visitor.page.on("response", lambda one: answers.setdefault(one.url.split("?")[0], set()).add(one.status))
    visitor.signed_in(PLANNER, then="/?in=08")
    drawn(visitor)
    assert answers[f"{visitor.address}{basemap}"] == {206}
    beneath, areas = visitor.page.evaluate(ORDER)
    assert beneath < areas
    expect(visitor.page.locator(".ek-basemap-owner")).to_have_text("© OpenStreetMap & kawan")


def test_it_is_left_out_and_laid_again_by_keyboard_and_the_address_keeps_it(visitor: Visitor, basemap: str) -> None:
    assert basemap
    visitor.signed_in(COORDINATOR, then="/?in=08")
    drawn(visitor)
    switch(visitor)
    expect(visitor.page).to_have_url(re.compile(r"base=0"))
    expect(visitor.page.locator(".ek-basemap-owner")).to_have_count(0)
    assert visitor.page.evaluate(PIXELS) == []
    visitor.page.reload()
    expect(visitor.page.locator("#poverty-map-heading")).to_have_text("Perak")
    expect(visitor.page.get_by_role("switch", name=MS("map.basemap"))).not_to_be_checked()
    expect(visitor.page.locator(".ek-basemap-owner")).to_have_count(0)
    switch(visitor)
    drawn(visitor)
    expect(visitor.page).not_to_have_url(re.compile(r"base="))


def test_it_is_offered_where_it_can_be_drawn_and_names_its_places_alone(visitor: Visitor, basemap: str) -> None:
    assert basemap
    visitor.signed_in(PLANNER)
    choice = visitor.page.get_by_role("switch", name=MS("map.basemap"))
    expect(choice).to_have_count(0)
    visitor.page.get_by_role("button", name=MS("map.true_position")).click()
    expect(choice).to_be_visible()
    visitor.open("/?in=0803")
    drawn(visitor)
    names = visitor.page.locator("canvas.ek-names")
    expect(names).to_have_attribute("data-places", "")
    switch(visitor)
    expect(names).to_have_attribute("data-places", re.compile("Gopeng|Lenggong"))


def test_a_step_into_an_area_keeps_it(visitor: Visitor, basemap: str) -> None:
    assert basemap
    visitor.signed_in(COORDINATOR, then="/?in=08")
    drawn(visitor)
    visitor.page.locator('.ek-poverty-map-table tr[data-area="0803"]').get_by_role("link").click()
    expect(visitor.page.locator("#poverty-map-heading")).to_have_text("Kinta")
    drawn(visitor)


def test_without_one_nothing_of_it_is_offered_or_loaded(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda one: asked.append(one.url))
    visitor.signed_in(PLANNER)
    expect(visitor.page.locator("#poverty-map-heading")).to_be_visible()
    expect(visitor.page.get_by_role("switch", name=MS("map.basemap"))).to_have_count(0)
    assert not [url for url in asked if "protomaps" in url or "peta-dasar" in url]


def test_a_file_that_is_gone_leaves_the_map_as_it_is_without(visitor: Visitor, home: Path, basemap: str) -> None:
    visitor.signed_in(PLANNER, then="/?in=08")
    drawn(visitor)
    (home / "basemaps" / basemap.rsplit("/", 1)[1]).rename(home / "away")
    try:
        visitor.page.reload()
        expect(visitor.page.locator("#poverty-map-heading")).to_be_visible()
        expect(visitor.page.locator(".ek-basemap-owner")).to_have_count(0)
        expect(visitor.page.locator(".ek-poverty-map-table tbody tr")).not_to_have_count(0)
    finally:
        (home / "away").rename(home / "basemaps" / basemap.rsplit("/", 1)[1])


@each_look
def test_with_it_the_page_has_no_accessibility_fault(
    visitor: Visitor, basemap: str, language: str, size: tuple[int, int]
) -> None:
    assert basemap
    visitor.sized(size).reading(language).signed_in(PLANNER, then="/?in=08")
    drawn(visitor)
    assert faults(visitor.page) == []
    assert not sticks_out(visitor.page)


def test_the_place_of_a_household_stands_on_it(visitor: Visitor, basemap: str) -> None:
    assert basemap
    visitor.signed_in(OFFICER, then="/isi-rumah/1")
    visitor.page.locator("#households-place").scroll_into_view_if_needed()
    drawn(visitor)
