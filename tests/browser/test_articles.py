"""An article is written, published by another person, found by a reader, and said to have helped."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from reportlab.pdfgen.canvas import Canvas

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import ADMINISTRATOR, NARROW, OFFICER, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MS = words_of("ms")


def field(name: str) -> str:
    return f':is(input, textarea)[id*="articles-field"][id*="{name}"]'


def test_an_article_is_written_published_by_another_and_found(browser: Browser, address: str) -> None:
    writer = Visitor(browser, address)
    writer.signed_in("icu", then="/ilmu-baharu")
    page = writer.page
    for name, text in (
        ("slug", "perahu-uji"), ("title_ms", "Perahu uji"), ("title_en", "Trial boat"),
        ("body_ms", "## Siapa\n\nUntuk **nelayan**."), ("body_en", "## Who\n\nFor fishermen."),
    ):  # fmt: skip
        page.locator(field(name)).fill(text)
    page.get_by_role("button", name=MS("article.preview")).press("Enter")
    expect(page.locator("#articles-previewed strong")).to_have_text("nelayan")
    assert faults(writer.settled().page) == []
    page.get_by_role("button", name=MS("article.save")).press("Enter")
    expect(page.locator("#articles-edited")).to_contain_text(MS("article.saved"))
    page.get_by_role("link", name=MS("article.open")).press("Enter")
    page.get_by_role("button", name=MS("article.press_hantar")).press("Enter")
    expect(page.locator("#articles-message")).to_contain_text(MS("article.did_hantar"))
    expect(page.get_by_role("button", name=MS("article.press_terbit"))).to_have_count(0)
    writer.close()

    other = Visitor(browser, address)
    other.signed_in(ADMINISTRATOR, then="/ilmu/perahu-uji")
    page = other.page
    page.get_by_role("button", name=MS("article.press_terbit")).press("Enter")
    expect(page.locator("#articles-content")).to_contain_text("Trial boat")
    page.get_by_role("link", name=MS("article.versions")).press("Enter")
    expect(page.locator("#articles-pair")).to_contain_text("nelayan")
    assert faults(other.settled().page) == []
    other.close()

    reader = Visitor(browser, address).sized(NARROW)
    reader.signed_in(OFFICER, then="/ilmu")
    page = reader.page
    page.locator("#articles-asked").fill("perahu nelayan")
    page.get_by_role("link", name="Perahu uji").press("Enter")
    expect(page.locator("#articles-content")).to_contain_text("Trial boat")
    page.locator("#articles-feedback-text").fill("Baik")
    assert faults(reader.settled().page) == []
    assert not sticks_out(page)
    page.get_by_role("button", name=MS("article.helps_ya"), exact=True).press("Enter")
    expect(page.locator("#articles-feedback-message")).to_contain_text(MS("article.helps_thanks"))
    reader.close()


def test_a_file_is_described_and_published_by_another(browser: Browser, address: str) -> None:
    kept = io.BytesIO()
    Canvas(kept).save()
    writer = Visitor(browser, address).sized(NARROW)
    writer.signed_in("icu", then="/ilmu-fail")
    page = writer.page
    page.locator("#articles-zone input[type=file]").set_input_files(
        {"name": "borang.pdf", "mimeType": "application/pdf", "buffer": kept.getvalue()}
    )
    for name, text in (
        ("title_ms", "Borang uji"),
        ("source", "Jabatan Uji"),
        ("licence", "CC BY"),
        ("dated", "05/01/2026"),
    ):
        page.locator(f':is(input)[id*="articles-fact"][id*="{name}"]').fill(text)
    assert faults(writer.settled().page) == []
    assert not sticks_out(page)
    page.get_by_role("button", name=MS("library.press_simpan")).press("Enter")
    expect(page.locator("#articles-file-message")).to_contain_text(MS("library.did_simpan"))
    there = page.url.removeprefix(address)
    writer.close()

    other = Visitor(browser, address)
    other.signed_in(ADMINISTRATOR, then=there)
    page = other.page
    page.get_by_role("button", name=MS("library.press_terbit")).press("Enter")
    expect(page.locator("#articles-file-message")).to_contain_text(MS("library.did_terbit"))
    with page.expect_download() as taken:
        page.get_by_role("link", name=MS("library.take")).click()
    assert taken.value.suggested_filename.endswith(".pdf")
    other.close()
