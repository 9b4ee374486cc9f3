"""A database that is lent to one test after another: between them it is put back as its template was.

To put back the few rows that a test has written takes a fraction of a copy, and whoever is connected stays connected:
a new connection learns anew all that it knows of the schema, of policies and of functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import psycopg
from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

from registry.db import make_engine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import URL, Engine

MOST_CONNECTIONS: Final = 3
"""How many connections of one engine wait for the next test; the cluster takes 60 of all workers."""
MOST_BYTES: Final = 2 * 1024**2
"""A larger table is not emptied row by row: its database is dropped, and the next test has a new copy."""
AT_ONCE: Final = 40
"""How many tables one statement looks at: each is locked, with its indexes, and the cluster has few locks."""
MOST_ROUNDS: Final = 4
_TABLES = """
    SELECT format('%I.%I', n.nspname, c.relname), pg_relation_size(c.oid)
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND NOT EXISTS (SELECT FROM pg_depend AS d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY NOT EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgenabled = 'A'), c.oid
"""
_CATALOGUES: Final = (
    *("pg_class", "pg_attribute", "pg_proc", "pg_trigger", "pg_policy", "pg_constraint", "pg_statistic"),
    # schemas of temporary tables stay when these have gone
    "(SELECT xmin FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_') AS n",
    *("pg_index", "pg_rewrite", "pg_type", "pg_extension", "pg_attrdef", "pg_largeobject_metadata"),
)
_SEQUENCES = """
    SELECT format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value), last_value IS NOT NULL
    FROM pg_sequences
"""
_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND NOT pid = ANY(%s::int[])
"""
_FORGET = "DELETE FROM pg_statistic WHERE age(xmin) < age(%(since)s::xid) RETURNING starelid"
"""What ANALYZE found; how large it took tables and indexes to be is put back beside it."""
_ESTIMATES = """
    SELECT oid, relpages, reltuples, relallvisible FROM pg_class
    WHERE relkind IN ('r', 'i') AND oid >= 16384
"""
_ESTIMATE = "UPDATE pg_class SET relpages = %s, reltuples = %s, relallvisible = %s WHERE oid = %s"
_FILLED = "SELECT {number} FROM {table} HAVING count(*) <> {count} OR bool_or(age(xmin) < age(%(since)s::xid))"
_EMPTY = "SELECT {number} WHERE EXISTS (SELECT FROM {table})"


class CannotBePutBackError(Exception):
    """A test has changed more than rows, or very many of them."""


@dataclass(frozen=True)
class Original:
    """What a template holds, as it is put back: learned from its first copy."""

    sizes: Mapping[str, int]
    sequences: Mapping[str, tuple[int, bool]]
    kept: Mapping[str, bytes]
    estimates: Mapping[int, list[float]]
    rows: Sequence[str]
    schema: Sequence[str]

    @property
    def tables(self) -> list[str]:
        """The tables, in the order in which they are put back."""
        return list(self.sizes)


class Lent:
    """One database, a copy of ``template``; ``address`` signs in to it as the superuser."""

    def __init__(self, address: URL, template: str, original: Original | None = None) -> None:
        self.template = template
        self._address = address
        self._engines: dict[str, Engine] = {}
        self._waiting: dict[str, set[int]] = {}
        self._admin = create_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect()
        self._cursor: psycopg.Cursor[Any] = self._admin.connection.cursor()  # type: ignore[assignment]
        self.original = original or self._learned()
        self._since = self._now()

    def engine(self, role: str) -> Engine:
        """The engine of a role, the same for each test."""
        if role not in self._engines:
            engine = make_engine(self._address.set(username=role).render_as_string(hide_password=False))
            waiting = self._waiting[role] = set()
            event.listen(engine, "connect", lambda made, _record: waiting.add(made.info.backend_pid))
            self._engines[role] = engine
        return self._engines[role]

    def put_back(self) -> None:
        """Make it again what its template is.

        Raises:
            CannotBePutBackError: the database is to be dropped.

        """
        for role, engine in self._engines.items():
            pool: Any = engine.pool
            if pool.checkedout() or pool.checkedin() > MOST_CONNECTIONS:
                engine.dispose()
                self._waiting[role].clear()
        self._asked(_OTHERS, [[pid for pids in self._waiting.values() for pid in pids]])
        self._asked(_FORGET, {"since": self._since})
        if changed := self._changed(self.original.schema):
            raise CannotBePutBackError(*(_CATALOGUES[number] for number in changed))
        for table, *estimate in self._asked(_ESTIMATES):
            if estimate != self.original.estimates.get(table, estimate):
                self._cursor.execute(_ESTIMATE, [*self.original.estimates[table], table])
        try:
            self._put_back_rows()
        except psycopg.Error as error:
            raise CannotBePutBackError from error
        for name, stand in self._sequences_now():
            if stand != self.original.sequences[name]:
                self._asked("SELECT setval(%s::regclass, %s, %s)", [name, *self.original.sequences[name]])
        self._since = self._now()

    def close(self) -> None:
        """Let go of it."""
        for engine in self._engines.values():
            engine.dispose()
        self._admin.close()

    def _put_back_rows(self) -> None:
        restored: set[str] = set()
        tables, kept = self.original.tables, self.original.kept
        # a trigger writes on from one table to others
        for _round in range(MOST_ROUNDS):
            changed = [tables[number] for number in self._changed(self.original.rows)]
            # what was filled again is younger than what was seen before, and right
            changed = [table for table in changed if table not in restored or table not in kept]
            if not changed:
                return
            self._restore(changed)
            restored.update(changed)
        raise CannotBePutBackError(*changed)

    def _restore(self, tables: list[str]) -> None:
        sizes = self._asked("SELECT name, pg_relation_size(name::regclass) FROM unnest(%s::text[]) AS name", [tables])
        if large := [name for name, size in sizes if size > self.original.sizes[name] + MOST_BYTES]:
            raise CannotBePutBackError(*large)
        with self._cursor.connection.transaction():
            self._cursor.execute("SET LOCAL session_replication_role = replica")
            for table in tables:
                self._cursor.execute(f"DELETE FROM {table}")
                if table in self.original.kept:
                    with self._cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
                        copy.write(self.original.kept[table])

    def _learned(self) -> Original:
        sizes: dict[str, int] = dict(self._asked(_TABLES))
        counts = self._counts(list(sizes))
        return Original(
            sizes=sizes,
            sequences=dict(self._sequences_now()),
            kept={table: self._copied(table) for table, count in zip(sizes, counts, strict=True) if count},
            estimates={table: estimate for table, *estimate in self._asked(_ESTIMATES)},
            rows=_looks(list(sizes), counts, [_FILLED if count else _EMPTY for count in counts]),
            schema=_looks(_CATALOGUES, self._counts(_CATALOGUES), [_FILLED] * len(_CATALOGUES)),
        )

    def _asked(self, statement: str, values: Any = None) -> list[Any]:
        return self._cursor.execute(statement, values).fetchall()

    def _now(self) -> str:
        return str(self._asked("SELECT pg_current_xact_id()::xid::text")[0][0])

    def _sequences_now(self) -> list[tuple[str, tuple[int, bool]]]:
        return [(name, (value, called)) for name, value, called in self._asked(_SEQUENCES)]

    def _counts(self, tables: Sequence[str]) -> list[int]:
        return [self._asked(f"SELECT count(*) FROM {table}")[0][0] for table in tables]

    def _copied(self, table: str) -> bytes:
        with self._cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
            return b"".join(bytes(part) for part in copy)

    def _changed(self, looks: Sequence[str]) -> list[int]:
        values = {"since": self._since}
        return [number for look in looks for (number,) in self._cursor.execute(look, values, prepare=True)]


def _looks(tables: Sequence[str], counts: Sequence[int], looks: Sequence[str]) -> list[str]:
    """Statements that answer the numbers of the tables in which something was changed."""
    each = [
        look.format(number=number, table=table, count=count)
        for number, (table, count, look) in enumerate(zip(tables, counts, looks, strict=True))
    ]
    return [" UNION ALL ".join(each[first : first + AT_ONCE]) for first in range(0, len(each), AT_ONCE)]
