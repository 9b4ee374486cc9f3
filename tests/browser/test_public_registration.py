"""A mother registers her family on a phone, and follows it there until the focus group has approved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard
from tests.browser.test_whole_life import (
    CASE,
    FORM,
    Household,
    assigned,
    case_is,
    decided,
    family,
    home,
    visited,
)
from tests.browser.visitor import NARROW, OFFICER, WIDE, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def next_page(by: Keyboard, question: str) -> None:
    """Go on, and come to a question."""
    by.button(by.words("borang.next"))
    expect(by.page.get_by_role("heading", level=1)).to_have_text(by.words(f"borang.q_{question}"))


def labelled(by: Keyboard, field: str, value: str) -> None:
    """Type into the field of that label."""
    by.writes(by.page.get_by_label(by.words(f"borang.field_{field}"), exact=False).first, value)


def sent_in(by: Keyboard, of: Household) -> tuple[str, str]:
    """The form of the public, one question a page; answers its reference and its secret."""
    by.page.goto(f"{by.visitor.address}/awam/daftar")
    by.presses(by.page.get_by_label(by.words("intake.who_kir"), exact=True), "Space")
    next_page(by, "ketua")
    labelled(by, "name", of.name)
    labelled(by, "id_no", of.mykad)
    by.looks("daftar-ketua")
    next_page(by, "tempat")
    by.page.get_by_label(by.words("borang.field_district")).select_option("0803")
    labelled(by, "village", "Kampung Rekaan")
    next_page(by, "bilangan")
    labelled(by, "persons", "2")
    labelled(by, "under_18", "1")
    next_page(by, "pendapatan")
    # the buttons of one choice are one stop: the arrows choose among them
    by.presses(by.page.get_by_label(by.words("intake.income_tiada"), exact=True), "ArrowDown")
    next_page(by, "mendesak")
    by.presses(by.page.get_by_label(by.words("intake.urgent_makanan"), exact=True), "Space")
    by.button(by.words("borang.next"))
    expect(by.page.get_by_role("heading", level=1)).to_have_text(by.words("borang.check"))
    by.looks("daftar-semak")
    by.presses(by.page.locator("input[name=consent]"), "Space")
    by.button(by.words("borang.send"))
    by.page.wait_for_selector(".codes")
    by.looks("daftar-dihantar")
    reference, secret = by.page.locator(".codes dd").all_inner_texts()
    return reference, secret


def followed(by: Keyboard, codes: tuple[str, str], *, shown: str) -> None:
    """Ask by both codes how far the form is."""
    by.page.goto(f"{by.visitor.address}/awam/ikut")
    by.writes(by.page.get_by_label(by.words("borang.reference")), codes[0])
    by.writes(by.page.get_by_label(by.words("borang.secret")), codes[1])
    by.page.keyboard.press("Enter")
    expect(by.page.get_by_role("heading", level=1)).to_have_text(by.words(f"ikut.shown_{shown}"))


def made_a_case(by: Keyboard, of: Household, reference: str) -> None:
    """An officer of the district opens a case of the form, asks for the rest, and sends it in."""
    by.enters(OFFICER, then="/peti")
    by.follows(by.page.get_by_role("link", name=reference))
    by.button(by.words("intake.step_tukar"))
    expect(by.page.locator("#intake-message")).to_contain_text(by.words("intake.state_ditukar"))
    by.follows(by.page.locator("#intake-content a[href^='/kes/']").first)
    expect(by.page).to_have_url(CASE)
    case_is(by, "received")
    by.follows(by.page.get_by_role("link", name=by.words("case.fill_in"), exact=True))
    expect(by.page).to_have_url(FORM)
    family(by, of)
    home(by)


@pytest.mark.parametrize("language", ["ms", "en"])
def test_a_mother_registers_on_a_phone_and_follows_her_case_to_approval(
    browser: Browser, address: str, language: str
) -> None:
    phone = Keyboard(Visitor(browser, address), size=NARROW, language=language)
    office = Keyboard(Visitor(browser, address), size=WIDE, language=language)
    household = Household()
    codes = sent_in(phone, household)
    followed(phone, codes, shown="diterima")
    made_a_case(office, household, codes[0])
    followed(phone, codes, shown="disiasat")
    assigned(office, household)
    visited(office, household)
    followed(phone, codes, shown="kumpulan_fokus")
    decided(office, household)
    followed(phone, codes, shown="selesai")
    expect(phone.page.locator("main")).not_to_contain_text(household.name)
    for by in (phone, office):
        by.visitor.close()
