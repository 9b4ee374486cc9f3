"""Worklists say what there is to do, one after the other, and lead to the work itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.looks import faults
from tests.browser.visitor import NARROW, OFFICER, WIDE, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator
    from sqlalchemy import Engine

MS = words_of("ms")
STATE_OFFICE = "ppn.perak"
_MUKIM_FORGOTTEN = text("""
    UPDATE ekasih.household SET mukim_code = NULL
    WHERE id IN (SELECT id FROM ekasih.household WHERE district_code = '0803' ORDER BY id DESC LIMIT 3)
""")
_RISES = """() => {
    const rows = [...document.querySelectorAll(".ag-row")].sort((a, b) => a.ariaRowIndex - b.ariaRowIndex);
    const told = rows.map((row) => row.querySelector("[col-id=perCapita]").innerText.replace(/[^0-9.]/g, ""));
    const amounts = told.filter(Boolean).map(Number);
    return amounts.length > 1 && amounts.every((one, place) => !place || amounts[place - 1] <= one);
}"""


def first_row(visitor: Visitor) -> Locator:
    return visitor.page.locator(".ag-center-cols-container .ag-row").first


def open_list(visitor: Visitor, name: str) -> None:
    named = visitor.page.get_by_text(MS(f"tasks.{name}"), exact=True)
    visitor.page.locator("#tasks-lists").get_by_role("link").filter(has=named).click()
    expect(visitor.page.locator("#tasks-title")).to_have_text(MS(f"tasks.{name}"))


def test_another_list_of_as_many_households_shows_its_own_reasons(visitor: Visitor) -> None:
    visitor.signed_in(STATE_OFFICE, then="/tugasan?senarai=tegar&in=0808")
    expect(first_row(visitor)).to_contain_text("untuk mencapai PGK")
    open_list(visitor, "due")
    expect(first_row(visitor)).to_contain_text(MS("tasks.why_due", date="").strip())
    open_list(visitor, "tegar")
    expect(first_row(visitor)).to_contain_text("untuk mencapai PGK")


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_reviews_are_opened_for_the_most_overdue_and_wait_in_the_queue(visitor: Visitor, size: tuple[int, int]) -> None:
    visitor.sized(size).signed_in(STATE_OFFICE, then="/tugasan?senarai=tegar&in=0808")
    button = visitor.page.get_by_role("button", name=MS("tasks.review"))
    expect(first_row(visitor)).to_be_visible()
    expect(button).to_be_hidden()
    open_list(visitor, "due")
    button.focus()
    visitor.page.keyboard.press("Enter")
    told = visitor.page.locator("#tasks-told")
    expect(told).to_have_text(re.compile(r"kes semakan dibuka|sudah ada kes terbuka"))
    expect(button).to_be_enabled()
    button.press("Enter")
    expect(told).to_contain_text(MS("tasks.review_none"))
    assert faults(visitor.page) == []
    visitor.open("/kes?keadaan=due")
    expect(first_row(visitor)).to_be_visible()


def test_a_list_is_found_again_as_it_was_left(visitor: Visitor) -> None:
    visitor.signed_in(STATE_OFFICE, then="/isi-rumah")
    page = visitor.page
    box, cells = page.locator("#households-search-text"), page.locator(".ag-row [col-id=perCapita] .ek-row-income")
    box.fill("bin")
    box.press("Enter")
    expect(first_row(visitor)).to_be_visible()
    page.locator(".ag-header-cell[col-id=perCapita]").click()
    expect(page.locator(".ag-header-cell[col-id=perCapita]")).to_have_attribute("aria-sort", "ascending")
    page.wait_for_function(_RISES)
    poorest = first_row(visitor).locator("a").inner_text()
    cells.first.click()
    expect(page).to_have_url(re.compile(r".*/isi-rumah/\d+$"))
    page.go_back()
    expect(box).to_have_value("bin")
    expect(page.locator(".ag-header-cell[col-id=perCapita]")).to_have_attribute("aria-sort", "ascending")
    expect(first_row(visitor).locator("a")).to_have_text(poorest)
    page.locator(".ek-columns summary").click()
    page.get_by_label(MS("search.column.area")).uncheck()
    expect(page.locator(".ag-header-cell[col-id=area]")).to_have_count(0)
    visitor.open("/isi-rumah?status=tegar")
    expect(first_row(visitor)).to_be_visible()
    expect(page.locator(".ag-header-cell[col-id=area]")).to_have_count(0)
    expect(box).to_have_value("")


def test_rows_that_are_ticked_are_taken_away_alone(visitor: Visitor) -> None:
    visitor.signed_in(STATE_OFFICE, then="/tugasan?senarai=tegar&in=0808")
    page = visitor.page
    box = first_row(visitor).locator("input[type=checkbox]")
    expect(box).to_be_visible()
    name = first_row(visitor).locator(".ek-row-name a").inner_text()
    box.check()
    with page.expect_download() as taken:
        page.locator("#tasks-csv").click()
    lines = taken.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert [name in line for line in lines] == [False, True]
    assert "/tugasan" in page.url
    assert faults(page) == []


def test_the_mukim_that_points_propose_is_accepted_by_a_row_and_for_ticked_rows(
    visitor: Visitor, register: Engine
) -> None:
    with register.begin() as owner:
        owner.execute(_MUKIM_FORGOTTEN)
    visitor.signed_in(OFFICER, then="/tugasan?senarai=no_mukim")
    page = visitor.page
    buttons, told = page.locator(".ek-tasks-accept"), page.locator("#tasks-accept-told")
    expect(buttons).to_have_count(3)
    expect(buttons.first).to_have_accessible_name(re.compile(r"^Terima Mukim .+ bagi .+"))
    assert faults(page) == []
    buttons.first.focus()
    page.keyboard.press("Enter")
    expect(told).to_have_text(MS.n("mukim.accepted", 1))
    expect(buttons).to_have_count(2)
    page.locator("#tasks-accept").click()
    expect(told).to_have_text(MS("mukim.tick_first"))
    for box in page.locator(".ag-row input[type=checkbox]").all():
        box.check()
    page.locator("#tasks-accept").click()
    expect(told).to_have_text(MS.n("mukim.accepted", 2))
    expect(page.locator("#tasks-note")).to_have_text(MS("tasks.none"))
