"""Slows down who guesses passwords: counts refusals by name and address, in the memory of one process."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

WINDOW_SECONDS: Final = 15 * 60
PER_NAME: Final = 8
PER_ADDRESS: Final = 60
_FORGET_ABOVE: Final = 10_000


@dataclass
class Throttle:
    """How many sign-ins were refused lately, for a name from an address and for the address alone."""

    now: Callable[[], float] = time.monotonic
    _refused: dict[tuple[str, str], deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_seconds(self, login: str, address: str) -> float:
        """How long to wait before the next try; nothing where it may be made now."""
        with self._lock:
            return max(
                self._wait((login, address), allowed=PER_NAME),
                self._wait(("", address), allowed=PER_ADDRESS),
            )

    def refused(self, login: str, address: str) -> None:
        """Remember a refusal."""
        with self._lock:
            if len(self._refused) > _FORGET_ABOVE:
                self._refused.clear()
            for key in ((login, address), ("", address)):
                self._refused[key].append(self.now())

    def accepted(self, login: str, address: str) -> None:
        """Forget what was refused to who has signed in."""
        with self._lock:
            self._refused.pop((login, address), None)

    def _wait(self, key: tuple[str, str], *, allowed: int) -> float:
        times = self._refused.get(key)
        if not times:
            return 0
        while times and self.now() - times[0] > WINDOW_SECONDS:
            times.popleft()
        return 0 if len(times) < allowed else WINDOW_SECONDS - (self.now() - times[-allowed])
