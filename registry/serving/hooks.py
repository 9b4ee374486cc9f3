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


def when_ready(server: Any) -> None:
    """Begin to work at jobs, in a process of their own, before the first worker is forked: no request waits."""
    server.at_jobs = subprocess.Popen([sys.executable, "-m", "registry.serving.at_jobs", str(os.getpid())])


def on_exit(server: Any) -> None:
    """End the work at jobs with the server."""
    if hasattr(server, "at_jobs"):
        server.at_jobs.terminate()


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
