"""What would be, at a browser: slid and typed by keyboard, in both languages, with the lists behind the figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import ADMINISTRATOR
from words import words_of

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

PATH = "/bagaimana-jika"


def test_what_is_slid_and_typed_is_worked_out_and_stays_in_the_address(visitor: Visitor) -> None:
    ms, en = words_of("ms"), words_of("en")
    visitor.signed_in(ADMINISTRATOR, then=PATH).settled()
    page = visitor.page
    said = page.locator("#what-if-said")
    expect(said).to_contain_text(ms("sim.said_nothing"))
    page.locator("#what-if-pgk").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("PGK +60%")
    slider = page.get_by_role("slider", name=ms("sim.slide", name=ms("sim.field_pgk")))
    expect(slider).to_have_value("60")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("PGK +61%")
    expect(page.locator("#what-if-pgk")).to_have_value("61")
    expect(page).to_have_url(re.compile(r"\?pgk=61$"))
    page.get_by_role("link", name=ms("sim.list_in")).press("Enter")
    expect(page.locator("#what-if-moves").get_by_role("heading")).to_have_text(ms("sim.list_in"))
    visitor.settled()
    assert faults(page) == []
    visitor.reading("en").open(f"{PATH}?pgk=61&anak_rm=50&senarai=in").settled()
    expect(page.locator("#what-if-said")).to_contain_text("RM50 a month is paid for each child under 7")
    expect(page.locator("#what-if-moves").get_by_role("heading")).to_have_text(en("sim.list_in"))
    visitor.sized((390, 844))
    assert not sticks_out(page)
    assert faults(page) == []


def test_scenarios_are_saved_compared_and_dropped_by_keyboard(visitor: Visitor) -> None:
    ms = words_of("ms")
    page = visitor.signed_in(ADMINISTRATOR, then=f"{PATH}?pgk=10").settled().page
    for name, asked in (("PGK naik sepuluh", "pgk=10"), ("Bantuan anak seratus", "anak_rm=100")):
        visitor.open(f"{PATH}?{asked}").settled()
        page.locator("#what-if-name").fill(name)
        page.locator("#what-if-save").press("Enter")
        expect(page.locator("#what-if-saved").get_by_role("link", name=name, exact=True)).to_be_visible()
    for name in ("PGK naik sepuluh", "Bantuan anak seratus"):
        page.get_by_role("link", name=ms("sim.beside", name=name)).press("Enter")
    compared = page.get_by_role("heading", name=ms("sim.compared", area=ms("map.country")))
    expect(compared).to_be_visible()
    assert faults(visitor.settled().page) == []
    page.get_by_role("button", name=ms("sim.drop", name="PGK naik sepuluh")).press("Enter")
    expect(page.locator("#what-if-message")).to_have_text(ms("sim.dropped"))
    expect(page.get_by_role("link", name="PGK naik sepuluh", exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="Bantuan anak seratus", exact=True)).to_be_visible()
