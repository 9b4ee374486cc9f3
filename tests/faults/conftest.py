"""A cluster of its own, durable like a real one, with work that waits at a known point until it is killed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from registry.db import OWNER_ROLE, WEB_ROLE, make_engine
from registry.installation import bootstrap
from registry.installation.cluster import Cluster
from tests.faults.victim import DATABASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 180
GATE = 4_711_001
"""The lock at which work waits that is to be stopped half-way."""
_TABLES_WRITTEN = 3
_HOLD = text("SELECT pg_advisory_lock(:gate)")
_WAITING = text("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = :gate AND NOT granted")
_WRITTEN = text("""
    SELECT array_agg(DISTINCT c.relname::text ORDER BY c.relname::text)
    FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation
    WHERE l.pid = :pid AND l.mode = 'RowExclusiveLock' AND c.relkind = 'r'
""")
_CONNECTED = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")
# each kind of work comes past one of these tables late, after it has written to several others
_TRIGGER = """
    CREATE FUNCTION ekasih.wait_at_gate() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared({gate}); RETURN NULL; END $$;
    CREATE TRIGGER gate AFTER INSERT ON ekasih.household_merge
        FOR EACH STATEMENT EXECUTE FUNCTION ekasih.wait_at_gate();
    CREATE TRIGGER gate AFTER INSERT ON ekasih.status_decision
        FOR EACH STATEMENT EXECUTE FUNCTION ekasih.wait_at_gate();
    CREATE TRIGGER gate AFTER INSERT ON ekasih.ledger_line
        FOR EACH STATEMENT EXECUTE FUNCTION ekasih.wait_at_gate();
    CREATE TRIGGER gate AFTER INSERT ON ekasih.aid_line
        FOR EACH STATEMENT EXECUTE FUNCTION ekasih.wait_at_gate();
    ALTER TABLE ekasih.status_decision ENABLE ALWAYS TRIGGER gate;
"""


@dataclass(frozen=True)
class Register:
    """A register whose work can be stopped half-way."""

    cluster: Cluster
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def connect(self, role: str = "postgres") -> Connection:
        """A connection outside any pool."""
        url = self.cluster.url(user=role, database=DATABASE)
        return create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect()

    def engine(self, role: str) -> Engine:
        """An engine as the program makes it."""
        return make_engine(self.cluster.url(user=role, database=DATABASE).render_as_string(hide_password=False))

    def contents(self) -> dict[str, str]:
        """A digest of every table, as it is committed: of the versions of its rows, by what wrote them and where."""
        with self.connect() as connection:
            tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'ekasih'")).all()
            digest = "SELECT md5(string_agg(ctid::text || xmin::text, ' ' ORDER BY ctid)) FROM ekasih.{}"
            return {name: str(connection.scalar(text(digest.format(name)))) for name in tables}

    def started(self, kind: str, facts: dict[str, Any]) -> subprocess.Popen[str]:
        """The work in a process of its own."""
        command = [sys.executable, "-m", "tests.faults.victim", str(self.cluster.home), kind, json.dumps(facts)]
        process = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True)
        self.processes.append(process)
        return process

    def halfway(self, kind: str, facts: dict[str, Any]) -> tuple[subprocess.Popen[str], int, Connection]:
        """The work standing still in the middle: its process, its server process, and who holds the gate shut."""
        gate = self.connect()
        gate.execute(_HOLD, {"gate": GATE})
        process = self.started(kind, facts)
        backend = until(lambda: process.poll() is not None or gate.scalar(_WAITING, {"gate": GATE}))
        assert process.poll() is None, process.communicate()[1]
        written = gate.scalar(_WRITTEN, {"pid": int(backend)})
        assert len(written) >= _TABLES_WRITTEN, written
        return process, int(backend), gate

    def gone(self, backend: int) -> None:
        """Wait until a server process has ended."""
        with self.connect() as connection:
            until(lambda: connection.scalar(_CONNECTED, {"pid": backend}) == 0)


def until(found: Callable[[], Any]) -> Any:
    """What ``found`` answers once it answers something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (answer := found()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
    return answer


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A cluster that no other test uses, stopped at the end."""
    cluster = Cluster(tmp_path_factory.mktemp("faults"))
    cluster.up()
    bootstrap.create_database(cluster, DATABASE)
    bootstrap.prepare(cluster.url(user="postgres", database=DATABASE))
    made = Register(cluster)
    engine = made.engine(OWNER_ROLE)
    bootstrap.build(engine, home=cluster.home, step=lambda _name: None)
    with engine.begin() as connection:
        connection.exec_driver_sql(_TRIGGER.format(gate=GATE))
    engine.dispose()
    yield made
    base = cluster.base
    cluster.down()
    shutil.rmtree(base)


@pytest.fixture
def web(register: Register) -> Iterator[Engine]:
    """An engine that signs in as the pages do; what a test has left at work ends with it."""
    engine = register.engine(WEB_ROLE)
    yield engine
    engine.dispose()
    while register.processes:
        process = register.processes.pop()
        process.kill()
        process.wait()
