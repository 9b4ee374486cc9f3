"""Test databases: templates built once by the real migrations, copied for each test in some 30 ms."""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from registry.db import OWNER_ROLE, make_engine
from registry.installation import bootstrap
from tests.lending import CannotBePutBackError, Lent, Original

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

    from registry.installation.cluster import Cluster

PROJECT = Path(__file__).resolve().parent.parent
KEPT = 3
_DEFINITIONS = tuple(str(folder.relative_to(PROJECT)) for folder in sorted(PROJECT.glob("registry/*/definitions")))
_SOURCES = (
    "registry/migrations",
    "registry/definitions.py",
    *_DEFINITIONS,
    "registry/areas",
    "registry/jobs/schema.py",
    "requirements.txt",
    "registry/installation/bootstrap.py",
    "data",
    "geo",
)

MEMORY = Path("/dev/shm")
NEEDED = 4 * 1024**3
"""What the databases of a whole run take at most, in bytes, with room to spare."""


def home_in_memory(home: Path) -> Path:
    """Where a test cluster lives: in memory where there is room, since a database is copied there ten times as fast.

    ``home`` is then a link to it, by which ``make clean`` finds it again.
    """
    there = MEMORY / f"ekasih-test-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}"
    if home.is_symlink() or (not home.exists() and MEMORY.is_dir() and disk_usage(MEMORY).free > NEEDED):
        there.mkdir(exist_ok=True)
        with suppress(FileExistsError):
            home.symlink_to(there)
        return there
    return home.absolute()


class Databases:
    """Makes and drops databases on the test cluster; names carry the worker's, so that workers never meet."""

    def __init__(self, cluster: Cluster, *, worker: str) -> None:
        self.cluster = cluster
        self.session = f"{worker}_{os.getpid()}"
        self._prefix = f"test_{self.session}"
        self._made = 0
        self._templates: dict[str, str] = {}
        self._lent: dict[str, Lent] = {}
        self._free: dict[str, Lent] = {}
        self._originals: dict[str, Original] = {}
        url = cluster.url(user="postgres", database="postgres")
        self._admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._sweep()

    def template(self) -> str:
        """The template with schema, reference tables and bundled boundaries of the sources as they are now."""
        return self.derived_template("base", from_template=None, fill=self._build, sources=_SOURCES)

    def derived_template(
        self,
        kind: str,
        *,
        from_template: str | None,
        fill: Callable[[Engine], None],
        sources: tuple[str, ...],
    ) -> str:
        """A template called by ``kind`` and the hash of ``sources``, filled once by ``fill`` for all workers."""
        if kind not in self._templates:
            self._templates[kind] = self._made_template(kind, from_template, fill, sources)
        return self._templates[kind]

    def _made_template(
        self, kind: str, from_template: str | None, fill: Callable[[Engine], None], sources: tuple[str, ...]
    ) -> str:
        name = f"template_{kind}_{_hash(sources, salt=from_template or '')}"
        with self._locked():
            if self._exists(name):
                return name
            draft = f"draft_{kind}"
            self.drop(draft)
            if from_template is None:
                bootstrap.create_database(self.cluster, draft)
            else:
                self._copy(draft, from_template)
            engine = self.engine(draft)
            fill(engine)
            engine.dispose()
            with self._connection() as admin:
                admin.execute(text(f'ALTER DATABASE "{draft}" RENAME TO "{name}"'))
            self._forget_old(kind)
        return name

    def create(self, template: str) -> str:
        """A fresh database copied from ``template``; its name."""
        self._made += 1
        name = f"{self._prefix}_{self._made}"
        self._copy(name, template)
        return name

    def empty(self) -> str:
        """A new database with roles and nothing else."""
        self._made += 1
        name = f"{self._prefix}_{self._made}"
        bootstrap.create_database(self.cluster, name)
        return name

    @contextmanager
    def lent(self, template: str) -> Iterator[str]:
        """The name of a database as ``template`` is, for one test; the next one is lent the same, put back."""
        free = next((name for name, lent in self._free.items() if lent.template == template), None)
        if free is None:
            # who asks for another template begins another subject: what waits for the last one holds connections
            self._drop_free()
            free = self.create(template)
            address = self.cluster.url(user="postgres", database=free)
            lent = self._lent[free] = Lent(address, template, self._originals.get(template))
            self._originals[template] = lent.original
        else:
            self._lent[free] = self._free.pop(free)
        yield free
        lent = self._lent.pop(free)
        try:
            lent.put_back()
        except CannotBePutBackError:
            lent.close()
            self.drop(free)
        else:
            self._free[free] = lent

    @contextmanager
    def connected(self, name: str, role: str) -> Iterator[Engine]:
        """An engine of ``role`` on database ``name``; of one that is lent, its connections stay for the next test."""
        if name in self._lent:
            yield self._lent[name].engine(role)
            return
        engine = make_engine(bootstrap.str_url(self.cluster.url(user=role, database=name)))
        yield engine
        engine.dispose()

    def _drop_free(self) -> None:
        while self._free:
            name, lent = self._free.popitem()
            lent.close()
            self.drop(name)

    def drop(self, name: str) -> None:
        """Drop a database, ending whatever is connected to it."""
        with self._connection() as admin:
            admin.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))

    def engine(self, name: str) -> Engine:
        """An engine of the owner on database ``name``."""
        return make_engine(bootstrap.str_url(self.cluster.url(user=OWNER_ROLE, database=name)))

    def close(self) -> None:
        """Drop what is left of this session."""
        self._drop_free()
        for name in self._names(f"{self._prefix}_"):
            self.drop(name)

    def _sweep(self) -> None:
        """Drop what sessions that were killed left behind."""
        for name in self._names("test_"):
            if not Path("/proc", name.split("_")[2]).exists():
                self.drop(name)

    def _build(self, engine: Engine) -> None:
        bootstrap.prepare(self.cluster.url(user="postgres", database=str(engine.url.database)))
        bootstrap.build(engine, home=self.cluster.home, step=lambda _name: None)

    def _copy(self, name: str, template: str) -> None:
        with self._connection() as admin:
            admin.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {OWNER_ROLE} STRATEGY FILE_COPY'))

    def _exists(self, name: str) -> bool:
        return name in self._names("template_")

    def _names(self, prefix: str) -> list[str]:
        with self._connection() as admin:
            found = admin.scalars(
                text("SELECT datname FROM pg_database WHERE starts_with(datname, :prefix) ORDER BY oid"),
                {"prefix": prefix},
            )
            return list(found)

    def _forget_old(self, kind: str) -> None:
        for name in self._names(f"template_{kind}_")[:-KEPT]:
            self.drop(name)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with self._admin.connect() as connection:
            yield connection

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.cluster.home / "templates.lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _hash(sources: tuple[str, ...], *, salt: str) -> str:
    """A short name for the content of these files and folders."""
    digest = hashlib.sha256(salt.encode())
    for source in sources:
        root = PROJECT / source
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(PROJECT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
