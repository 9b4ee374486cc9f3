"""A list that is whole on its page: its heads sort it by keyboard, and it stays so when the list is drawn anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looks import faults
from tests.browser.visitor import ADMINISTRATOR, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator

MS = words_of("ms")


def logins(visitor: Visitor) -> Locator:
    return visitor.page.locator("#pengguna-accounts tbody th")


def test_columns_are_chosen_by_keyboard_and_stay_chosen(visitor: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/pentadbiran/pengguna")
    page = visitor.page
    box = page.locator("#pengguna-accounts .ek-columns")
    heads = page.locator("#pengguna-accounts thead th:visible")
    expect(logins(visitor).nth(1)).to_be_visible()
    own = [name.strip() for name in heads.all_inner_texts()]
    summary = box.locator("summary")
    summary.press("Enter")
    expect(box.get_by_role("checkbox")).to_have_count(len(own) - 1)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(heads).to_have_text([own[0], *own[2:]])
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    page.emulate_media(media="print")
    expect(heads).to_have_text([own[0], *own[2:]])
    page.emulate_media(media="screen")
    page.reload()
    expect(heads).to_have_text([own[0], *own[2:]])
    summary.press("Enter")
    box.get_by_role("checkbox").first.check()
    expect(heads).to_have_text(own)


def test_a_list_is_sorted_by_keyboard_and_keeps_its_order_when_it_is_filtered(visitor: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/pentadbiran/pengguna")
    page = visitor.page
    expect(logins(visitor).nth(1)).to_be_visible()
    own = logins(visitor).all_inner_texts()
    head = page.get_by_role("columnheader", name=MS("admin.column_login"))
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    down = sorted(own, reverse=True)
    expect(logins(visitor)).to_have_text(down)
    page.get_by_label(MS("admin.find")).fill(own[0])
    found = [login for login in down if own[0] in login]
    expect(logins(visitor)).to_have_count(len(found))
    page.get_by_label(MS("admin.find")).fill("")
    expect(logins(visitor)).to_have_text(down)
    page.get_by_role("columnheader", name=MS("admin.column_login")).get_by_role("button").press("Enter")
    expect(logins(visitor)).to_have_text(own)
    assert faults(page) == []
