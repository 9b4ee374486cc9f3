"""What the web server does beside serving: daily commands, deliveries, seals on the audit log, early loading."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import threading
from typing import Any

from registry.installation import sealing
from registry.installation.settings import Settings

_DAY_SECONDS = 24 * 60 * 60
_BEGIN_AGAIN_SECONDS = 5
_DAILY = ("close-months", "sweep-sessions", "quality", "duplicates", "publish")


def when_ready(_server: object) -> None:
    """Publish what is not published yet, and run the daily commands, in processes of their own: no request waits."""
    threading.Thread(target=_daily, name="daily", daemon=True).start()
    threading.Thread(target=_deliveries, name="deliveries", daemon=True).start()


def post_worker_init(worker: Any) -> None:
    """Load what is slow to load while the worker already answers, and begin to seal the audit log."""
    threading.Thread(target=_load, name="loading", daemon=True).start()
    worker.sealer = sealing.start(Settings.load())


def worker_exit(_server: object, worker: Any) -> None:
    """Seal what the worker's last requests wrote."""
    if hasattr(worker, "sealer"):
        worker.sealer.end()


def _load() -> None:
    for name in ("mapclassify", "layers.export"):
        importlib.import_module(name)


def _daily() -> None:
    pause = threading.Event()
    _run("publish", "--if-stale")
    while not pause.wait(_DAY_SECONDS):
        for command in _DAILY:
            _run(command)


def _deliveries() -> None:
    """Keep a process of its own at the deliveries that were sent on screen; one that ended is begun again."""
    pause = threading.Event()
    while not pause.wait(_BEGIN_AGAIN_SECONDS):
        _run("import", "waiting", "--watch", "--for", str(os.getpid()))


def _run(*command: str) -> None:
    subprocess.run([sys.executable, "-m", "registry.cli", *command], check=False)
