"""An agency asks for cards, the state office approves, issues and prints them, and the code opens a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looks import faults
from tests.browser.visitor import NARROW, OFFICER, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MS = words_of("ms")
AGENCY, OFFICE = "agensi", "ppn.perak"
FOUND, MISSING = "CT000023", "TIADA-9"


def pressed(visitor: Visitor, name: str) -> None:
    """Press a button from the keyboard."""
    visitor.page.get_by_role("button", name=name, exact=True).focus()
    visitor.page.keyboard.press("Enter")


def asked(visitor: Visitor) -> None:
    """The agency's request: one number that is there, one that is not."""
    visitor.signed_in(AGENCY, then="/kad/mohon")
    visitor.page.fill("#cards-ask-agency", "Jabatan Contoh")
    visitor.page.locator("#cards-ask-state").focus()
    visitor.page.keyboard.type("Perak")
    visitor.page.get_by_role("option", name="Perak", exact=True).click()
    visitor.page.fill("#cards-ask-purpose", "Bantuan awal persekolahan")
    visitor.page.fill("#cards-ask-numbers", f"{FOUND}\n{MISSING}")
    pressed(visitor, MS("card.send"))
    expect(visitor.page.locator("#cards-ask-message")).to_contain_text(MISSING)
    expect(visitor.page.locator("#cards-ask-own")).to_contain_text(MS("card.request_requested"))
    assert faults(visitor.settled().page) == []


def test_an_agency_asks_and_the_state_office_issues_and_prints(browser: Browser, address: str) -> None:
    agency, office = Visitor(browser, address), Visitor(browser, address)
    asked(agency)
    office.signed_in(OFFICE, then="/kad")
    assert faults(office.settled().page) == []
    office.page.get_by_role("link", name=re.compile(r"^P\d+")).first.click()
    expect(office.page.get_by_text("Bantuan awal persekolahan")).to_be_visible()
    pressed(office, MS("card.step_refuse"))
    expect(office.page.locator("#cards-request-message")).to_have_text(MS("card.reason_missing"))
    pressed(office, MS("card.step_approve"))
    pressed(office, MS("card.step_issue"))
    expect(office.page.locator("#cards-request-message")).to_have_text(MS.n("card.did_issue", 1))
    with office.page.expect_download() as taken:
        pressed(office, MS("card.step_print"))
    assert re.fullmatch(r"kad-(ek|p)\d+\.pdf", taken.value.suggested_filename)
    assert faults(office.sized(NARROW).settled().page) == []

    office.page.get_by_role("link", name=re.compile(r"^EK\d+")).first.click()
    expect(office.page).to_have_url(re.compile(r"/kad/\d+$"))
    expect(office.page.get_by_role("definition").filter(has_text=FOUND)).to_be_visible()
    assert faults(office.settled().page) == []
    office.page.get_by_label(MS("card.reason")).fill("Kad hilang")
    pressed(office, MS("card.step_withdraw"))
    expect(office.page.locator("h1")).to_contain_text(MS("card.card_withdrawn"))

    officer = Visitor(browser, address).signed_in(OFFICER, then=f"/k/{'A' * 22}")
    expect(officer.page.locator("h1")).to_have_text(MS("card.is_not_valid"))
    assert faults(officer.settled().page) == []
    agency.open("/kad/mohon")
    expect(agency.page.locator("#cards-ask-own")).to_contain_text(MS("card.request_issued"))
    for visitor in (agency, office, officer):
        assert (visitor.script_errors, visitor.requests_elsewhere) == ([], [])
        visitor.close()
