"""Search from every page and the help of a page, by keyboard and by touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.looks import each_look, faults, pictured, sticks_out
from tests.browser.visitor import NARROW, OFFICER, PLANNER

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.visitor import Visitor

FIELD = "#frame-search"


def opened(visitor: Visitor, login: str = OFFICER, *, key: str = "/") -> Locator:
    """The field of the search, opened by a key on the page of help."""
    visitor.signed_in(login, then="/panduan")
    visitor.page.keyboard.press(key)
    field = visitor.page.locator(FIELD)
    expect(field).to_be_focused()
    return field


def options(visitor: Visitor, group: str) -> Locator:
    """What is offered of a kind."""
    return visitor.page.get_by_role("group", name=group, exact=True).get_by_role("option")


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_opens_the_search_and_escape_gives_the_focus_back(visitor: Visitor, key: str) -> None:
    visitor.signed_in(OFFICER, then="/panduan")
    visitor.page.locator("#frame-about-button").focus()
    visitor.page.keyboard.press(key)
    expect(visitor.page.locator(FIELD)).to_be_focused()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator("#frame-find-dialog")).to_be_hidden()
    expect(visitor.page.locator("#frame-about-button")).to_be_focused()


def test_a_slash_within_a_field_is_a_slash(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then="/isi-rumah")
    field = visitor.page.locator("#households-search-text, [id*=search-text]").first
    field.focus()
    visitor.page.keyboard.type("a/b?")
    expect(field).to_have_value("a/b?")
    expect(visitor.page.locator("#frame-find-dialog")).to_have_count(0)


def test_an_area_is_found_and_opened_by_keyboard(visitor: Visitor) -> None:
    field = opened(visitor, PLANNER)
    visitor.page.keyboard.type("kinta")
    expect(options(visitor, "Kawasan").first).to_contain_text("Kinta")
    visitor.page.keyboard.press("ArrowDown")
    lit = field.get_attribute("aria-activedescendant")
    expect(visitor.page.locator(f"#{lit}")).to_have_attribute("aria-selected", "true")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/?in=0803")
    visitor.settled()


def test_a_household_is_found_by_name_and_opened(visitor: Visitor) -> None:
    opened(visitor)
    visitor.page.keyboard.type("muthu")
    expect(options(visitor, "Isi rumah").first).to_contain_text("Muthu")
    while visitor.page.locator("[role=option][aria-selected=true]", has_text="Muthu").count() == 0:
        visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/isi-rumah/*")
    assert "muthu" not in visitor.page.url.lower()


def test_a_page_is_found_before_the_server_answers(visitor: Visitor) -> None:
    opened(visitor)
    visitor.page.route("**/cari", lambda _route: None)
    visitor.page.keyboard.type("kualiti")
    expect(options(visitor, "Halaman").first).to_contain_text("Kualiti")
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/kualiti")


def test_what_is_typed_stands_and_is_handed_to_the_search_of_households(visitor: Visitor) -> None:
    field = opened(visitor)
    visitor.page.keyboard.type("Siti binti Rekaan")
    expect(field).to_have_value("Siti binti Rekaan")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/isi-rumah*")
    assert "Siti" not in visitor.page.url
    expect(visitor.page.locator(".ek-results")).to_contain_text("Siti")


def test_an_answer_that_is_late_does_not_take_the_place_of_a_newer_one(visitor: Visitor) -> None:
    opened(visitor, PLANNER)
    asked: list[str] = []
    visitor.page.on("request", lambda sent: asked.append(sent.post_data or "") if "/cari" in sent.url else None)
    visitor.page.keyboard.type("kin", delay=20)
    visitor.page.keyboard.type("ta", delay=20)
    expect(options(visitor, "Kawasan").first).to_contain_text("Kinta")
    assert len(asked) < len("kinta")
    assert "kinta" in asked[-1]


def test_a_search_that_is_not_answered_says_so_and_keeps_the_text(visitor: Visitor) -> None:
    visitor.expected_failures.add(500)
    field = opened(visitor)
    visitor.page.route("**/cari", lambda route: route.fulfill(status=500, body="{}"))
    visitor.page.keyboard.type("siti")
    expect(visitor.page.locator("#frame-find-dialog [role=status]")).to_contain_text("tidak dijawab")
    expect(field).to_have_value("siti")


def test_a_planner_is_offered_no_households(visitor: Visitor) -> None:
    opened(visitor, PLANNER)
    visitor.page.keyboard.type("siti")
    expect(visitor.page.locator("#frame-find-dialog [role=status]")).not_to_be_empty()
    expect(options(visitor, "Isi rumah")).to_have_count(0)
    expect(visitor.page.locator("[role=option]", has_text="Isi rumah")).to_have_count(0)
    expect(visitor.page.locator(".ek-rail a[href='/isi-rumah']")).to_have_count(0)


def test_on_a_phone_a_button_opens_it_and_a_finger_chooses(visitor: Visitor) -> None:
    visitor.sized(NARROW).signed_in(OFFICER, then="/panduan")
    visitor.page.locator("#frame-find").click()
    visitor.page.locator(FIELD).fill("kinta")
    options(visitor, "Kawasan").first.click()
    visitor.page.wait_for_url("**/?in=*")


@each_look
def test_the_search_is_sound(visitor: Visitor, language: str, size: tuple[int, int]) -> None:
    visitor.sized(size).reading(language)
    opened(visitor)
    assert faults(visitor.page) == []
    visitor.page.keyboard.type("siti")
    expect(visitor.page.locator("[role=option]", has_text="Siti").first).to_be_visible()
    visitor.page.keyboard.press("ArrowDown")
    pictured(visitor.page, f"cari-{language}-{size[0]}", whole=False)
    assert faults(visitor.page) == []
    assert not sticks_out(visitor.page)


@each_look
def test_the_help_of_a_page_opens_by_key_and_by_button(visitor: Visitor, language: str, size: tuple[int, int]) -> None:
    visitor.sized(size).reading(language).signed_in(OFFICER, then="/kes")
    dialog = visitor.page.locator("#frame-about")
    visitor.page.locator("#frame-about-button").click()
    expect(dialog).to_be_visible()
    expect(visitor.page.locator("#frame-about-title")).to_be_focused()
    assert faults(visitor.page) == []
    visitor.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    visitor.page.keyboard.press("?")
    expect(dialog.locator("[data-ek-keys]")).to_be_focused()
    pictured(visitor.page, f"tentang-{language}-{size[0]}", whole=False)
    assert not sticks_out(visitor.page)


def test_the_help_is_that_of_the_page_one_goes_to(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then="/kes")
    visitor.page.keyboard.press("?")
    told = visitor.page.locator("#frame-about .ek-lead").inner_text()
    visitor.page.locator("#frame-about").get_by_role("link", name="Baca Panduan").click()
    visitor.page.wait_for_url("**/panduan")
    expect(visitor.page.locator("#frame-about")).to_be_hidden()
    visitor.settled()
    visitor.page.keyboard.press("?")
    expect(visitor.page.locator("#frame-about .ek-lead")).not_to_have_text(told)
