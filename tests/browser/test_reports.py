"""Reports and tables of one's own are made, read and verified, and tools connected: by keyboard, in both languages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from registry.publishing.publish import publish
from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import NARROW, OFFICER, PLANNER, Visitor
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


@pytest.mark.parametrize("language", ["ms", "en"])
def test_a_table_of_ones_own_is_kept_made_and_retired(
    browser: Browser, address: str, register: Engine, language: str
) -> None:
    with register.begin() as owner:
        publish(owner)
    words = words_of(language)
    visitor = Visitor(browser, address)
    page = visitor.signed_in(PLANNER, then=None).page
    page.context.add_cookies([{"name": "ekasih_bahasa", "value": language, "url": address}])
    visitor.open("/laporan/jadual").settled()
    expect(page.locator(".mantine-Notification-root")).to_have_count(0)
    page.get_by_label(words("report.table_name"), exact=True).fill(f"Miskin {language}")
    page.get_by_role("button", name=words("report.table_save"), exact=True).press("Enter")
    kept = page.locator(".ek-report-list li", has_text=f"Miskin {language}")
    expect(kept).to_be_visible()
    kept.get_by_role("button", name=words("report.table_make")).press("Enter")
    expect(page.locator("#reports-tables-result").get_by_role("link")).to_be_visible()
    assert faults(visitor.settled().page) == []
    page.locator("#reports-tables-result").get_by_role("link").press("Enter")
    expect(page.locator(".ek-report-page").first).to_be_visible()
    page.go_back()
    kept.get_by_role("button", name=words("report.table_retire")).press("Enter")
    expect(kept).to_have_count(0)
    expect(page.locator("#reports-tables-result")).to_contain_text(words("report.table_retired"))
    visitor.close()


@pytest.mark.parametrize("language", ["ms", "en"])
def test_a_key_of_a_tool_is_made_and_ended(browser: Browser, address: str, language: str) -> None:
    words = words_of(language)
    visitor = Visitor(browser, address)
    page = visitor.signed_in(OFFICER, then=None).page
    page.context.add_cookies([{"name": "ekasih_bahasa", "value": language, "url": address}])
    visitor.open("/sambungan").settled()
    page.locator("#sambungan-name").fill(f"QGIS {language}")
    page.locator("#sambungan-make").press("Enter")
    expect(page.locator("#sambungan-secret")).to_be_visible()
    row = page.locator("#sambungan-shown tr", has_text=f"QGIS {language}")
    expect(row).to_contain_text(words("connections.standing_holds"))
    assert faults(visitor.settled().page) == []
    page.get_by_label(words("connections.which"), exact=True).first.press("Enter")
    page.get_by_role("option", name=f"QGIS {language}").click()
    page.locator("#sambungan-end").press("Enter")
    expect(page.locator("#sambungan-ended")).to_contain_text(words("connections.ended"))
    expect(row).not_to_contain_text(words("connections.standing_holds"))
    visitor.close()
