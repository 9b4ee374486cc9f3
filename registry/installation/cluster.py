"""A private PostgreSQL cluster: its own data folder, a unix socket, no port, nobody else's server touched."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL

from registry.errors import SetupProblem
from registry.installation import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

SUPERUSER = "postgres"
_ROLES = (SUPERUSER, "app_owner", "app_web", "app_public")
SYSTEM_ACCOUNT = "postgres"
SHARED_HOMES = Path("/var/lib/ekasih")
_HBA = (
    "# A password for tools of business intelligence, else only the accounts in pg_ident.conf\n"
    "local all app_bi scram-sha-256\nlocal all all peer map=ekasih\n"
)
_PORT = 5432  # only names the socket file: the cluster listens on no network address
_SOCKET_PATH_LIMIT = 100  # the kernel takes 107 bytes
_START_SECONDS = 60
_PAUSES = (0.5, 1, 2)


@dataclass(frozen=True, slots=True)
class ClusterStatus:
    """How a private cluster is doing: ``version`` is PostgreSQL's major version, ``None`` before the first start."""

    running: bool
    data: Path
    socket_folder: Path
    version: str | None
    log: Path


@dataclass(frozen=True)
class Cluster:
    """The private cluster of one home. Every method may be called at any time and any number of times.

    As root the server runs under the ``postgres`` system account (PostgreSQL refuses to run as root); otherwise as
    whoever calls. ``durable=False`` is for test clusters: a crash of the machine may lose them.
    """

    home: Path
    postgres_bin: Path | None = None
    durable: bool = True
    account: str | None = field(default_factory=lambda: SYSTEM_ACCOUNT if os.geteuid() == 0 else None)

    @property
    def base(self) -> Path:
        """Where data, log and socket are: the home, or a shared folder where the server's account cannot enter it."""
        link = self.home / "pg"
        if link.is_symlink():
            return link.readlink().parent
        if self.account is None or _can_enter(self.home, self.account):
            return self.home
        return SHARED_HOMES / _digest(self.home)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.base / "pg"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.base / "log" / "postgresql.log"

    @property
    def socket_folder(self) -> Path:
        """The folder of the unix socket, which only the server's account and root may enter."""
        usual = self.base / "run"
        if len(str(usual / f".s.PGSQL.{_PORT}")) <= _SOCKET_PATH_LIMIT:
            return usual
        return _short_folder() / f"ekasih-{_digest(self.home)}"

    def url(self, *, user: str, database: str) -> URL:
        """The SQLAlchemy address of ``database`` for ``user``, over the socket."""
        return URL.create(
            "postgresql+psycopg",
            username=user,
            database=database,
            query={"host": str(self.socket_folder), "port": str(_PORT)},
        )

    def status(self) -> ClusterStatus:
        """How the cluster is doing, without changing anything."""
        return ClusterStatus(self._running(), self.data, self.socket_folder, self._version(), self.log)

    def up(self) -> bool:
        """Make the cluster if there is none and start it if it is down; whether it had to be started.

        Raises:
            SetupProblem: PostgreSQL or PostGIS is missing, of another version than the data, or does not start.

        """
        if self._running():
            self._renew_accounts()
            return False
        with self._locked():
            if self._running():
                return False
            self._make_folders()
            programs = postgres.find_programs(given=self.postgres_bin, version=self._version())
            if self._version() is None:
                self._initialise(programs)
            self._configure()
            self._start(programs)
        return True

    def down(self) -> bool:
        """Stop the cluster, ending its sessions; whether it was running.

        Raises:
            SetupProblem: the server does not stop.

        """
        if not self._running():
            return False
        programs = postgres.find_programs(given=self.postgres_bin, version=self._version())
        stopped = self._run(programs / "pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", _START_SECONDS)
        if stopped.returncode:
            raise SetupProblem(f"PostgreSQL does not stop: {stopped.stdout.strip()}\n{self._log_end()}")
        return True

    def _version(self) -> str | None:
        with contextlib.suppress(FileNotFoundError):
            return (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        return None

    def _running(self) -> bool:
        """Whether the server that the pid file names is alive and this cluster's; a stale file counts for nothing."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            pid, ready = int(lines[0]), len(lines) > 7 and lines[7].strip() == "ready"  # noqa: PLR2004 - its 8th line
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, ValueError, IndexError):
            return False
        return ready and os.fsencode(self.data) in command

    def _make_home(self) -> None:
        if not self.home.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            self.home.chmod(0o711 if self.account else 0o700)

    def _make_folders(self) -> None:
        base = self.base
        if base != self.home:
            base.mkdir(parents=True, exist_ok=True)
            SHARED_HOMES.chmod(0o711)
            base.chmod(0o711)
            link = self.home / "pg"
            if not link.exists():
                link.symlink_to(base / "pg")
        for folder in (base / "pg", base / "log", self.socket_folder):
            folder.mkdir(mode=0o700, exist_ok=True)
            _own(folder, self.account)

    def _initialise(self, programs: Path) -> None:
        made = self._run(
            programs / "initdb", "-D", self.data, "-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8",
            "--data-checksums", "--auth=reject", *(() if self.durable else ("--no-sync",)),
        )  # fmt: skip
        if made.returncode:
            raise SetupProblem(f"PostgreSQL cannot make the data folder {self.data}:\n{made.stdout.strip()}")

    def _configure(self) -> None:
        """Write our settings beside PostgreSQL's own, at each start, so that a new release's values take effect."""
        self._write("ekasih.conf", postgres.configuration(self.socket_folder, port=_PORT, durable=self.durable))
        self._write("pg_hba.conf", _HBA)
        self._write("pg_ident.conf", self._ident())
        main = self.data / "postgresql.conf"
        if "ekasih.conf" not in (text := main.read_text(encoding="utf-8")):
            self._write("postgresql.conf", f"{text}\ninclude 'ekasih.conf'\n")

    def _ident(self) -> str:
        """Each of these system accounts may sign in as each of the register's roles."""
        accounts = {SUPERUSER, pwd.getpwuid(os.geteuid()).pw_name, self.account or SUPERUSER}
        return "".join(f"ekasih {account} {role}\n" for account in sorted(accounts) for role in _ROLES)

    def _renew_accounts(self) -> None:
        """Let a server that was started by an earlier release know the roles that came since."""
        wanted = self._ident()
        files = {"pg_ident.conf": wanted, "pg_hba.conf": _HBA}
        if any((self.data / name).read_text(encoding="utf-8") != held for name, held in files.items()):
            for name, held in files.items():
                self._write(name, held)
            programs = postgres.find_programs(given=self.postgres_bin, version=self._version())
            self._run(programs / "pg_ctl", "reload", "-D", self.data)

    def _write(self, name: str, text: str) -> None:
        path = self.data / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        _own(path, self.account)

    def _start(self, programs: Path) -> None:
        command = (programs / "pg_ctl", "start", "-D", self.data, "-l", self.log, "-w", "-t", _START_SECONDS)
        started = self._run(*command)
        for pause in _PAUSES:
            # a server that was killed leaves its pid file, and for a moment its pid and its shared memory
            if started.returncode == 0 or not (self.data / "postmaster.pid").exists():
                break
            time.sleep(pause)
            started = self._run(*command)
        if started.returncode:
            raise SetupProblem(f"PostgreSQL does not start. The end of {self.log}:\n{self._log_end()}")

    def _log_end(self, lines: int = 12) -> str:
        with contextlib.suppress(OSError):
            return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
        return "(there is no log)"

    def _run(self, *command: object) -> subprocess.CompletedProcess[str]:
        # The output goes to a file: a pipe would be inherited by the server and never reach its end.
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            done = subprocess.run(
                [str(part) for part in command], cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}, check=False,
                user=self.account, group=self.account, extra_groups=[] if self.account else None,
            )  # fmt: skip
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, output.read())

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time makes or starts this cluster."""
        self._make_home()
        with (self.home / "cluster.lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _digest(home: Path) -> str:
    return hashlib.sha256(str(home).encode()).hexdigest()[:12]


def _short_folder() -> Path:
    """A folder with a short path for sockets that lasts as long as the machine is up."""
    if os.geteuid() == 0:
        return Path("/run")
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(runtime) if runtime and Path(runtime).is_dir() else Path(tempfile.gettempdir())


def _can_enter(folder: Path, account: str) -> bool:
    """Whether a system account could reach ``folder``, which need not exist yet (it is then made with mode 755)."""
    try:
        person = pwd.getpwnam(account)
    except KeyError:
        message = f"There is no system account {account!r}: install PostgreSQL's server package (setup.sh does)."
        raise SetupProblem(message) from None
    for place in (folder, *folder.parents):
        with contextlib.suppress(FileNotFoundError):
            entry = place.stat()
            owner, group = entry.st_uid == person.pw_uid, entry.st_gid == person.pw_gid
            needed = stat.S_IXUSR if owner else stat.S_IXGRP if group else stat.S_IXOTH
            if not entry.st_mode & needed:
                return False
    return True


def _own(path: Path, account: str | None) -> None:
    """Give a folder or file to the server's account, and refuse one that somebody else put there."""
    if account is not None:
        shutil.chown(path, account, account)
    elif path.stat().st_uid != os.geteuid():
        raise SetupProblem(f"{path} belongs to another account. Remove it, or set EKASIH_HOME to a folder of your own.")
    if path.is_dir():
        path.chmod(0o700)
