"""Indicators of an area lead to the areas inside and to the work behind each number, for those who may see it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looks import each_look, faults
from tests.browser.visitor import ADMINISTRATOR, COORDINATOR, PLANNER, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator

MS = words_of("ms")


def worklist_links(visitor: Visitor) -> Locator:
    return visitor.page.locator(".ek-kpi-card").get_by_role("link", name=MS("kpi.open_worklist"))


def test_an_area_inside_is_a_step_away_and_back(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/kpi?in=08")
    title = visitor.page.get_by_role("heading", level=1)
    expect(title).to_have_text(MS("kpi.title", area="Perak"))
    visitor.page.locator(".ek-kpi-table").get_by_role("link", name="Kinta", exact=True).click()
    expect(title).to_have_text(MS("kpi.title", area="Kinta"))
    expect(visitor.page).to_have_url(re.compile(r".*/kpi\?in=0803$"))
    visitor.page.go_back()
    expect(title).to_have_text(MS("kpi.title", area="Perak"))


def test_a_number_leads_to_the_work_behind_it(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/kpi?in=0803")
    expect(worklist_links(visitor)).not_to_have_count(0)
    worklist_links(visitor).first.click()
    expect(visitor.page).to_have_url(re.compile(r".*/tugasan\?senarai=\w+&in=0803$"))
    expect(visitor.page.locator("#tasks-title")).not_to_be_empty()


def test_those_who_see_no_persons_are_led_to_no_worklist(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/kpi?in=0803")
    expect(visitor.page.locator(".ek-kpi-card")).not_to_have_count(0)
    expect(worklist_links(visitor)).to_have_count(0)


def test_a_coordinator_is_led_to_no_worklist_of_another_district(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/kpi?in=1005")
    expect(visitor.page.locator(".ek-kpi-card")).not_to_have_count(0)
    expect(worklist_links(visitor)).to_have_count(0)


def test_a_worklist_says_how_many_of_how_many_and_opens_a_record(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/tugasan?senarai=tegar")
    expect(visitor.page.locator("#tasks-note")).to_have_text(re.compile(r"\d+ daripada \d+"))
    visitor.page.locator(".ag-row a").first.click()
    expect(visitor.page).to_have_url(re.compile(r".*/isi-rumah/\d+$"))


def test_a_worklist_is_taken_away_whole(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/tugasan?senarai=tegar")
    for kind in ("csv", "xlsx"):
        with visitor.page.expect_download() as download:
            visitor.page.locator(f"#tasks-{kind}").click()
        assert download.value.suggested_filename == f"tugasan-tegar-semua.{kind}"


@each_look
def test_a_district_panel_has_no_accessibility_fault(visitor: Visitor, language: str, size: tuple[int, int]) -> None:
    visitor.sized(size).reading(language).signed_in(COORDINATOR, then="/kpi?in=0803")
    assert faults(visitor.page) == []


def test_an_administrator_defines_an_indicator_and_finds_it_among_the_others(visitor: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/takrif-kpi/ubah")
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text(MS("define.new"))
    typed = {"code": "uji_bandar", "name_ms": "Miskin di bandar", "name_en": "Poor in towns", "numerator": "miskin",
             "source_ms": "Daftar eKasih", "source_en": "eKasih register", "reason": "Diminta"}  # fmt: skip
    for name, value in typed.items():
        page.get_by_role("textbox", name=MS(f"define.field_{name}"), exact=True).fill(value)
    formula = page.get_by_role("textbox", name=MS("define.field_formula"), exact=True)
    formula.fill("por[strata=urban]")
    expect(page.locator("#kpi-define-said")).to_contain_text("poor")
    formula.fill("poor[strata=urban]")
    expect(page.locator("#kpi-define-said p")).to_have_count(2)
    page.locator("#kpi-define-save").press("Enter")
    expect(page.locator("#kpi-define-message")).to_contain_text(MS("define.look_first"))
    page.locator("#kpi-define-look").press("Enter")
    expect(page.locator("#kpi-define-outcome").get_by_role("rowheader", name="Perak")).to_be_visible()
    assert faults(page) == []
    page.locator("#kpi-define-save").press("Enter")
    expect(page.locator("#kpi-define-message")).to_contain_text(MS("define.saved", code="uji_bandar", version="1"))
    visitor.open("/kpi?in=08")
    expect(page.locator(".ek-kpi-card").filter(has_text="Miskin di bandar")).to_be_visible()
