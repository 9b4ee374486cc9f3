"""(d) From a click, or a visit, to the painted map, in a real browser over the pages as they are served."""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bench.results import Result, told
from registry.accounts.users import DEMO_PASSWORD, create_demo_users
from registry.installation.settings import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from bench.stage import Stage

Step = dict[str, float]
"""Milliseconds from a click to the picture it led to: the whole, and its parts."""

GOAL = 0.200
_VISIT_GOALS = {"without a cache": 1.2, "again": 0.8}
_PARTS = ("browser", "network", "server", "database")
STATES = ("08", "10", "12", "01", "03", "13")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
_FLAGS = (
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
_START_SECONDS = 180
_QUIET_MS = 400

# Notes when the map's canvas was last drawn on, when the frame with that drawing had been shown, and the last answer.
_WATCH = """
(() => {
  window.asked = { open: 0, last: 0 };
  const plain = window.fetch;
  window.fetch = (...rest) => {
    window.asked.open += 1;
    return plain(...rest).finally(() => { window.asked.open -= 1; window.asked.last = performance.now(); });
  };
  window.painted = { drawn: 0, shown: 0 };
  const fill = CanvasRenderingContext2D.prototype.fill;
  CanvasRenderingContext2D.prototype.fill = function (...rest) {
    if (this.canvas.closest(".leaflet-container")) {
      const first = performance.now() - window.painted.drawn > 4;
      window.painted.drawn = performance.now();
      if (first) {
        requestAnimationFrame(() => requestAnimationFrame(() => { window.painted.shown = performance.now(); }));
      }
    }
    return fill.apply(this, rest);
  };
  // What of a wait that began at ``since`` was spent in the database, in the server besides, and on the way, is told
  // by the answer that came last before the drawing; null while nothing that followed has been shown and kept.
  window.waited = (since, quiet) => {
    const { drawn, shown } = window.painted;
    if (!(drawn > since && shown > drawn && performance.now() - drawn > quiet)) {
      return null;
    }
    const came = performance
      .getEntriesByType("resource")
      .filter((one) => one.startTime >= since && one.responseEnd <= drawn && one.serverTiming.length)
      .sort((one, other) => other.responseEnd - one.responseEnd)[0];
    const spent = (name) => came?.serverTiming.find((one) => one.name === name)?.duration ?? 0;
    const asked = came ? came.responseEnd - came.startTime : 0;
    return {
      whole: shown - since,
      database: spent("database"),
      server: spent("server") - spent("database"),
      network: asked - spent("server"),
      browser: shown - since - asked,
    };
  };
})();
"""
# A person takes the next step when the last one has come to rest: nothing asked for, and nothing answered just now.
_RESTED = "() => window.asked.open === 0 && performance.now() - window.asked.last > 800"
# Clicks and answers how long it took until the last drawing that followed was shown; null where none followed.
_CLICK = """
([selector, quiet]) => new Promise((answer) => {
  performance.clearResourceTimings();
  const clicked = performance.now();
  document.querySelector(selector).click();
  const wait = () => {
    const waited = window.waited(clicked, quiet);
    if (waited || performance.now() - clicked > 15000) {
      answer(waited);
    } else {
      setTimeout(wait, 20);
    }
  };
  setTimeout(wait, 20);
})
"""


def measure(stage: Stage, *, database: str, households: int, repeats: int) -> list[Result]:
    """Into states, into a district of each, and to another measure; warm: every step is taken once before it counts."""
    engine = stage.copied(DATABASE, template=database)
    with engine.begin() as connection:
        create_demo_users(connection)
    engine.dispose()
    steps: dict[str, list[Step]] = {"into a state": [], "into a district": [], "to another measure": []}
    visits: dict[str, list[Step]] = {name: [] for name in _VISIT_GOALS}
    with served(stage) as address, page_of(address) as page:
        for turn in range(repeats + 1):
            for state in STATES:
                taken = _journey(page, state, odd=turn % 2)
                if turn:
                    for step, found in zip(steps, taken, strict=True):
                        steps[step].append(found)
            for name, visit in zip(visits, _visits(page, address), strict=True):
                visits[name].append(visit)
    clicks = [_result(f"Click to repainted map, {step}", found, households, GOAL) for step, found in steps.items()]
    return clicks + [
        _result(f"Visit to a drawn map, {name}", found, households, _VISIT_GOALS[name])
        for name, found in visits.items()
    ]


def _visits(page: Page, address: str) -> list[Step]:
    """The map opened in a new window of who is signed in, and opened there once more."""
    signed_in = page.context.storage_state()
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="ms-MY", storage_state=signed_in)
    page = context.new_page()
    page.add_init_script(_WATCH)
    taken: list[Step] = []
    for _ in _VISIT_GOALS:
        page.goto(address)
        taken.append(page.wait_for_function("(quiet) => window.waited(0, quiet)", arg=_QUIET_MS).json_value())
        page.wait_for_function(_RESTED)
    context.close()
    return taken


def _journey(page: Page, state: str, *, odd: int) -> tuple[Step, Step, Step]:
    """Into a state, to another measure there, into its first district and home again."""
    into_state = _clicked(page, f'a[data-ek-into="{state}"]')
    page.evaluate("document.querySelector('#poverty-map-measure').click()")
    option = f"[role=option]:nth-child({3 + odd})"  # after the group's name and the measure that is shown
    page.wait_for_selector(option)
    to_measure = _clicked(page, option)
    into_district = _clicked(page, f'a[data-ek-into^="{state}"]')
    for _ in range(3):
        page.go_back()
        page.wait_for_function(_RESTED)
    return into_state, into_district, to_measure


def _result(step: str, taken: list[Step], households: int, goal: float) -> Result:
    seconds = [one["whole"] / 1000 for one in taken]
    worst = statistics.quantiles(seconds, n=20)[-1]
    parts = ", ".join(f"{name} {statistics.median(one[name] for one in taken):.0f} ms" for name in _PARTS)
    return Result(
        f"{step}, {households:,} households: p95, median of {len(seconds)}, medians of parts",
        told(worst),
        told(statistics.median(seconds)),
        parts,
        f"p95 <= {told(goal)}",
        worst <= goal,
    )


def _clicked(page: Page, selector: str) -> Step:
    page.wait_for_selector(selector, state="attached")
    taken: Step | None = page.evaluate(_CLICK, [selector, _QUIET_MS])
    if taken is None:
        raise RuntimeError(f"nothing was drawn after a click on {selector}")
    page.wait_for_function(_RESTED)
    return taken


@contextmanager
def page_of(address: str) -> Iterator[Page]:
    """The map, open and signed in for."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where the map is measured

    with sync_playwright() as playwright:
        path = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="ms-MY").new_page()
        page.add_init_script(_WATCH)
        page.goto(f"{address}/masuk")
        page.fill("input[name=login]", "menteri")
        page.fill("input[name=password]", DEMO_PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_selector('a[data-ek-into="08"]', state="attached", timeout=60_000)
        page.wait_for_load_state("networkidle")
        page.mouse.move(2, 2)
        yield page
        browser.close()


@contextmanager
def served(stage: Stage, *, threads: int = 4) -> Iterator[str]:
    """The address of the pages, served as ``ekasih serve`` does, without its worker: the night's work is no part."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EKASIH_")}
    server = subprocess.Popen(
        [sys.executable, "-m", "registry.cli", "serve"],
        env=kept
        | {"EKASIH_HOME": str(stage.home), "EKASIH_PORT": str(port), "EKASIH_TIMINGS": "1", "EKASIH_JOBS": "0"}
        | {"EKASIH_THREADS": str(threads)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/sihat", timeout=5):
                return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    raise RuntimeError("the pages do not come up")
