"""Somebody who has a keyboard alone: reaches things with Tab, types, chooses with the arrows, presses Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import expect

from registry.accounts.users import DEMO_PASSWORD
from tests.browser.looks import faults, pictured, sticks_out
from words import Words, words_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.visitor import Visitor

FARTHEST = 250
"""Presses of Tab after which something counts as out of reach."""
MOST_OPTIONS = 60
_FOCUSED = "one => one === document.activeElement"
_BEFORE = "one => Boolean(document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING)"
_ACTIVE = "() => (document.activeElement || document.body).outerHTML.slice(0, 200)"


class Keyboard:
    """A visitor who never touches a mouse, reading one language at one width."""

    def __init__(self, visitor: Visitor, *, size: tuple[int, int], language: str) -> None:
        self.visitor = visitor.sized(size).reading(language)
        self.language, self.width = language, size[0]
        self.words: Words = words_of(language)

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.visitor.page

    def enters(self, login: str, *, then: str) -> None:
        """Sign in by the form as somebody, in place of whoever was there, and come to the page ``then``."""
        # nothing that the former page still asks is answered to nobody
        self.page.goto("about:blank")
        self.page.context.clear_cookies(name="ekasih_sesi")
        self.page.goto(f"{self.visitor.address}/masuk?next={quote(then)}")
        self.writes(self.page.locator("#login"), login)
        self.writes(self.page.locator("#password"), DEMO_PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#login")).to_have_count(0)
        self.visitor.settled()

    def reaches(self, target: Locator) -> None:
        """Tab until ``target`` has the focus; backwards where it stands before what has it."""
        expect(target).to_be_visible()
        key = "Shift+Tab" if target.evaluate(_BEFORE) else "Tab"
        for _press in range(FARTHEST):
            if target.evaluate(_FOCUSED):
                return
            self.page.keyboard.press(key)
        message = f"{target} is out of reach; the focus is on {self.page.evaluate(_ACTIVE)}"
        raise AssertionError(message)

    def presses(self, target: Locator, key: str = "Enter") -> None:
        """Reach something and press it."""
        self.reaches(target)
        self.page.keyboard.press(key)

    def button(self, name: str) -> None:
        """Press the button of that name."""
        self.presses(self.page.get_by_role("button", name=name, exact=True))

    def follows(self, link: Locator) -> None:
        """Follow a link and wait for the page behind it."""
        self.presses(link)
        self.visitor.settled()

    def writes(self, target: Locator, text: str) -> None:
        """Type into a field, in place of what stood there."""
        self.reaches(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def picks(self, target: Locator, answer: str) -> None:
        """Choose from a list of the browser's own by typing how the answer starts."""
        self.reaches(target)
        self.page.keyboard.type(answer)
        expect(target.locator("option:checked")).to_have_text(answer)

    def chooses(self, target: Locator, answer: str) -> None:
        """Open a list with an arrow, go down it to ``answer`` and take that."""
        self.reaches(target)
        self.page.keyboard.press("ArrowDown")
        expect(self.page.get_by_role("option", name=answer, exact=True)).to_be_visible()
        lit = self.page.locator("[role=option][data-combobox-selected]")
        for _press in range(MOST_OPTIONS):
            if lit.count() and lit.first.inner_text().strip() == answer:
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        expect(target).to_have_value(answer)

    def looks(self, name: str) -> None:
        """The page as it stands has no fault that axe finds, is no wider than the window, and leaves its picture."""
        self.visitor.settled()
        self.page.evaluate("window.scrollTo(0, 0)")
        pictured(self.page, f"kehidupan-{name}-{self.language}-{self.width}")
        found = faults(self.page)
        assert found == [], f"{name}: {found}"
        assert not sticks_out(self.page), name
