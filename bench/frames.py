"""(e) One month of the map after another, in a real browser: from the key to the map of it; its table follows."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

from bench.browser import page_of, served
from bench.months import with_history
from bench.results import Result, told
from registry.accounts.users import create_demo_users
from registry.installation.settings import DATABASE
from registry.publishing.publish import publish

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from bench.stage import Stage

GOAL = 0.120
_QUIET_MS = 150
_FIRST = 3
"""How many months are shown before it counts, and how many keys count in one go."""
_IN_A_ROW = 12
_OPEN = '[data-ek-map-tool="time"]'
_SLIDER = "#poverty-map-time-slider"
_RESTED = "() => window.asked.open === 0 && performance.now() - window.asked.last > 400"
# Presses a key on the slider and answers how long it took until the last drawing that followed was shown.
_PRESS = """
([selector, by, quiet]) => new Promise((answer) => {
  const slider = document.querySelector(selector);
  const pressed = performance.now();
  slider.value = String(Number(slider.value) + by);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  const wait = () => {
    const { drawn, shown } = window.painted;
    const settled = drawn > pressed && shown > drawn && performance.now() - drawn > quiet;
    if (settled || performance.now() - pressed > 15000) {
      answer(settled ? shown - pressed : null);
    } else {
      setTimeout(wait, 5);
    }
  };
  setTimeout(wait, 5);
})
"""


def measure(stage: Stage, *, database: str, households: int, repeats: int) -> list[Result]:
    """Months of the 160 districts, forwards and back; each was fetched while the one before it was looked at."""
    engine = stage.copied(DATABASE, template=database)
    with_history(engine, households * 4 // 3)
    with engine.begin() as connection:
        create_demo_users(connection)
        publish(connection)
    engine.dispose()
    with served(stage) as address, page_of(address) as page:
        taken = _frames(page, address, repeats)
    seconds = [one / 1000 for one in taken]
    worst = statistics.quantiles(seconds, n=20)[-1]
    return [
        Result(
            f"A month of the map to the next, 160 districts, {households:,} households: p95, median of {len(seconds)}",
            told(worst),
            told(statistics.median(seconds)),
            "",
            f"p95 <= {told(GOAL)}",
            worst <= GOAL,
        )
    ]


def _frames(page: Page, address: str, repeats: int) -> list[float]:
    page.goto(f"{address}/?level=district")
    page.wait_for_selector(_OPEN)
    page.wait_for_function(_RESTED)
    page.click(_OPEN)
    page.wait_for_selector(f"{_SLIDER}:visible")
    page.wait_for_function(_RESTED)
    taken: list[float] = []
    for turn in range(repeats):
        by = -1 if turn % 2 == 0 else 1
        for place in range(_IN_A_ROW):
            found: Any = page.evaluate(_PRESS, [_SLIDER, by, _QUIET_MS])
            if found is None:
                raise RuntimeError("no month was drawn")
            if turn or place >= _FIRST:
                taken.append(found)
            page.wait_for_function(_RESTED)
    return taken
