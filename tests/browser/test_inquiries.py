"""A citizen asks for a status, with a script and without; an officer answers, and gives a code that does so at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import text

from registry.inquiries import inquiries
from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import NARROW, OFFICER, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from sqlalchemy import Engine

MS, EN = words_of("ms"), words_of("en")
NUMBER = "880808085678"
_MEMBER = text("""
    UPDATE ekasih.person AS p SET id_no = :number, id_kind = 'mykad' FROM ekasih.household AS h
    WHERE h.id = p.household_id AND h.file_no = 'CT000002' AND p.is_head RETURNING h.id
""")


def asked(page: Page, address: str, number: str) -> None:
    """Fill in the public form by its labels, switch the language on the way, and send it."""
    page.goto(f"{address}/awam")
    page.get_by_role("link", name=MS("portal.semak")).click()
    page.get_by_label(MS("semak.identity")).fill(number)
    page.get_by_role("textbox", name=MS("portal.telephone")).fill("012-345 6789")
    page.get_by_label(MS("semak.by_telefon")).check()
    page.get_by_label(MS("semak.district")).select_option("0803")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name=EN("portal.semak"))).to_be_visible()
    expect(page.get_by_label(EN("semak.identity"))).to_have_value(number)
    expect(page.get_by_label(EN("semak.by_telefon"))).to_be_checked()
    assert faults(page) == []
    assert not sticks_out(page)
    page.get_by_role("button", name=EN("semak.send")).press("Enter")


def test_a_citizen_asks_for_a_status_on_a_phone_and_learns_a_reference(browser: Browser, address: str) -> None:
    visitor = Visitor(browser, address).sized((320, 640))
    asked(visitor.page, address, "900101-08-1234")
    expect(visitor.page.get_by_role("heading", name=EN("portal.received"))).to_be_visible()
    expect(visitor.page.locator(".lead")).to_contain_text("S-")
    assert faults(visitor.page) == []


def test_without_a_script_the_form_waits_and_loses_nothing(browser: Browser, address: str) -> None:
    window = browser.new_context(java_script_enabled=False, locale="ms-MY")
    page = window.new_page()
    page.goto(f"{address}/awam/semak")
    page.locator("#identity").fill("900101-08-1234")
    page.get_by_role("button", name=MS("semak.send")).click()
    expect(page.get_by_role("heading", name=MS("portal.wait_title"))).to_be_visible()
    assert page.locator('input[name="identity"]').get_attribute("value") == "900101-08-1234"
    window.close()


def test_an_office_says_where_it_is_and_gives_a_code_that_answers(
    browser: Browser, address: str, register: Engine
) -> None:
    with register.begin() as owner:
        home = owner.execute(_MEMBER, {"number": NUMBER}).scalar_one()
    citizen = Visitor(browser, address)
    asked(citizen.page, address, NUMBER)
    expect(citizen.page.locator(".lead")).to_contain_text("S-")
    with register.begin() as owner:
        inquiries.sort(owner)

    officer = Visitor(browser, address).sized(NARROW)
    officer.signed_in(OFFICER, then="/semakan-awam")
    page = officer.settled().page
    assert faults(page) == []
    assert not sticks_out(page)
    page.get_by_role("button", name=MS("inquiry.dijawab")).last.press("Enter")
    expect(page.locator("#inquiries-message")).to_contain_text(MS("inquiry.did_dijawab"))
    page.locator("summary", has_text=MS("inquiry.offices")).press("Enter")
    page.locator("#inquiries-office").fill("Kinta")
    expect(page.get_by_role("option", name="Kinta", exact=True)).to_be_visible()
    page.locator("#inquiries-office").press("ArrowDown")
    page.locator("#inquiries-office").press("Enter")
    page.get_by_label(MS("inquiry.office_telephone")).fill("05-000 0000")
    page.get_by_role("button", name=MS("inquiry.save")).press("Enter")
    expect(page.locator("#inquiries-office-message")).to_contain_text(MS("inquiry.office_saved"))

    officer.open(f"/kod-semakan/{home}")
    page.get_by_role("button", name=MS("inquiry.code_make")).press("Enter")
    code = page.locator("#inquiries-code-secret").inner_text()
    assert faults(officer.settled().page) == []
    citizen.page.goto(f"{address}/awam/kod")
    citizen.page.get_by_label(EN("semak.identity")).fill(NUMBER)
    citizen.page.get_by_label(EN("kod.code")).fill(code.lower())
    citizen.page.get_by_role("button", name=EN("kod.send")).press("Enter")
    expect(citizen.page.get_by_role("heading", name=EN("kod.registered"))).to_be_visible()
    expect(citizen.page.locator("main")).to_contain_text("05-000 0000")
    assert faults(citizen.page) == []
