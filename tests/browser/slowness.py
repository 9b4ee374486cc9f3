"""Makes a browser's pages slow: each is stopped for a multiple of what it worked, which takes no time of a core.

What Chromium's own throttling takes from a page it burns in a loop, and from pages that wait as well.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOK_S = 0.004
"""How long a page works at most before it is looked at."""
_FEW = 50_000


class Slowness:
    """Pages of the browser with this process number take ``times`` as long, from ``starts`` to ``ends``."""

    def __init__(self, browser: int, times: int) -> None:
        self._browser, self._times = browser, times
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._worked: dict[int, int] = {}

    def starts(self) -> None:
        """From here on pages are slow."""
        if self._thread is None:
            self._over.clear()
            self._thread = threading.Thread(target=self._hold_back, daemon=True)
            self._thread.start()

    def ends(self) -> None:
        """From here on pages are as fast as they are."""
        if self._thread is not None:
            self._over.set()
            self._thread.join()
            self._thread = None

    def _hold_back(self) -> None:
        while not self._over.wait(LOOK_S):
            due = {page: self._new_work(page) * (self._times - 1) for page in self._pages()}
            self._stop({page: pause for page, pause in due.items() if pause > _FEW})

    def _stop(self, due: dict[int, int]) -> None:
        """Stop each page for as many nanoseconds, the one with the least to wait for first."""
        waited = 0
        stopped = [page for page in due if _signalled(page, signal.SIGSTOP)]
        try:
            for page in sorted(stopped, key=due.__getitem__):
                self._over.wait((due[page] - waited) / 1e9)
                waited = due[page]
                _signalled(page, signal.SIGCONT)
        finally:
            for page in stopped:
                _signalled(page, signal.SIGCONT)

    def _new_work(self, page: int) -> int:
        """Nanoseconds that the thread of scripts and drawing was at work since it was last asked."""
        with suppress(OSError):
            worked = int(Path(f"/proc/{page}/schedstat").read_text(encoding="ascii").split()[0])
            before = self._worked.get(page, worked)
            self._worked[page] = worked
            return worked - before
        return 0

    def _pages(self) -> Iterator[int]:
        """The processes that draw pages: children of the browser's zygotes."""
        for zygote in _children(self._browser):
            yield from (page for page in _children(zygote) if _draws(page))


def _children(process: int) -> list[int]:
    with suppress(OSError):
        found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
        return [int(one) for one in found.split()]
    return []


def _draws(process: int) -> bool:
    with suppress(OSError):
        return b"--type=renderer" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def _signalled(process: int, what: signal.Signals) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, what)
        return True
    return False
