"""What a client may cost the web server: seconds, bytes a second, bytes in memory and on disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ADMIT: Final = "ekasih.admit_body"
"""The application's extension that is asked before a large body is read: the request's WSGI environment in, and what to
raise where the body is read after all, or ``None``, out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds for one worker process. Nothing bounds how long a body takes as a whole, so that large files can come."""

    head_seconds: float = 10.0
    """From a request's first byte, or from the connection where nothing comes, to the end of its head."""
    head_bytes: int = 64 * 1024
    pace_bytes: int = 20_000
    pace_seconds: float = 20.0
    """Each further ``pace_bytes`` of a body, and of an answer, must pass within ``pace_seconds``."""
    linger_seconds: float = 5.0
    """How long what is still being sent is thrown away after the answer, so that the answer arrives."""
    memory_bytes: int = 64 * 1024
    """A body up to this length is kept in memory; the application is asked before a longer one is read."""
    disk_bytes: int = 4 * 1024**3
    """What all bodies that are not in memory may take together, by the length that each announced."""


class Pace:
    """Demands that bytes keep passing: a drip of one byte a second is as late as none."""

    def __init__(self, limits: Limits, now: float) -> None:
        self._step, self._seconds = limits.pace_bytes, limits.pace_seconds
        self._passed = 0
        self.due = now + self._seconds

    def passed(self, count: int, now: float) -> None:
        """Count bytes that passed."""
        self._passed += count
        if self._passed >= self._step:
            self._passed = 0
            self.due = now + self._seconds
