"""How a page looks: what axe finds wrong with it, whether it fits its window, and a picture of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.visitor import NARROW, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCREENS = Path(__file__).resolve().parents[2] / ".screens"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # what holds is not reported: that takes half the time
    "resultTypes": ["violations"],
}

each_look = pytest.mark.parametrize(("size", "language"), [(WIDE, "ms"), (NARROW, "en")], ids=["wide-ms", "narrow-en"])
"""At a desk in Malay and on a phone in English: each size and each language once, not each with each."""
each_other_look = pytest.mark.parametrize(
    ("size", "language"), [(WIDE, "en"), (NARROW, "ms")], ids=["wide-en", "narrow-ms"]
)
"""The other two, for pages that are looked at with :data:`each_look` elsewhere."""


def faults(page: Page) -> list[str]:
    """What axe finds: rule, where, and what is wrong there; looked for when the page's styles have come."""
    page.wait_for_load_state()
    # what has scrolled halfway beneath the bar at the top would pass for too small
    page.evaluate("scrollTo(0, 0)")
    found: dict[str, Any] = Axe().run(page, options=RULES).response
    return [
        f"{fault['id']} {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def is_covered(page: Page, selector: str) -> bool:
    """Whether something else lies over the middle of an element, so that a press does not reach it."""
    return bool(
        page.locator(selector).evaluate("""(wanted) => {
            const box = wanted.getBoundingClientRect();
            const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return !wanted.contains(there);
        }""")
    )


def sticks_out(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def pictured(page: Page, name: str, *, whole: bool = True) -> Path:
    """A picture of the page, or of what its window shows, for people to look at."""
    SCREENS.mkdir(exist_ok=True)
    picture = SCREENS / f"{name}.png"
    page.screenshot(path=picture, full_page=whole)
    return picture
