"""A census delivery becomes households, decisions and counts: copied, judged and stored in bulk, or not at all."""

from __future__ import annotations

import hashlib
import json
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql
from sqlalchemy import text

from registry.deliveries.archives import UnreadableDelivery
from registry.deliveries.layout import TABLES
from registry.deliveries.reading import opened
from registry.deliveries.spreadsheets import GUARDED_SQL
from registry.deliveries.terms import Terms
from registry.errors import RegistryError, SetupProblem
from registry.status.months import close_months

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import Connection, Engine

    from registry.deliveries.layout import Table
    from registry.deliveries.reading import Opened

    Progress = Callable[[str, int, int], None]

_STEPS = tuple(sorted((Path(__file__).with_name("sql")).glob("[0-3]*.sql")))
_REPORT = Path(__file__).with_name("sql") / "40_report.sql"
IMPORT_LOCK = 7_301_442
"""The advisory lock that an import holds: one at a time."""
_ANALYZED = {
    "01_name_keys": "raw, key",
    "02_households": "row_no, file_no, occurrence",
    "03_persons": "id, row_no, household_row, id_no, has_mykad, is_head",
    "04_members": "household_row, head_row",
    "05_fates": "row_no, file_no, rejected, held, registered_id",
    "10_points": "row_no, geom",
    "11_computed_areas": "row_no",
    "12_accepted": "id, row_no, file_no, known, older, unchanged",
    "12b_same_persons": "id, row_no",
    "13b_aid": "household_id",
}
"""The columns by which later steps find the rows of a step's table: what the planner must know of it, and no more."""
_BULK = {
    "work_mem": "256MB",
    "synchronous_commit": "off",
    "jit": "off",
    # names go into the search index all at once, after the transaction, instead of every few thousand
    "gin_pending_list_limit": "1GB",
}
_TABLES_TO_ANALYZE = ("household", "person", "income", "aid_received", "status_decision", "headcount")
_INDEXED = text("""
    SELECT string_agg(DISTINCT quote_ident(a.attname), ', ') FROM pg_index AS i
    JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = CAST(:name AS regclass)
""")
_NOTABLE_SHARE = 0.1
_KNOWN_REFERENCES = frozenset(
    {
        *("19_insert", "21_insert_persons", "22_insert_incomes", "23_insert_aid", "24_insert_decisions"),
        *("25_insert_places", "28_insert_flags"),
    }
)
"""Steps whose foreign keys need no check row by row: every key they write was joined out of the table it refers to."""


class ImportRunning(RegistryError):
    """Another delivery is being imported; wait for it and try again."""

    key = "import_running"


@dataclass(frozen=True)
class DeliveryReport:
    """What became of a delivery: the figures of the specification's report, and how they came about."""

    file: str
    sha256: str
    received_on: date
    figures: dict[str, Any]
    unknown_columns: dict[str, list[str]] = field(default_factory=dict)
    already_imported: bool = False
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The report as it is written to a file."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "received_on": self.received_on.isoformat(),
            "already_imported": self.already_imported,
            **self.figures,
            "unknown_columns": self.unknown_columns,
            "seconds": round(self.seconds, 2),
        }

    def summary(self) -> str:
        """The report for a terminal, a line each."""
        accepted = self.figures["accepted"]
        status = f"{accepted['tegar']} miskin tegar, {accepted['miskin']} miskin, {accepted['bukan']} not poor"
        known = f"{self.figures['updated']} updated, {self.figures['unchanged']} unchanged"
        lines = [f"{accepted['total']} households accepted: {status} ({known})"]
        if self.already_imported:
            lines.insert(0, f"{self.file} was imported before; nothing was changed. Its report was:")
        for fate in ("rejected", "held", "warnings"):
            told = ", ".join(f"{code} {n}" for code, n in sorted(self.figures[fate].items()))
            lines.append(f"{fate}: {told or 'none'}")
        for name, columns in self.unknown_columns.items():
            lines.append(f"{name}.csv: columns passed over: {', '.join(columns)}")
        return "\n".join(lines)


def import_birm(
    engine: Engine,
    path: Path,
    *,
    received_on: date | None = None,
    actor: str = "system",
    sample: bool = False,
    progress: Progress | None = None,
    terms: Terms | None = None,
) -> DeliveryReport:
    """Import the census delivery at ``path`` (a folder, .zip or .xlsx in the BIRM layout) in one transaction.

    ``engine`` signs in as the schema's owner. ``received_on`` (today if left out) decides which poverty lines are in
    force. The same delivery again changes nothing; its first report comes back with ``already_imported``.

    Raises:
        UnreadableDelivery: it cannot be read, or columns are missing; nothing was changed.
        ImportRunning: another import holds the register.
        OutsideTerritory: it tells of districts that ``terms`` do not reach.
        SetupProblem: no poverty line is in force on that day, or no boundaries are loaded.

    """
    started = time.monotonic()
    asked = terms or Terms()
    with opened(path) as files, engine.connect() as connection, connection.begin() as transaction:
        if not connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": IMPORT_LOCK}):
            raise ImportRunning
        day = received_on or connection.scalar(text("SELECT current_date"))
        sha256 = hashlib.sha256("".join(f"{file.table.name}:{file.sha256}" for file in files).encode()).hexdigest()
        known = _known(connection, sha256)
        if known:
            asked.require_known_within(known.figures)
            return known
        _require_reference(connection, day)
        unknown = {file.table.name: list(file.unknown) for file in files if file.unknown}
        name = asked.name or path.name
        report = _import(connection, files, name, sha256, day, actor=actor, sample=sample, progress=progress)
        asked.require_within(connection)
        if asked.look:
            asked.look(connection, sha256)
        if asked.trial:
            transaction.rollback()
            return DeliveryReport(name, sha256, day, report, unknown, seconds=time.monotonic() - started)
        _renew_statistics(connection, households=report["accepted"]["total"])
        close_months(connection, up_to=day)
    with engine.begin() as connection:
        connection.execute(text("SELECT gin_clean_pending_list('ekasih.person_words_idx')"))
    return DeliveryReport(name, sha256, day, report, unknown, seconds=time.monotonic() - started)


def _known(connection: Connection, sha256: str) -> DeliveryReport | None:
    statement = text("SELECT file_name, received_on, report FROM ekasih.delivery WHERE sha256 = :sha256")
    row = connection.execute(statement, {"sha256": sha256}).one_or_none()
    if row is None:
        return None
    report = dict(row.report)
    unknown = report.pop("unknown_columns", {})
    return DeliveryReport(row.file_name, sha256, row.received_on, report, unknown, already_imported=True)


def _require_reference(connection: Connection, day: date) -> None:
    """Refuse a delivery that could not be decided on or placed."""
    undecided = """
        SELECT EXISTS (
            SELECT FROM ekasih.area AS state CROSS JOIN (VALUES ('urban'), ('rural')) AS strata (strata)
            LEFT JOIN ekasih.lines_in_force(CAST(:day AS date)) AS line
                ON line.state_code = state.code AND line.strata = strata.strata
            WHERE state.level = 'state' AND line.line_id IS NULL)
    """
    if connection.scalar(text(undecided), {"day": day}):
        told = f"No poverty line is in force on {day:%d/%m/%Y} for every state."
        raise SetupProblem(f"{told} Adopt one, or give the day on which the delivery was received.")
    bounded = "SELECT count(*) FROM ekasih.boundary_set WHERE active AND level IN ('state', 'district')"
    if connection.scalar(text(bounded)) != 2:  # noqa: PLR2004 - one of each
        raise SetupProblem("The boundaries of states and districts are not loaded. Run 'ekasih migrate'.")


def _import(
    connection: Connection,
    files: tuple[Opened, ...],
    name: str,
    sha256: str,
    day: date,
    *,
    actor: str,
    sample: bool,
    progress: Progress | None,
) -> dict[str, Any]:
    for setting, value in _BULK.items():
        connection.execute(text(f"SET LOCAL {setting} = '{value}'"))
    total = len(_STEPS) + len(TABLES)
    if progress:
        progress(name, 0, total)
    by_name = {file.table.name: file for file in files}
    for number, table in enumerate(TABLES, start=1):
        _stage(connection, table, by_name.get(table.name))
        if progress:
            progress(name, number, total)
    params = _parameters(connection, name, sha256, day, actor=actor, sample=sample) | {"has_aid": "bantuan" in by_name}
    unchecked = _KNOWN_REFERENCES if _may_leave_unchecked(connection) else frozenset()
    for number, step in enumerate(_STEPS, start=len(TABLES) + 1):
        _run(connection, step, params, unchecked=step.stem in unchecked)
        if progress:
            progress(name, number, total)
    report: dict[str, Any] = connection.execute(text(_REPORT.read_text(encoding="utf-8"))).scalar_one()
    _finish(
        connection, report | {"unknown_columns": {n: list(f.unknown) for n, f in by_name.items() if f.unknown}}, params
    )
    return report


def _stage(connection: Connection, table: Table, file: Opened | None) -> None:
    """Copy a file as it is into a temporary table of text, with NULL columns for those it does not have."""
    given = file.columns if file else ()
    columns = [*given, *(name for name in table.columns if name not in given)]
    stage = sql.Identifier(f"stage_{table.name}")
    create = sql.SQL(
        "CREATE TEMP TABLE {} (row_no integer GENERATED ALWAYS AS IDENTITY (CACHE 1000), {}) ON COMMIT DROP"
    ).format(stage, sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(name)) for name in columns))
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    with driver.cursor() as cursor:
        cursor.execute(create)
        if file is None:
            return
        copy = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, HEADER true, DELIMITER {}, NULL '', ENCODING {})").format(
            stage,
            sql.SQL(", ").join(map(sql.Identifier, given)),
            sql.Literal(file.delimiter),
            sql.Literal(file.encoding),
        )
        try:
            with cursor.copy(copy) as target:
                for chunk in file.chunks():
                    target.write(chunk)
        except psycopg.DataError as error:
            raise _unreadable_line(table, error) from None
        for column in (name for name in given if name.startswith("_")):
            cursor.execute(sql.SQL("ALTER TABLE {} DROP COLUMN {}").format(stage, sql.Identifier(column)))
        if file.guarded:
            cursor.execute(_unguarded(stage, [name for name in given if not name.startswith("_")]))
        # after the copy: kept up row by row, the key would double the time that the copy takes
        cursor.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (row_no)").format(stage))
        cursor.execute(sql.SQL("ANALYZE {} (row_no, no_isirumah)").format(stage))


def _unguarded(stage: sql.Identifier, columns: list[str]) -> sql.Composed:
    """Give values back as they were before a file of rejected rows guarded them: see ``deliveries.spreadsheets``."""
    names = [sql.Identifier(name) for name in columns]
    looks = sql.Literal(GUARDED_SQL)
    values = (sql.SQL("{0} = CASE WHEN {0} ~ {1} THEN substr({0}, 2) ELSE {0} END").format(n, looks) for n in names)
    found = (sql.SQL("{} ~ {}").format(name, looks) for name in names)
    return sql.SQL("UPDATE {} SET {} WHERE {}").format(stage, sql.SQL(", ").join(values), sql.SQL(" OR ").join(found))


def _unreadable_line(table: Table, error: psycopg.DataError) -> UnreadableDelivery:
    """Which line of a file cannot be read, without quoting it: it holds persons."""
    line = re.search(r"line (\d+)", error.diag.context or "")
    at = f" line {line.group(1)}" if line else ""
    problem = (error.diag.message_primary or "it cannot be read").split(":")[0]
    told = f"{table.name}.csv{at}: {problem}. Nothing was imported. Correct the line and import again."
    return UnreadableDelivery(told, reason="line", file=f"{table.name}.csv", line=line.group(1) if line else "?")


def _parameters(
    connection: Connection, name: str, sha256: str, day: date, *, actor: str, sample: bool
) -> dict[str, Any]:
    """What the steps are told; the delivery's row is there from the start, so that everything can refer to it."""
    statement = text("""
        INSERT INTO ekasih.delivery (sha256, file_name, received_on, received_by, sample, state, report)
        VALUES (:sha256, :name, :day, :actor, :sample, 'done', '{}') RETURNING id
    """)
    values = {"sha256": sha256, "name": name, "day": day, "actor": actor, "sample": sample}
    months = connection.scalar(text("SELECT (value #>> '{}')::integer FROM ekasih.setting WHERE key = 'review.months'"))
    return {
        "delivery_id": connection.execute(statement, values).scalar_one(),
        "received_on": day,
        "actor": actor,
        "sha256": sha256,
        "review_months": months,
    }


def _run(connection: Connection, step: Path, params: dict[str, Any], *, unchecked: bool = False) -> None:
    statement = text(step.read_text(encoding="utf-8"))
    wanted = {name: params[name] for name in statement.compile().params}
    if unchecked:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    connection.execute(statement, wanted)
    if unchecked:
        connection.execute(text("SET LOCAL session_replication_role = origin"))
    if step.stem in _ANALYZED:
        created = re.search(r"CREATE TEMP TABLE (\w+)", statement.text)
        if created:
            connection.execute(text(f"ANALYZE {created.group(1)} ({_ANALYZED[step.stem]})"))


def _may_leave_unchecked(connection: Connection) -> bool:
    """Whether references that were joined out of their tables may be stored without checking each of them again.

    That saves a third of the time. The database must allow it (``bootstrap.sql``); from then on, and until the end of
    the import, nobody may change the tables referred to. The triggers that keep the summary fire all the same.
    """
    if (connection.dialect.server_version_info or (0,)) < (15,):
        return False
    if not connection.scalar(text("SELECT has_parameter_privilege('session_replication_role', 'SET')")):
        return False
    connection.execute(text("LOCK TABLE ekasih.area, ekasih.poverty_line, ekasih.classification_rule IN SHARE MODE"))
    return True


def _renew_statistics(connection: Connection, *, households: int) -> None:
    """Tell the planner of tables that a delivery of so many households has changed by much."""
    for table in _TABLES_TO_ANALYZE:
        statement = text("SELECT reltuples FROM pg_class WHERE oid = CAST(:name AS regclass)")
        known = connection.scalar(statement, {"name": f"ekasih.{table}"}) or 0
        if households > _NOTABLE_SHARE * known:
            # of what is asked by; the rest costs five times as much and waits for autovacuum
            columns = connection.scalar(_INDEXED, {"name": f"ekasih.{table}"})
            connection.execute(text(f"ANALYZE ekasih.{table} ({columns})"))


def _finish(connection: Connection, report: dict[str, Any], params: dict[str, Any]) -> None:
    """Keep the report with the delivery, and say how far the register is up to date."""
    statement = text("UPDATE ekasih.delivery SET report = CAST(:report AS jsonb) WHERE id = :delivery_id")
    connection.execute(statement, {"report": json.dumps(report), "delivery_id": params["delivery_id"]})
    connection.execute(
        text("""
            INSERT INTO ekasih.setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS date)))
            ON CONFLICT (key) DO UPDATE SET value = greatest(setting.value, excluded.value)
        """),
        {"day": params["received_on"]},
    )
