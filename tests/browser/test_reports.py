"""A report is made, read as pages and verified: by keyboard, in both languages, on a phone too."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from registry.publishing.publish import publish
from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import NARROW, PLANNER, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from sqlalchemy import Engine


@pytest.mark.parametrize("language", ["ms", "en"])
def test_a_report_is_made_by_keyboard_read_and_its_file_verified(
    browser: Browser, address: str, register: Engine, language: str
) -> None:
    with register.begin() as owner:
        publish(owner)
    words = words_of(language)
    visitor = Visitor(browser, address)
    visitor.signed_in(PLANNER, then="/laporan")
    page = visitor.page
    if language == "en":
        page.context.add_cookies([{"name": "ekasih_bahasa", "value": "en", "url": address}])
        page.reload()
    make = page.get_by_role("button", name=words("report.make"))
    expect(page.get_by_label(words("report.month"), exact=True).first).not_to_have_value("")
    expect(page.get_by_label(words("report.area"), exact=True).first).to_have_value(words("map.country"))
    assert faults(visitor.settled().page) == []
    make.press("Enter")
    page.locator("#reports-said").get_by_role("link").press("Enter")
    first = page.locator(".ek-report-page").first
    expect(first).to_be_visible()
    page.wait_for_function("() => document.querySelector('.ek-report-page').naturalWidth > 0")
    assert faults(visitor.settled().page) == []
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF", exact=True).click()
    made = taken.value.path().read_bytes()
    visitor.sized(NARROW)
    assert not sticks_out(page)
    page.goto(f"{address}/laporan/sahkan")
    page.locator("#reports-typed").fill(hashlib.sha256(made).hexdigest())
    page.get_by_role("button", name=words("report.verify_press")).press("Enter")
    number = page.locator("#reports-found").get_by_role("link")
    expect(number).to_contain_text("PDF")
    assert faults(visitor.settled().page) == []
    assert not sticks_out(page)
    visitor.close()
