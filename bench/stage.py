"""Where it is measured: a private cluster of its own, with a register of each size, gone when it is over."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from registry.db import OWNER_ROLE, WEB_ROLE, make_engine
from registry.demo.deliveries import write_deliveries
from registry.installation import bootstrap
from registry.installation.cluster import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

BASE = "bench_base"
SEED = 1
_IN_FIRST_DELIVERY = 0.92
_EVERY_TABLE = ("household", "person", "income", "status_decision", "headcount", "headcount_month")


class Stage:
    """A cluster with an empty, ready database that others are copied from."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.cluster = Cluster(home)
        self.cluster.up()
        bootstrap.create_database(self.cluster, BASE)
        bootstrap.prepare(self.cluster.url(user="postgres", database=BASE))
        engine = self.engine(BASE)
        bootstrap.build(engine, home=home, step=lambda _name: None)
        engine.dispose()

    def engine(self, database: str) -> Engine:
        """An engine of the owner."""
        return make_engine(bootstrap.str_url(self.cluster.url(user=OWNER_ROLE, database=database)))

    def web(self, database: str) -> Engine:
        """An engine that signs in as the pages do."""
        return make_engine(bootstrap.str_url(self.cluster.url(user=WEB_ROLE, database=database)))

    def copied(self, database: str, *, template: str = BASE) -> Engine:
        """A fresh copy of a database, by default of the empty one."""
        self.drop(database)
        self._administer(f'CREATE DATABASE "{database}" TEMPLATE "{template}" OWNER {OWNER_ROLE}')
        return self.engine(database)

    def drop(self, database: str) -> None:
        """Remove a database."""
        self._administer(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def delivery(self, households: int) -> Path:
        """A census delivery of about so many households of the whole country; written once."""
        folder = self.home / f"delivery-{households}"
        if not folder.exists():
            asked = round(households / _IN_FIRST_DELIVERY)
            today = datetime.now(ZoneInfo("Asia/Kuala_Lumpur")).date()
            write_deliveries(folder, households=asked, seed=SEED, today=today, progress=_quiet, months=1)
        return folder / "00"

    def _administer(self, statement: str) -> None:
        engine = create_engine(
            self.cluster.url(user="postgres", database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def stage(*, within: Path | None = None) -> Iterator[Stage]:
    """A stage in a folder of its own, which is removed with its cluster at the end."""
    if within:
        within.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="ekb", dir=within))
    home.chmod(0o755)
    cluster = Cluster(home)
    try:
        yield Stage(home)
    finally:
        cluster.down()
        if cluster.base != home:
            shutil.rmtree(cluster.base, ignore_errors=True)
        shutil.rmtree(home)


def tidy(engine: Engine) -> None:
    """Leave the tables as autovacuum would after a while, so that what was done before is not measured."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM ANALYZE {', '.join(f'ekasih.{table}' for table in _EVERY_TABLE)}"))


def _quiet(_what: str, _done: int, _total: int) -> None:
    pass
