"""The first look costs little: a map is drawn by few scripts, a chart by the small library; the rest comes after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser.visitor import PLANNER

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

LIMIT = 350 * 1024
LOADED = """performance.getEntriesByType("resource").filter((one) => /\\.js(\\?|$)/.test(one.name))
    .map((one) => ({ name: one.name, size: one.encodedBodySize, early: one.startTime < (window.drawnAt || 0) }))"""
WATCH = """document.addEventListener("ekasih:drawn", () => {
    if (window.drawnAt) return;
    window.drawnAt = performance.now();
    window.sizes = new Set();
    const frame = document.querySelector(".ek-map-frame");
    new ResizeObserver(() => window.sizes.add(`${frame.clientWidth} x ${frame.clientHeight}`)).observe(frame);
})"""


def loaded(visitor: Visitor) -> list[dict[str, Any]]:
    """The scripts of the page, by size as they came, and whether they were asked for before the map was drawn."""
    found: list[dict[str, Any]] = visitor.page.evaluate(LOADED)
    return found


def test_the_map_is_drawn_after_350_kib_of_script_and_then_its_choices_come(visitor: Visitor) -> None:
    visitor.page.add_init_script(WATCH)
    visitor.signed_in(PLANNER)
    expect(visitor.page.locator("input#poverty-map-measure")).to_be_visible()
    early = [script for script in loaded(visitor) if script["early"]]
    assert 200_000 < sum(script["size"] for script in early) <= LIMIT
    assert [script for script in loaded(visitor) if "mantine" in script["name"] and not script["early"]]
    assert [script for script in loaded(visitor) if "ag_grid" in script["name"]] == []
    # what comes later has its place already: a map of another size would be drawn again
    visitor.settled()
    assert len(visitor.page.evaluate("[...window.sizes]")) == 1


def test_a_chart_is_drawn_without_the_whole_charting_library(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/kpi?in=08")
    expect(visitor.page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    assert sum(script["size"] for script in loaded(visitor) if "plotly" in script["name"]) < 400_000
