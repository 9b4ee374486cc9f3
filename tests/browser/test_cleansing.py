"""Cleansing at a desk and on a phone: pairs are compared, merged, unmerged; lists are locked; checks answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.looks import each_look, faults
from tests.browser.visitor import COORDINATOR, OFFICER, PLANNER, Visitor
from tests.world import add_household
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.databases import Databases

MS = words_of("ms")
PAIR = text("""
    INSERT INTO ekasih.duplicate_candidate (kind, household_a, household_b, score, reasons)
    SELECT 'household', least(:a, :b), greatest(:a, :b), 0.998, jsonb_build_array(jsonb_build_object(
        'a', one.id, 'b', other.id, 'score', 0.998, 'why', jsonb_build_array('name_near', 'birth_same')))
    FROM ekasih.person AS one, ekasih.person AS other
    WHERE one.household_id = least(:a, :b) AND one.is_head AND other.household_id = greatest(:a, :b) AND other.is_head
    RETURNING id
""")


class Pair(NamedTuple):
    """Two records of one household in Kinta, and one in Kuala Kangsar that is like the first."""

    number: int
    first: int
    second: int


@pytest.fixture(scope="module")
def pair(databases: Databases, sample_register: str, address: str) -> Iterator[Pair]:
    engine = databases.engine(sample_register)
    with engine.begin() as connection:
        first = add_household(connection, "GD1", name="Zulkifli bin Rekaan", members=2, income=800)
        second = add_household(connection, "GD2", name="Zulkifly Rekaan", members=3, income=1200)
        third = add_household(connection, "GD3", name="Zulkifli bin Rekaan", district="0805")
        number = int(connection.scalar(PAIR, {"a": first, "b": second}) or 0)
        connection.execute(PAIR, {"a": first, "b": third})
    yield Pair(number, first, second)
    engine.dispose()


def test_a_pair_is_compared_merged_and_the_merge_undone(visitor: Visitor, pair: Pair) -> None:
    page = visitor.signed_in(COORDINATOR, then="/pemutihan").page
    row = page.locator("tr", has_text="Zulkifly Rekaan")
    expect(row).to_contain_text(MS("duplicate.reason_name_near"))
    # another district's record: only whose office holds it
    expect(page.get_by_text(re.compile("Pejabat Daerah Kuala Kangsar"))).to_be_visible()
    row.get_by_role("link", name=re.compile(MS("cleanse.compare"))).click()
    expect(page.get_by_role("heading", name=MS("cleanse.compare_household"))).to_be_visible()
    expect(page.locator("tr.ek-differs", has_text=MS("cleanse.field_income"))).to_contain_text("RM1,200.00")
    assert faults(page) == []
    page.locator("tr.ek-differs", has_text=MS("cleanse.field_income")).get_by_label(
        MS("cleanse.side_b"), exact=True
    ).check()
    page.get_by_role("button", name=MS("cleanse.merge"), exact=True).click()
    expect(page.get_by_text(MS("cleanse.done_merged"))).to_be_visible()
    visitor.open(f"/isi-rumah/{pair.first}")
    expect(page.locator("body")).to_contain_text("RM600.00")
    visitor.open("/pemutihan?bahagian=gabungan")
    page.get_by_role("button", name=MS("cleanse.undo_of", file="GD2")).click()
    expect(page.get_by_text(MS("cleanse.done_undone"))).to_be_visible()
    visitor.open(f"/isi-rumah/{pair.second}")
    expect(page.locator("body")).to_contain_text("Zulkifly Rekaan")


def test_a_list_is_locked_and_followed(visitor: Visitor, pair: Pair) -> None:
    page = visitor.signed_in(COORDINATOR, then="/pemutihan?bahagian=kohort").page
    page.get_by_role("button", name=MS("cohort.freeze")).click()
    expect(page.get_by_role("alert")).to_contain_text(MS("cohort.column_name"))
    page.get_by_label(MS("cohort.column_name")).fill("Kinta 2026")
    page.get_by_role("textbox", name=MS("cohort.column_area")).click()
    page.get_by_role("option", name="Kinta", exact=True).click()
    page.get_by_label(MS("cohort.column_on")).fill("01/07/2026")
    page.get_by_role("button", name=MS("cohort.freeze")).click()
    expect(page.get_by_role("heading", name="Kinta 2026")).to_be_visible()
    expect(page.locator(".ek-cleanse-table tbody tr")).not_to_have_count(0)
    assert faults(page) == []


def test_a_check_says_of_another_area_only_that_there_is_a_record(visitor: Visitor, pair: Pair) -> None:
    page = visitor.signed_in(OFFICER, then="/semakan").page
    page.get_by_role("button", name=MS("check.check")).click()
    expect(page.get_by_text(MS("problem.check_nothing"))).to_be_visible()
    page.get_by_label(MS("check.name")).fill("zulkifli rekan")
    page.get_by_label(MS("check.name")).press("Enter")
    answers = page.locator("#checks-answers")
    expect(answers.get_by_role("link", name="Zulkifli bin Rekaan")).to_be_visible()
    expect(answers).to_contain_text(MS("check.office", district="Kuala Kangsar"))
    expect(answers).not_to_contain_text("GD3")
    assert "zulkifli" not in page.url.lower()
    assert faults(page) == []


def test_faults_are_counted_by_area_and_lead_to_their_households(visitor: Visitor, pair: Pair) -> None:
    page = visitor.signed_in(OFFICER, then="/kualiti?in=08").page
    page.get_by_role("link", name=re.compile(MS("quality.stale"))).click()
    expect(page.get_by_role("heading", name=re.compile(MS("quality.stale"))).first).to_be_visible()
    page.locator(".ek-kpi-table").get_by_role("link", name="Kinta", exact=True).click()
    expect(page).to_have_url(re.compile(r"in=0803"))
    expect(page.locator(".ek-cleanse-table tbody tr").first).to_contain_text(MS("quality.open"))
    assert faults(page) == []


def test_a_planner_sees_counts_and_no_household(visitor: Visitor, pair: Pair) -> None:
    page = visitor.signed_in(PLANNER, then="/kualiti?in=0803").page
    expect(page.locator(".ek-kpi-table tbody tr")).not_to_have_count(0)
    expect(page.locator(".ek-cleanse-table")).to_have_count(0)
    visitor.open("/pemutihan")
    expect(page.get_by_text(MS("frame.refused"), exact=True).first).to_be_visible()


@each_look
def test_no_page_of_cleansing_has_an_accessibility_fault(
    visitor: Visitor, pair: Pair, language: str, size: tuple[int, int]
) -> None:
    visitor.sized(size).reading(language).signed_in(COORDINATOR)
    for path in (
        "/pemutihan",
        f"/pemutihan?banding={pair.number}",
        "/pemutihan?bahagian=kohort",
        "/kualiti",
        "/semakan",
    ):
        visitor.open(path)
        assert faults(visitor.page) == []
