"""Every page of the portal and every state of its forms: axe, 320 px, forced colours, by keyboard alone, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from portal.home import CARDS
from portal.language import LANGUAGES
from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MS = words_of("ms")
SMALL = (320, 640)


def small_targets(page: Page) -> list[str]:
    """What is pressed and is less than 44 px high, but for links within a sentence or a list."""
    return list(
        page.eval_on_selector_all(
            "button, select, summary, a.main, .cards a, input:not([type=hidden], [type=radio], [type=checkbox])",
            """(found) => found.filter((one) => one.offsetParent && one.getBoundingClientRect().height < 43.5)
                .map((one) => one.outerHTML.slice(0, 80))""",
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_sound_on_the_smallest_phone(browser: Browser, address: str, language: str) -> None:
    visitor = Visitor(browser, address).sized(SMALL).reading(language)
    page = visitor.page
    for path in ("/awam", "/awam/kod", "/awam/tiada", *(f"/awam/{card}" for card in CARDS)):
        page.goto(address + path)
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert not sticks_out(page), path
        assert small_targets(page) == [], path
        if language in {"ms", "ta"}:
            assert faults(page) == [], path


def test_the_pages_are_read_in_forced_colours_without_motion_and_on_paper(browser: Browser, address: str) -> None:
    visitor = Visitor(browser, address)
    page = visitor.page
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(f"{address}/awam/semak")
    page.get_by_label(MS("semak.by_kaunter")).check()
    widths = page.get_by_role("button", name=MS("semak.send")).evaluate("(one) => getComputedStyle(one).borderTopWidth")
    assert widths != "0px"
    page.emulate_media(media="print", forced_colors="none")
    page.goto(f"{address}/awam/hubungi")
    expect(page.locator(".languages").first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_a_form_is_filled_in_by_keyboard_alone(browser: Browser, address: str) -> None:
    visitor = Visitor(browser, address).sized(SMALL)
    page = visitor.page
    page.goto(f"{address}/awam/kod")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#isi")).to_be_focused()
    for _ in LANGUAGES:
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label(MS("semak.identity"))).to_be_focused()
    page.keyboard.type("900101081234")
    page.keyboard.press("Tab")
    page.keyboard.type("0000-0000-0000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=MS("kod.no_match"))).to_be_visible()
