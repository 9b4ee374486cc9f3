"""Somebody at a browser: opens pages, signs in, and notes what should not happen."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import expect

from registry.accounts.users import DEMO_PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

MOST_MS = 90_000
"""A loaded machine is slow, which says nothing about the claim."""
WIDE, NARROW = (1440, 900), (390, 844)
PLANNER, COORDINATOR, OFFICER, ADMINISTRATOR = "menteri", "penyelaras.kinta", "pegawai.kinta", "pentadbir"
COUNCIL = "ppkb.batugajah"
UNDER_WAY = "html[data-ek-working], ._dash-loading, [data-dash-is-loading=true], .ek-skeleton, [aria-busy=true]"
LOCALE, ZONE = "ms-MY", "Asia/Kuala_Lumpur"
_SESSIONS: dict[tuple[str, str], Any] = {}
_UNUSED: list[BrowserContext] = []
"""Windows of visitors who left, empty but for the cache: an office PC has the scripts, and reads them once. The last is
taken first: that of the browser's own profile, which alone keeps scripts as they were compiled."""
_STORED = "local_storage,indexeddb,cache_storage,service_workers,file_systems,websql"
_LOCAL = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True)
class Chromium:
    """Which browser is started, and how."""

    names: tuple[str, ...]
    arguments: tuple[str, ...]

    def path(self) -> str:
        """Where the browser is.

        Raises:
            FileNotFoundError: there is none; ``./setup.sh --tests`` installs it.

        """
        found = next((path for name in self.names if (path := shutil.which(name))), None)
        if found is None:
            raise FileNotFoundError(self.names[0])
        return found


CHROMIUM = Chromium(
    names=("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
    arguments=(
        # names are looked up nowhere: what a page asks of another host fails, and is noted
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ),
)


def keep_window(window: BrowserContext) -> None:
    """Let the next visitor have the window of the browser's own profile."""
    _UNUSED.append(window)


def forget_sessions(address: str) -> None:
    """Another application is served here from now on: who was signed in to the former one is not."""
    for key in [key for key in _SESSIONS if key[0] == address]:
        del _SESSIONS[key]


class Visitor:
    """One person with a browser window of their own; ``page`` is Playwright's."""

    def __init__(self, browser: Browser, address: str, *, size: tuple[int, int] = WIDE) -> None:
        self.address = address
        self.requests_elsewhere: list[str] = []
        self.script_errors: list[str] = []
        self.expected_failures: set[int] = set()
        self._context = _UNUSED.pop() if _UNUSED else browser.new_context(locale=LOCALE, timezone_id=ZONE)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(MOST_MS)
        self.sized(size)
        # noted, not routed: a browser whose requests are routed keeps nothing in its cache
        self._context.on("request", self._note)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.script_errors.append(error.stack or str(error)))

    def sized(self, size: tuple[int, int]) -> Visitor:
        """The same person at a window of another size."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        return self

    def reading(self, language: str) -> Visitor:
        """The same person, reading ``ms`` or ``en`` from the next page on."""
        self._context.add_cookies([{"name": "ekasih_bahasa", "value": language, "url": self.address}])
        return self

    def signed_in(self, login: str, *, then: str | None = "/", by_form: bool = False) -> Visitor:
        """The same person signed in with a demo account, on the page ``then`` if any; by its form at first."""
        key = (self.address, login)
        if key in _SESSIONS and not by_form:
            self._context.add_cookies([_SESSIONS[key]])
            return self.open(then) if then is not None else self
        self.page.goto(f"{self.address}/masuk?next={quote(then or '/panduan')}")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", DEMO_PASSWORD)
        # the page that is left has nothing under way while the answer is awaited
        with self.page.expect_navigation():
            self.page.press("input[name=password]", "Enter")
        self.settled()
        if by_form:
            # a session that its test may end is nobody else's
            return self
        cookie: Any = next(cookie for cookie in self._context.cookies() if cookie["name"] == "ekasih_sesi")
        _SESSIONS[key] = {name: cookie[name] for name in ("name", "value", "domain", "path")}
        return self

    def open(self, path: str) -> Visitor:
        """Go to a page of the application and wait until it is drawn."""
        self.page.goto(f"{self.address}{path}")
        self.settled()
        return self

    def settled(self) -> Visitor:
        """Wait until nothing is being asked and nothing still says that it is loading."""
        self.page.wait_for_load_state()
        expect(self.page.locator(UNDER_WAY)).to_have_count(0, timeout=120_000)
        return self

    def browser_process(self) -> int:
        """The number of the process that all windows of this browser come from."""
        browser: Any = self._context.browser
        found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        return next(int(process["id"]) for process in found if process["type"] == "browser")

    def close(self) -> None:
        """Close the window; of what it held nothing but its cache of files stays."""
        context = self._context
        context.remove_listener("request", self._note)
        context.unroute_all()
        context.set_offline(False)
        context.clear_permissions()
        context.clear_cookies()
        last = context.new_page()
        for page in context.pages:
            if page != last:
                page.close(run_before_unload=False)
        emptied = {"origin": self.address, "storageTypes": _STORED}
        context.new_cdp_session(last).send("Storage.clearDataForOrigin", emptied)
        # the empty page stays: a browser without one ends
        browser = context.browser
        own = browser is not None and context == browser.contexts[0]
        _UNUSED.insert(len(_UNUSED) if own else 0, context)

    def _note(self, request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in {"data", "blob"} and target.hostname not in _LOCAL:
            self.requests_elsewhere.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        if self.expected_failures and "Callback error updating" in message.text:
            return
        if any(f"status of {status}" in message.text for status in self.expected_failures):
            return
        self.script_errors.append(message.text)
