"""What the web server does beside serving: it has the daily commands run, and loads what the first map needs."""

from __future__ import annotations

import importlib
import subprocess
import sys
import threading

_DAY_SECONDS = 24 * 60 * 60
_DAILY = ("close-months", "quality", "duplicates")


def when_ready(_server: object) -> None:
    """Close months and look over the register once a day, in processes of their own, so that no request waits."""
    threading.Thread(target=_daily, name="daily", daemon=True).start()


def post_worker_init(_worker: object) -> None:
    """Load what is slow to load while the worker already answers."""
    threading.Thread(target=_load, name="loading", daemon=True).start()


def _load() -> None:
    for name in ("mapclassify", "layers.export"):
        importlib.import_module(name)


def _daily() -> None:
    pause = threading.Event()
    while not pause.wait(_DAY_SECONDS):
        for command in _DAILY:
            subprocess.run([sys.executable, "-m", "registry.cli", command], check=False)
