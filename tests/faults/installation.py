"""A whole installation that may be struck down: its cluster, web server and command line, somebody at a browser."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from registry.accounts.users import DEMO_PASSWORD, create_demo_users
from registry.installation.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
_LOCK = text("LOCK TABLE ekasih.audit_log IN ACCESS EXCLUSIVE MODE")
_WAITING = text("""
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()
""")


class Installation:
    """One home with everything that an installation has."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.settings = Settings(home=home, port=_free_port())
        self.web: subprocess.Popen[bytes] | None = None
        self.owner: Engine = create_engine(self.settings.owner_url, poolclass=NullPool)
        self._admin: Engine = create_engine(self.settings.admin_url, poolclass=NullPool)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes run with."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("EKASIH_")}
        own = {"EKASIH_HOME": str(self.home), "EKASIH_PORT": str(self.settings.port), "EKASIH_WORKERS": "1"}
        # no test strikes the work that is done beside the pages, which takes as long to start as they do
        return kept | own | {"COLUMNS": "200", "EKASIH_OFFLINE": "1", "EKASIH_JOBS": "0"}

    def command(self, *words: str | Path) -> subprocess.Popen[str]:
        """The ``ekasih`` command, under way."""
        return subprocess.Popen(
            [sys.executable, "-m", "registry.cli", *map(str, words)],
            cwd=PROJECT, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def done(self, *words: str | Path) -> str:
        """What the command says when it has ended well."""
        process = self.command(*words)
        said, wrong = process.communicate(timeout=5 * PATIENCE_SECONDS)
        assert process.returncode == 0, said + wrong
        return said

    def serve(self) -> None:
        """Serve the pages; answers when they do."""
        self.web = subprocess.Popen(
            [sys.executable, "-m", "registry.cli", "serve"],
            cwd=PROJECT, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        _until(self._answers)

    def strike_web(self) -> None:
        """Kill the web server with all its processes, at once."""
        if self.web is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()
            self.web = None

    def strike_database(self) -> None:
        """Kill every process of the database server, at once."""
        first = int((self.settings.cluster.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        family = [first, *_children(first)]
        for process in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        _until(lambda: not any(_alive(process) for process in family))

    @contextlib.contextmanager
    def held_up(self) -> Iterator[Callable[[int], None]]:
        """While this lasts no change can be finished; what is given waits until so many have got that far."""
        with self.owner.connect() as connection:
            connection.execute(_LOCK)

            def reached(changes: int) -> None:
                with self._admin.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
                    _until(lambda: int(watching.scalar(_WAITING) or 0) >= changes)

            try:
                yield reached
            finally:
                with contextlib.suppress(Exception):  # the server may be gone by now
                    connection.rollback()

    def one(self, statement: str, **params: Any) -> Any:
        """A value of the database."""
        with self.owner.connect() as connection:
            return connection.scalar(text(statement), params)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(f"http://127.0.0.1:{self.settings.port}/sihat").status == 200
        return False


class Person:
    """Somebody signed in at a browser, asking callbacks directly."""

    def __init__(self, installation: Installation, login: str) -> None:
        self.address = f"http://127.0.0.1:{installation.settings.port}"
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))
        page = self._opener.open(f"{self.address}/masuk").read().decode()
        token = page.partition('name="form_token" value="')[2].partition('"')[0]
        form = urllib.parse.urlencode({"login": login, "password": DEMO_PASSWORD, "form_token": token})
        self._opener.open(f"{self.address}/masuk", data=form.encode())

    def ask(self, body: bytes) -> str:
        """What a callback answers; the empty string where the server went away meanwhile."""
        token = next(cookie.value for cookie in self._cookies if cookie.name == "ekasih_token")
        headers = {"Content-Type": "application/json", "X-Ekasih-Token": str(token)}
        request = urllib.request.Request(f"{self.address}/_dash-update-component", data=body, headers=headers)
        try:
            return str(self._opener.open(request, timeout=PATIENCE_SECONDS).read().decode())
        except OSError:
            return ""

    def begin(self, body: bytes) -> Callable[[], str]:
        """Ask without waiting; the answer is what the function given gives."""
        answers: list[str] = []
        thread = threading.Thread(target=lambda: answers.append(self.ask(body)), daemon=True)
        thread.start()

        def answer() -> str:
            thread.join(PATIENCE_SECONDS)
            return answers[0]

        return answer


@contextlib.contextmanager
def installed() -> Iterator[Installation]:
    """An installation with the sample accounts and no household, taken away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="ek"))
    folder.chmod(0o755)
    made = Installation(folder)
    made.done("migrate")
    with made.owner.begin() as connection:
        create_demo_users(connection)
    yield made
    made.strike_web()
    cluster = made.settings.cluster
    cluster.up()
    cluster.down()
    if cluster.base != folder:
        shutil.rmtree(cluster.base)
    shutil.rmtree(folder)


def _until(holds: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < last, "it did not come to that"
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if int((entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]) == parent:
                    found.append(int(entry.name))
    return found


def _alive(process: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return False
