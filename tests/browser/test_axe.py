"""No page has an accessibility fault that axe can find, in either language, at a desk or on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboard.i18n import LANGUAGES
from dashboard.pages import PAGES
from tests.browser.visitor import ADMINISTRATOR, NARROW, PLANNER, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.visitor import Visitor

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # what holds is not reported: that takes half the time
    "resultTypes": ["violations"],
}
PLAIN_PATHS = [page.path for page in PAGES if "<" not in page.path]

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_size = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])


def faults(page: Page) -> list[str]:
    """What axe finds: rule, where, and what is wrong there; looked for when the page's styles have come."""
    page.wait_for_load_state()
    found: dict[str, Any] = Axe().run(page, options=RULES).response
    return [
        f"{fault['id']} {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


@each_language
@each_size
@pytest.mark.parametrize("path", PLAIN_PATHS)
def test_a_page_has_no_fault_and_fits_the_window(
    visitor: Visitor, path: str, language: str, size: tuple[int, int]
) -> None:
    visitor.sized(size).reading(language).signed_in(ADMINISTRATOR, then=path).settled()
    assert faults(visitor.page) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@each_language
@each_size
def test_the_sign_in_page_has_no_fault(visitor: Visitor, language: str, size: tuple[int, int]) -> None:
    visitor.sized(size).reading(language).open("/masuk")
    assert faults(visitor.page) == []


@each_language
def test_a_page_that_is_not_there_has_no_fault(visitor: Visitor, language: str) -> None:
    visitor.reading(language).signed_in(PLANNER, then="/tiada")
    assert faults(visitor.page) == []


@each_language
def test_a_refusal_has_no_fault(visitor: Visitor, language: str) -> None:
    visitor.reading(language).signed_in(PLANNER, then="/isi-rumah")
    assert faults(visitor.page) == []


def test_a_fault_put_there_is_found(visitor: Visitor) -> None:
    visitor.open("/masuk")
    visitor.page.evaluate("document.querySelector('label[for=login]').remove()")
    assert any(fault.startswith("label ") for fault in faults(visitor.page))
