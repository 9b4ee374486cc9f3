"""Keeps a worker at the jobs beside a web server: ``python -m registry.serving.at_jobs SERVER``, its parent's number.

It is a process of its own because the server forks: a process that is started from another of its threads may hand what
it waits for to a server's worker that is forked in that moment, and would wait for as long as that lives.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from typing import Final

from registry.installation.settings import Settings

_BEGIN_AGAIN_SECONDS: Final = 5
_LOOK_SECONDS: Final = 1


def main(server: int) -> None:
    """Publish what was not published today, then keep a worker at the jobs; one that ended begins again."""
    _run(server, "publish", "--if-stale")
    while Settings.load().jobs and os.getppid() == server:
        _run(server, "work", "--for", str(os.getpid()))
        time.sleep(_BEGIN_AGAIN_SECONDS)


def _run(server: int, *command: str) -> None:
    """Carry out a command; it ends with the server."""
    with subprocess.Popen([sys.executable, "-m", "registry.cli", *command]) as child:
        try:
            while os.getppid() == server:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(_LOOK_SECONDS)
                    return
        finally:
            if child.poll() is None:
                child.terminate()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(int(sys.argv[1]))
