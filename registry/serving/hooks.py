"""What the web server does beside serving: a worker at jobs, seals on the audit log, early loading."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import threading
from typing import Any

from registry.installation import sealing
from registry.installation.settings import Settings

_BEGIN_AGAIN_SECONDS = 5


def when_ready(_server: object) -> None:
    """Begin to work at jobs, in a process of their own: no request waits."""
    threading.Thread(target=_jobs, name="jobs", daemon=True).start()


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


def _jobs() -> None:
    """Publish what was not published today, then keep a worker of its own at the jobs; one that ended begins again."""
    pause = threading.Event()
    _run("publish", "--if-stale")
    while Settings.load().jobs:
        _run("work", "--for", str(os.getpid()))
        pause.wait(_BEGIN_AGAIN_SECONDS)


def _run(*command: str) -> None:
    subprocess.run([sys.executable, "-m", "registry.cli", *command], check=False)
