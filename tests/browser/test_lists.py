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
