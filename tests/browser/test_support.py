"""A ticket is opened from a page's own help and answered with a template; an administrator adds a holiday."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import ADMINISTRATOR, COORDINATOR, NARROW, OFFICER, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from sqlalchemy import Engine

MS = words_of("ms")
MENDED = "Masalah ini telah dibetulkan. Sila semak, dan buka semula tiket ini jika masih berlaku."


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "PNG")
    return content.getvalue()


def chosen(page: Page, field: str, option: str) -> None:
    page.locator(field).first.press("Enter")
    page.get_by_role("option", name=option, exact=True).click()


def stepped(page: Page, action: str) -> None:
    page.get_by_role("button", name=MS(f"support.step_{action}"), exact=True).press("Enter")


def begun_with_an_article(page: Page) -> None:
    """The answer begins with a template, then with an article that the subject finds."""
    page.locator("summary", has_text=MS("support.step_jawab")).press("Enter")
    chosen(page, "details[open] input", "Telah dibetulkan")
    expect(page.locator("details[open] textarea")).to_have_value(MENDED)
    page.locator("details[open] input").first.click()
    page.locator("[role=option]:visible").first.click()
    expect(page.locator("details[open] textarea")).to_have_value(re.compile(r"ilmu/[a-z-]+$"))


def test_a_ticket_is_opened_from_a_page_and_answered(browser: Browser, address: str) -> None:
    asks = Visitor(browser, address).sized(NARROW)
    asks.signed_in(COORDINATOR, then="/kpi")
    page = asks.settled().page
    page.keyboard.press("?")
    page.get_by_role("link", name=MS("about.ask_support")).press("Enter")
    expect(page.locator("#support-form")).to_contain_text("/kpi")
    chosen(page, 'input[id*="\\"kind\\""]', MS("support.kind_data"))
    page.get_by_label(MS("support.field_subject")).fill("Angka tidak sama")
    page.locator('textarea[id*="words"]').fill("Rekod 900101-08-1234 salah")
    assert faults(asks.settled().page) == []
    assert not sticks_out(page)
    page.get_by_role("button", name=MS("support.send")).press("Enter")
    page.get_by_role("link", name=MS("support.open_one")).press("Enter")
    content = page.locator("#support-content")
    expect(content).to_contain_text(MS("support.hidden_note"))
    expect(content).not_to_contain_text("900101")
    page.locator("#support-zone input[type=file]").set_input_files(
        {"name": "skrin.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(content).to_contain_text(MS("support.pictures_here"))
    assert faults(asks.settled().page) == []
    assert not sticks_out(page)
    number = page.url.rpartition("/")[2]

    handles = Visitor(browser, address)
    handles.signed_in(OFFICER, then="/sokongan?senarai=terbuka")
    other = handles.page
    other.get_by_role("link", name=number).click()
    stepped(other, "ambil")
    expect(other.locator("#support-message")).to_contain_text(MS("support.state_diberi"))
    # the page is drawn anew, without the step that was taken
    expect(other.get_by_role("button", name=MS("support.step_ambil"), exact=True)).to_have_count(0)
    begun_with_an_article(other)
    stepped(other, "jawab")
    expect(other.locator("#support-message")).to_contain_text(MS("support.state_dijawab"))
    assert faults(handles.settled().page) == []
    handles.close()
    asks.open(f"/sokongan/{number}")
    expect(content.locator("a[href*='/ilmu/']").first).to_be_visible()
    asks.close()


def test_an_administrator_adds_a_holiday(visitor: Visitor, register: Engine) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/sokongan/kalendar")
    page = visitor.page
    page.get_by_role("textbox", name=MS("support.field_day")).fill("02/03/2027")
    page.get_by_label(MS("support.field_name_ms")).fill("Cuti ujian")
    page.get_by_role("button", name=MS("support.add_holiday")).press("Enter")
    expect(page.locator("#support-calendar-message")).to_contain_text(MS("support.calendar_changed"))
    expect(page.locator("#support-calendar")).to_contain_text("Cuti ujian")
    assert faults(visitor.settled().page) == []
    with register.begin() as owner:
        gone = owner.execute(text("DELETE FROM ekasih.support_holiday WHERE name_ms = 'Cuti ujian'"))
        assert gone.rowcount == 1


def test_an_administrator_writes_a_reply_template(visitor: Visitor) -> None:
    visitor.sized(NARROW).signed_in(ADMINISTRATOR, then="/sokongan/templat")
    page = visitor.page
    page.locator("summary", has_text=MS("support.template_new")).press("Enter")
    form = page.locator("details[open]")
    form.get_by_label(MS("support.field_template_name_ms")).fill("Panggilan balik")
    form.get_by_role("button", name=MS("support.template_keep")).press("Enter")
    expect(page.locator("#support-templates-message")).to_contain_text(MS("problem.required"))
    for name in ("name_en", "words_ms", "words_en"):
        form.get_by_label(MS(f"support.field_template_{name}")).fill("Kami akan menelefon anda.")
    form.get_by_role("button", name=MS("support.template_keep")).press("Enter")
    expect(page.locator("#support-templates")).to_contain_text("Panggilan balik")
    assert faults(visitor.settled().page) == []
    assert not sticks_out(page)
