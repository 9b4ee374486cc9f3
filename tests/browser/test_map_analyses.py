"""From the first map to the maps of its analyses in one press, and back: by keyboard, in both languages, on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import NARROW, OFFICER, PLANNER, WIDE, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PERAK = "/?in=08&level=mukim"


@pytest.mark.parametrize(
    ("who", "language", "size"),
    [(PLANNER, "ms", WIDE), (PLANNER, "en", NARROW), (OFFICER, "ms", NARROW)],
    ids=["planner-ms-wide", "planner-en-narrow", "officer-ms-narrow"],
)
def test_an_analysis_of_the_area_shown_is_one_press_from_the_map(
    browser: Browser, address: str, who: str, language: str, size: tuple[int, int]
) -> None:
    words = words_of(language)
    visitor = Visitor(browser, address)
    visitor.sized(size).signed_in(who, then=PERAK)
    page = visitor.page
    if language == "en":
        page.context.add_cookies([{"name": "ekasih_bahasa", "value": "en", "url": address}])
        page.reload()
    ways = page.get_by_role("navigation", name=words("map.analyses"))
    expect(ways.get_by_role("link")).to_have_text(
        [words(f"compared.view_{view}") for view in ("kadar", "poket", "capaian", "tercicir")]
    )
    assert not sticks_out(page)
    if size == WIDE:
        # seen without scrolling
        expect(ways).to_be_in_viewport()
    for view, title in (("kadar", "rates_title"), ("poket", "pockets_title_lisa"), ("capaian", "access_title")):
        ways.get_by_role("link", name=words(f"compared.view_{view}")).press("Enter")
        expect(page).to_have_url(re.compile(rf".*/analisis/kawasan\?lihat={view}&in=08&level=mukim$"))
        expect(page.get_by_role("heading", name=f"{words(f'compared.{title}')}: Perak")).to_be_visible()
        assert faults(visitor.settled().page) == []
        assert not sticks_out(page)
        page.get_by_role("link", name=words("compared.to_map")).press("Enter")
        expect(page).to_have_url(re.compile(r".*/\?in=08&level=mukim$"))
        expect(page.locator("#poverty-map-heading")).to_have_text("Perak")
    visitor.close()
