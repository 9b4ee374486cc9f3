"""The map over time, by keyboard: months that play, two of them side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import PLANNER
from words import words_of

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor


@pytest.mark.parametrize("language", ["ms", "en"])
def test_months_are_played_by_keyboard_and_the_address_follows(visitor: Visitor, language: str) -> None:
    words = words_of(language)
    visitor.reading(language).signed_in(PLANNER, then="/?level=district")
    page = visitor.page
    opener = page.get_by_role("button", name=words("time.open"))
    opener.focus()
    page.keyboard.press("Enter")
    slider = page.get_by_role("slider", name=words("time.slider"))
    said = page.locator(".ek-time-said")
    slider.focus()
    page.keyboard.press("Home")
    expect(said).to_contain_text("Malaysia")
    first = page.locator(".ek-time-month").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ek-time-month")).not_to_have_text(first)
    expect(page).to_have_url(re.compile(r"month=20\d\d-\d\d&scale=all"))
    expect(page.locator(".ek-legend")).to_contain_text(words("legend.over_months").split("{")[0].strip())
    shown = page.locator(".ek-time-month").inner_text()
    page.get_by_role("button", name=words("time.play"), exact=True).press("Enter")
    expect(page.locator(".ek-time-month")).not_to_have_text(shown)
    page.get_by_role("button", name=words("time.pause"), exact=True).press("Enter")
    expect(page.locator(".ek-time-month")).not_to_have_text(shown)
    assert not faults(page)
    assert not sticks_out(page)


def test_two_dates_are_chosen_and_both_maps_look_at_the_same_place(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/peta-masa?level=district")
    page = visitor.page
    expect(page.locator("canvas.ek-names")).to_have_count(2)
    scales = page.locator(".leaflet-control-scale-line")
    before = scales.nth(1).inner_text()
    zoom = page.get_by_role("button", name=words_of("ms")("map.zoom_in")).first
    zoom.focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(scales.nth(1)).not_to_have_text(before)
    expect(scales.nth(1)).to_have_text(scales.nth(0).inner_text())
    page.locator("#map-dates-first").click()
    page.locator("[role=option]:visible").nth(3).click()
    expect(page).to_have_url(re.compile(r"dari=20\d\d-\d\d"))
    visitor.settled()
    assert not faults(page)
    visitor.open("/peta-masa?level=district&mode=bulan")
    expect(page.locator(".ek-dates-many img")).to_be_visible()
    expect(page.locator(".ek-dates-table thead th")).to_have_count(14)
    assert not sticks_out(page)
