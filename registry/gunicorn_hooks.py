"""What the web server does beside serving: closes months that have ended, loads what the first map will need."""

from __future__ import annotations

import importlib
import subprocess
import sys
import threading

_DAY_SECONDS = 24 * 60 * 60


def when_ready(_server: object) -> None:
    """Close months once a day, in a process of its own, so that neither a worker nor a request waits for it."""
    threading.Thread(target=_daily, name="months", daemon=True).start()


def post_worker_init(_worker: object) -> None:
    """Load what is slow to load while the worker already answers."""
    threading.Thread(target=_load, name="loading", daemon=True).start()


def _load() -> None:
    for name in ("mapclassify", "layers.export"):
        importlib.import_module(name)


def _daily() -> None:
    pause = threading.Event()
    while not pause.wait(_DAY_SECONDS):
        subprocess.run([sys.executable, "-m", "registry.cli", "close-months"], check=False)
