"""A release is looked at and approved by a person, and asked for anew: by keyboard, on a phone too."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from layers.numbers import MALAYSIA
from registry.releases.making import make_release
from registry.status.months import close_months
from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import ADMINISTRATOR, NARROW, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from sqlalchemy import Engine

MS = words_of("ms")


def test_a_release_is_approved_and_a_corrected_one_asked_for(browser: Browser, address: str, register: Engine) -> None:
    today = datetime.now(MALAYSIA).date()
    with register.begin() as owner:
        close_months(owner, up_to=today)
        made = make_release(owner, today=today)
    assert made is not None
    number = made.number
    visitor = Visitor(browser, address)
    visitor.signed_in(ADMINISTRATOR, then="/angka-awam")
    page = visitor.page
    page.get_by_role("link", name=number, exact=True).press("Enter")
    page.locator("#releases-answer").fill("Disemak dengan daftar")
    assert faults(visitor.settled().page) == []
    page.get_by_role("button", name=MS("release.press_lulus")).press("Enter")
    expect(page.locator("#releases-said")).to_contain_text(MS("release.did_diluluskan", number=number))
    expect(page.locator("#releases-deciding")).to_be_hidden()
    there = page.url
    visitor.close()

    visitor = Visitor(browser, address).sized(NARROW)
    visitor.signed_in(ADMINISTRATOR, then=there.removeprefix(address))
    expect(visitor.page.locator("#releases-body")).to_contain_text(MS("release.state_diluluskan"))
    assert faults(visitor.settled().page) == []
    assert not sticks_out(visitor.page)
    visitor.page.goto(f"{address}/angka-awam")
    visitor.page.locator("#releases-reason").fill("Rekod digabungkan")
    visitor.page.get_by_role("button", name=MS("release.ask")).press("Enter")
    expect(visitor.page.locator("#releases-message")).to_contain_text(f"{number.partition('.')[0]}.2")
    visitor.close()

    anybody = Visitor(browser, address).sized(NARROW)
    for path in (f"{number}/MY/miskin", f"{number}/08/tegar"):
        anybody.page.goto(f"{address}/awam/peta/{path}")
        expect(anybody.page.locator("svg.map path").first).to_be_visible()
        assert faults(anybody.page) == []
        assert not sticks_out(anybody.page)
    anybody.close()
