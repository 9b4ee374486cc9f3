"""Poverty is analysed, areas are compared and crossed at a browser: by keyboard, in both languages, on a phone too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from registry.publishing.publish import publish
from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import NARROW, OFFICER, PLANNER, Visitor
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from sqlalchemy import Engine


@pytest.fixture(params=["ms", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reader(browser: Browser, address: str, register: Engine, language: str) -> Iterator[Visitor]:
    """Somebody who reads in a language what was published today."""
    with register.begin() as owner:
        publish(owner)
    visitor = Visitor(browser, address)
    visitor.reading(language)
    yield visitor
    visitor.close()


def _sound(visitor: Visitor) -> None:
    """Nothing that axe finds, and nothing beside the page on a phone either."""
    visitor.settled()
    assert faults(visitor.page) == []
    visitor.sized(NARROW)
    assert not sticks_out(visitor.page)
    visitor.sized((1440, 900))


def test_measures_are_chosen_and_areas_stepped_into(reader: Visitor, language: str) -> None:
    words, page = words_of(language), reader.signed_in(OFFICER, then="/analisis").page
    page.get_by_role("link", name=words("measure.poverty_p1"), exact=True).press("Enter")
    expect(page).to_have_url(re.compile(r"ukuran=p1"))
    page.get_by_role("link", name=words("analysis.basis_person"), exact=True).press("Enter")
    expect(page).to_have_url(re.compile(r"asas=person"))
    expect(page.get_by_role("link", name=words("analysis.basis_person"), exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    title = page.locator("h2").first
    before = title.inner_text()
    page.locator("table[data-ek-sortable], #analysis-areas").get_by_role("link").first.press("Enter")
    expect(title).not_to_have_text(before)
    expect(page).to_have_url(re.compile(r"in=\d{4,}"))
    _sound(reader)


def test_areas_are_put_side_by_side_and_taken_out(reader: Visitor, language: str) -> None:
    words, page = words_of(language), reader.signed_in(PLANNER, then="/banding?in=08").page
    expect(page.locator("thead").get_by_role("link", name="Perak", exact=True)).to_be_visible()
    page.get_by_label(words("compare.add"), exact=True).first.fill("Selangor")
    page.get_by_role("option", name="Selangor (10)").click()
    expect(page).to_have_url(re.compile(r"with=10"))
    expect(page.locator("thead").get_by_role("link", name="Selangor", exact=True)).to_be_visible()
    expect(page.get_by_role("listbox")).to_be_hidden()
    _sound(reader)
    page.get_by_role("link", name=words("compare.out", area="Perak")).press("Enter")
    expect(page.locator("thead").get_by_role("link", name="Perak", exact=True)).to_have_count(0)


def test_rows_and_columns_are_chosen_and_add_up(reader: Visitor, language: str) -> None:
    words, page = words_of(language), reader.signed_in(OFFICER, then="/jadual-silang?in=0803").page
    size = page.get_by_role("navigation", name=words("pivot.rows")).get_by_role("link", name=words("cut.size"))
    size.press("Enter")
    expect(size).to_have_attribute("aria-current", "true")
    columns = page.get_by_role("navigation", name=words("pivot.columns"))
    columns.get_by_role("link", name=words("cut.strata")).press("Enter")
    expect(columns.get_by_role("link", name=words("cut.strata"))).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(r"baris=size.*lajur=strata"))
    reader.settled()
    told = [[int(re.sub(r"\D", "", cell) or 0) for cell in row.locator("td").all_inner_texts()]
            for row in page.locator(".ek-pivot-table tbody tr").all()]  # fmt: skip
    assert len(told) > 1
    assert all(sum(row[:-1]) == row[-1] for row in told)
    assert [sum(column) for column in zip(*told[:-1], strict=True)] == told[-1]
    _sound(reader)
