"""What holds on every page, in both languages, at a desk and on a phone; a picture of each is left in ``.screens``.

Axe finds no fault, nothing is wider than the window, the keyboard's first stop leads past the rail, every file that is
asked for is there; and, as for whatever a visitor opens, nothing is asked of another host and no script fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from dashboard.pages.catalogue import PAGES
from tests.browser.looks import each_other_look, faults, pictured, sticks_out
from tests.browser.visitor import ADMINISTRATOR, NARROW, PLANNER

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

    from tests.browser.visitor import Visitor

PLAIN_PATHS = [page.path for page in PAGES if "<" not in page.path]


def is_sound(page: Page, path: str, language: str, size: tuple[int, int]) -> None:
    """What is looked at on every page."""
    name = path.strip("/").replace("/", "-") or "peta"
    assert pictured(page, f"{name}-{language}-{size[0]}", whole=size == NARROW).stat().st_size > 10_000
    assert faults(page) == []
    assert not sticks_out(page)


@each_other_look
@pytest.mark.parametrize("path", PLAIN_PATHS)
def test_a_page_is_sound(visitor: Visitor, path: str, language: str, size: tuple[int, int]) -> None:
    missing: list[str] = []

    def note(answer: Response) -> None:
        if answer.status >= 400:
            missing.append(answer.url)

    visitor.page.on("response", note)
    visitor.sized(size).reading(language).signed_in(ADMINISTRATOR, then=path).settled()
    assert visitor.page.url == f"{visitor.address}{path}"
    is_sound(visitor.page, path, language, size)
    assert missing == []
    visitor.page.evaluate("document.activeElement.blur()")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#frame-main")).to_be_focused()
    # a phone in the other language: the same page in a narrow window
    visitor.sized(NARROW).page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")


@each_other_look
def test_the_sign_in_page_is_sound(visitor: Visitor, language: str, size: tuple[int, int]) -> None:
    visitor.sized(size).reading(language).open("/masuk")
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    is_sound(visitor.page, "/masuk", language, size)


@each_other_look
@pytest.mark.parametrize("path", ["/tiada", "/isi-rumah"])
def test_what_is_not_there_or_not_allowed_is_told_soundly(
    visitor: Visitor, path: str, language: str, size: tuple[int, int]
) -> None:
    visitor.sized(size).reading(language).signed_in(PLANNER, then=path)
    is_sound(visitor.page, f"tidak{path}", language, size)


def test_a_fault_put_there_is_found(visitor: Visitor) -> None:
    visitor.open("/masuk")
    visitor.page.evaluate("document.querySelector('label[for=login]').remove()")
    assert any(fault.startswith("label ") for fault in faults(visitor.page))
    visitor.page.evaluate("document.querySelector('h1').style.width = '9999px'")
    assert sticks_out(visitor.page)


def test_a_request_to_elsewhere_is_noted(visitor: Visitor) -> None:
    with pytest.raises(Error):
        visitor.page.goto("https://tiles.example/0/0/0.png")
    assert visitor.requests_elsewhere == ["https://tiles.example/0/0/0.png"]
    visitor.requests_elsewhere.clear()
