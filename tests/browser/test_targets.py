"""A target group from its conditions to its frozen list: counted by an agency, approved by another person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looks import faults
from tests.browser.visitor import NARROW, WIDE, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MS = words_of("ms")
AGENCY, NATIONAL = "agensi", "icu"
PURPOSE = "Bantuan baik pulih rumah bagi isi rumah miskin tegar"


def _pick(page: Page, name: str, option: str) -> None:
    page.locator(f"#targets-{name}").click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def test_a_group_is_put_together_counted_asked_for_approved_and_frozen(browser: Browser, address: str) -> None:
    agency, office = Visitor(browser, address), Visitor(browser, address)
    agency.signed_in(AGENCY, then="/kumpulan-sasaran/bina")
    page = agency.open("/kumpulan-sasaran/bina").page
    _pick(page, "field", MS("condition.field_status"))
    _pick(page, "values", MS("status.tegar"))
    page.get_by_role("button", name=MS("target.add"), exact=True).press("Enter")
    expect(page.locator("#targets-sentence")).to_contain_text("Isi rumah miskin tegar.")
    expect(page.locator("#targets-counts")).to_contain_text(re.compile(r"Kira-kira [\d,]+ isi rumah"))
    assert faults(page) == []
    page.get_by_role("textbox", name=MS("target.name"), exact=True).fill("Rumah uji")
    page.get_by_role("textbox", name=MS("target.purpose"), exact=True).fill(PURPOSE)
    page.get_by_role("button", name=MS("target.act_ask")).press("Enter")
    expect(page.locator("#targets-message")).to_contain_text(MS("target.did_ask"))
    group = page.locator("#targets-message a").get_attribute("href") or ""

    office.signed_in(NATIONAL, then=group)
    other = office.open(group).page
    reason = other.get_by_role("textbox", name=MS("target.reason_to_refuse"))
    reason.fill("Belum tentu")
    expect(other.get_by_text(PURPOSE)).to_be_visible()
    expect(reason).to_have_value("Belum tentu")
    other.get_by_role("button", name=MS("target.act_approve")).press("Enter")
    expect(other.locator("#targets-group-message")).to_contain_text(MS("target.did_approve"))

    agency.open(group)
    page.get_by_role("button", name=MS("target.act_freeze")).press("Enter")
    expect(page.get_by_role("heading", name=MS("target.list"), exact=True)).to_be_visible()
    for size in (WIDE, NARROW):
        assert faults(agency.sized(size).page) == []
    with page.expect_download() as taken:
        page.get_by_text(MS("target.take_csv")).click()
    assert PURPOSE in taken.value.path().read_text(encoding="utf-8-sig")
    agency.close()
    office.close()
