"""A page is kept from the bar, made part of a presentation, and shown by the keys alone; a chart is taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.visitor import NARROW, OFFICER, WIDE, Visitor
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

_CLEAR = ("DELETE FROM ekasih.presentation", "DELETE FROM ekasih.saved_view")


def _keep(visitor: Visitor, language: str, path: str, name: str, *, phone: bool = False) -> None:
    words = words_of(language)
    visitor.open(path)
    if phone:
        # the bar has no room for it: it stands in the help of the page
        expect(visitor.page.locator(".ek-top a[data-ek-keep-view]")).to_be_hidden()
        visitor.page.locator("#frame-about-button").click()
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
        visitor.page.locator("#frame-about a[data-ek-keep-view]").press("Enter")
        expect(visitor.page.locator("#frame-about")).to_be_hidden()
    else:
        visitor.page.locator(".ek-top a[data-ek-keep-view]").click()
    form = visitor.page.locator("section.ek-panel").filter(has_text=words("views.address"))
    expect(form.locator("code")).to_have_text(path)
    form.get_by_label(words("views.name")).fill(name)
    form.get_by_role("button", name=words("views.save"), exact=True).click()
    expect(visitor.page.locator("#views-message")).to_have_text(words("views.done_keep"))


@pytest.mark.parametrize("language", ["ms", "en"])
def test_views_are_kept_and_presented_by_keys(visitor: Visitor, register: Engine, language: str) -> None:
    words, page = words_of(language), visitor.page
    visitor.reading(language).signed_in(OFFICER, then=None)
    _keep(visitor, language, "/kpi?in=0803", "Satu")
    visitor.sized(NARROW)
    _keep(visitor, language, "/jadual-silang?baris=strata", "Dua", phone=True)
    visitor.sized(WIDE)
    page.get_by_role("link", name=words("views.new_presentation")).click()
    page.get_by_label(words("views.name")).fill("Taklimat")
    for name in ("Satu", "Dua"):
        page.get_by_role("textbox", name=words("views.steps")).click()
        page.get_by_role("option", name=name).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=words("views.save"), exact=True).click()
    expect(page.locator("#views-message")).to_have_text(words("views.done_arrange"))
    page.locator("[data-ek-present]").first.click()
    bar = page.locator("#ek-present")
    expect(bar).to_contain_text("1 / 2 · Satu")
    expect(page).to_have_url(re.compile(r"/kpi\?in=0803$"))
    expect(page.locator("#frame-rail")).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile(r"/jadual-silang\?baris=strata"))
    page.keyboard.press("ArrowLeft")
    expect(bar).to_contain_text("1 / 2 · Satu")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/paparan$"))
    expect(bar).to_have_count(0)
    expect(page.locator("#frame-rail")).to_be_visible()
    with register.begin() as connection:
        for statement in _CLEAR:
            connection.execute(text(statement))


def test_a_chart_is_taken_away_as_a_picture_and_as_numbers(visitor: Visitor) -> None:
    page = visitor.signed_in(OFFICER, then="/kawasan/0803").page
    tools = page.locator(".ek-profile-part .ek-chart-files").first
    for name, ending in (("PNG", ".png"), ("SVG", ".svg"), ("CSV", ".csv")):
        with page.expect_download() as found:
            tools.get_by_role("link", name=name).click()
        assert found.value.suggested_filename.endswith(ending)
