"""Somebody in a hurry at a slow old computer with late answers: types as soon as a field takes it, presses at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.slowness import Slowness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Request

    from tests.browser.visitor import Visitor

SLOWER = 6
LATE_MS = 400
MOST_MS = 180_000
"""After which a state that is waited for is taken not to come."""
_ASKED = "_dash-update-component"
# in the page: whoever plays the person must not wait for an answer that is late
_LATE = """
(() => {
  const plain = window.fetch;
  window.fetch = function (resource) {
    const asked = String(resource && resource.url ? resource.url : resource);
    const answer = plain.apply(this, arguments);
    return asked.includes("ASKED") ? answer.then((got) => new Promise((go) => setTimeout(go, LATE, got))) : answer;
  };
})();
""".replace("ASKED", _ASKED).replace("LATE", str(LATE_MS))
_FIELDS = "input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), textarea"
_UNMARKED = """() => [...document.querySelectorAll("input:not([type=hidden]), textarea, select")]
  .filter((field) => field.checkVisibility() && !field.ariaHidden)
  .filter((field) => !field.closest("[data-ek-form], form[method=post], .ag-root-wrapper"))
  .map((field) => field.outerHTML.slice(0, 160))"""
_SCREEN = """(fields) => Object.fromEntries(fields.filter((field) => field.id).map((field) => {
  let value = field.value;
  if (field.getAttribute("aria-haspopup") === "listbox") {
    let next = field.closest(".mantine-InputWrapper-root");
    do { next = next.nextElementSibling; } while (next && !next.matches("input[type=hidden]"));
    value = next ? next.value : null;
  }
  return [field.id, value];
}))"""

Screen = dict[str, str]


class Hasty:
    """A visitor whose browser is six times slower, and whose answers take time."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.requests: list[dict[str, Any]] = []
        self.page.set_default_timeout(MOST_MS)
        self.page.add_init_script(_LATE)
        self.page.on("request", self._note)
        self._slowness = Slowness(visitor.browser_process(), SLOWER)

    def opens(self, login: str, path: str) -> None:
        """Come to a page as somebody, and do not wait until it is drawn."""
        self.visitor.signed_in(login, then=None)
        self.slows_down()
        self.page.goto(f"{self.visitor.address}{path}", wait_until="commit")

    def slows_down(self) -> None:
        """From here on the computer is slow."""
        self._slowness.starts()

    def at_ease(self) -> None:
        """From here on the computer is as fast as it is."""
        self._slowness.ends()

    def fields(self, form: Locator) -> list[Locator]:
        """The fields of a form that are seen: to type in, and lists to choose from."""
        expect(form.locator(_FIELDS).first).to_be_visible()
        return [field for field in form.locator(_FIELDS).all() if field.is_visible() and field.is_enabled()]

    def types(self, field: Locator, text: str) -> None:
        """Click into a field and type in place of what stands there."""
        field.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def chooses(self, field: Locator, starting: str = "") -> None:
        """Open a list, narrow it down by typing, go down it and take an answer, without looking up."""
        field.click()
        if starting:
            self.page.keyboard.type(starting)
        for key in ("ArrowDown", "Enter", "Escape") if starting else ("ArrowDown", "ArrowDown", "Enter", "Escape"):
            self.page.keyboard.press(key)

    def screen(self, form: Locator) -> Screen:
        """What stands in each field of a form, by the field's id; of a list the value that is chosen."""
        found: Screen = form.locator(_FIELDS).evaluate_all(_SCREEN)
        return found

    def presses(self, button: Locator) -> None:
        """Press a button with the keyboard, without waiting for anything."""
        button.evaluate("button => button.focus()")
        self.page.keyboard.press("Enter")

    def goes_on(self, field: Locator) -> None:
        """Click where a field stands and type on, while it is not known yet what came of a press."""
        box = field.bounding_box()
        if box:
            self.page.mouse.click(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2)
            self.page.keyboard.type("zz")

    def sent_by(self, button: str) -> list[Screen]:
        """What each request that a button made said of fields, by the field's id."""
        made = [one for one in self.requests if any(key.startswith(f"{button}.") for key in one["changedPropIds"])]
        return [dict(_values([*one.get("inputs", ()), *one.get("state", ())])) for one in made]

    def unmarked(self) -> list[str]:
        """Fields of the page that belong to no form."""
        found: list[str] = self.page.evaluate(_UNMARKED)
        return found

    def _note(self, request: Request) -> None:
        if urlsplit(request.url).path.endswith(_ASKED) and request.post_data:
            self.requests.append(json.loads(request.post_data))


def told(value: Any) -> str:
    """A value as a field shows it; nothing, none and no answer are the same."""
    if isinstance(value, list):
        return ",".join(str(one) for one in value)
    return "" if value is None else str(value)


def named(name: Any) -> str:
    """The id of an element for a component's id."""
    if isinstance(name, str):
        return name
    return json.dumps(name, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _values(given: list[Any]) -> Iterator[tuple[str, str]]:
    for one in given:
        if isinstance(one, list):
            yield from _values(one)
        elif isinstance(one, dict) and one.get("property") == "value":
            yield named(one["id"]), told(one.get("value"))
