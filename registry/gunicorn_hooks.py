"""What the web server's master process does beside serving: it has every month closed soon after it has ended."""

from __future__ import annotations

import subprocess
import sys
import threading

_DAY_SECONDS = 24 * 60 * 60


def when_ready(_server: object) -> None:
    """Close months once a day, in a process of its own, so that neither a worker nor a request waits for it."""
    threading.Thread(target=_daily, name="months", daemon=True).start()


def _daily() -> None:
    pause = threading.Event()
    while not pause.wait(_DAY_SECONDS):
        subprocess.run([sys.executable, "-m", "registry.cli", "close-months"], check=False)
