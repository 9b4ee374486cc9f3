"""(b) Importing a census delivery, beside a raw COPY of the same rows into bare tables."""

from __future__ import annotations

import csv
import shutil
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from bench.results import Result, median, told
from registry.deliveries.birm import import_birm

if TYPE_CHECKING:
    from pathlib import Path

    import psycopg
    from sqlalchemy import Engine

    from bench.stage import Stage

GOAL = 3.5
RATE = 5000
COPIES = 3
_ONE_CHANGED_OF = 100
_STORED = ("household", "person", "income", "aid_received", "status_decision", "area_history", "quality_flag")
_CHUNK = 1 << 20


def measure(stage: Stage, *, households: int, database: str, repeats: int) -> list[Result]:
    """Import into ``database``, made anew each time and kept at the last; then copy the rows that it stored."""
    seconds = []
    accepted = 0
    for _ in range(repeats):
        accepted, spent = load(stage, households=households, database=database)
        seconds.append(spent)
    engine = stage.engine(database)
    stored = median([_copy_stored(engine, stage.home) for _ in range(COPIES)])
    indexed = median([_copy_stored(engine, stage.home, indexed=True) for _ in range(COPIES)])
    given = median([_copy_given(engine, stage.delivery(households)) for _ in range(COPIES)])
    engine.dispose()
    ours = median(seconds)
    rate = accepted / ours
    return [
        Result(
            f"Import of {accepted:,} households: importer, COPY of all rows it stores into bare tables",
            told(ours), told(stored), f"{ours / stored:.1f} x", f"<= {GOAL:g} x", ours / stored <= GOAL,
        ),
        Result(
            f"Import of {accepted:,} households: importer, the same COPY into tables with the register's indexes",
            told(ours), told(indexed), f"{ours / indexed:.1f} x",
        ),
        Result(
            f"Import of {accepted:,} households: importer, COPY of the delivery's rows as text",
            told(ours), told(given), f"{ours / given:.1f} x",
        ),
        Result(
            f"Import of {accepted:,} households: households a second", f"{rate:,.0f}/s", "", "",
            f">= {RATE:,}/s", rate >= RATE,
        ),
    ]  # fmt: skip


def load(stage: Stage, *, households: int, database: str) -> tuple[int, float]:
    """Import into ``database``, made anew: how many households were accepted, and in how many seconds."""
    folder = stage.delivery(households)
    engine = stage.copied(database)
    began = time.perf_counter()
    report = import_birm(engine, folder, actor="bench", sample=True)
    seconds = time.perf_counter() - began
    engine.dispose()
    return report.as_dict()["accepted"]["total"], seconds


def measure_again(stage: Stage, *, households: int, database: str) -> list[Result]:
    """Import the same households once more into a copy of ``database``, where one person in a hundred earns more."""
    folder = _changed(stage.delivery(households), stage.home / f"again-{households}")
    copy = f"{database}_again"
    engine = stage.copied(copy, template=database)
    began = time.perf_counter()
    report = import_birm(engine, folder, actor="bench", sample=True).as_dict()
    seconds = time.perf_counter() - began
    engine.dispose()
    stage.drop(copy)
    shutil.rmtree(folder)
    accepted = report["accepted"]["total"]
    measured = f"Import of {accepted:,} households again, {report['updated']:,} of them changed"
    return [Result(measured, told(seconds), "", f"{accepted / seconds:,.0f}/s")]


def _changed(given: Path, folder: Path) -> Path:
    """A copy of a delivery, in which some persons have other incomes."""
    shutil.copytree(given, folder)
    path = folder / "ahli.csv"
    old = given / path.name
    with old.open(encoding="utf-8", newline="") as source, path.open("w", encoding="utf-8", newline="") as target:
        rows, writer = csv.reader(source), csv.writer(target)
        header = next(rows)
        writer.writerow(header)
        earned = header.index("pendapatan_gaji")
        for number, row in enumerate(rows):
            if number % _ONE_CHANGED_OF == 0:
                row[earned] = f"{float(row[earned]) + 111:.2f}"
            writer.writerow(row)
    return folder


def _copy_stored(engine: Engine, folder: Path, *, indexed: bool = False) -> float:
    """Seconds of copying every stored row into tables without keys, checks, indexes and triggers.

    ``indexed`` tables have the checks, keys and indexes of the register's own: no importer can be faster than that.
    """
    like = "INCLUDING ALL" if indexed else ""
    with engine.connect() as connection:
        driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
        given = {table: _given(driver, table) for table in _STORED}
        for table, columns in given.items():
            connection.execute(text(f"CREATE TABLE bare_{table} (LIKE {table} {like})"))
            copied = f"COPY {table} ({columns}) TO STDOUT"
            with driver.cursor().copy(copied) as rows, (folder / table).open("wb") as file:
                for chunk in rows:
                    file.write(chunk)
        connection.commit()
        began = time.perf_counter()
        for table, columns in given.items():
            _copy(driver, f"COPY bare_{table} ({columns}) FROM STDIN", folder / table)
        connection.commit()
        seconds = time.perf_counter() - began
        connection.execute(text(f"DROP TABLE {', '.join(f'bare_{table}' for table in _STORED)}"))
        connection.commit()
    for table in _STORED:
        (folder / table).unlink()
    return seconds


def _given(driver: psycopg.Connection[Any], table: str) -> str:
    """The columns of a table that are stored as given, not worked out by it."""
    statement = """
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = CAST(%s AS regclass) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    """
    row = driver.execute(statement, [table]).fetchone()
    return str(row[0]) if row else ""


def _copy_given(engine: Engine, folder: Path) -> float:
    """Seconds of copying the delivery's files into tables of text."""
    files = sorted(folder.glob("*.csv"))
    with engine.connect() as connection:
        driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
        for path in files:
            with path.open(encoding="utf-8") as file:
                columns = ", ".join(f"{name} text" for name in file.readline().strip().split(","))
            connection.execute(text(f"CREATE TABLE bare_{path.stem} ({columns})"))
        connection.commit()
        began = time.perf_counter()
        for path in files:
            _copy(driver, f"COPY bare_{path.stem} FROM STDIN (FORMAT csv, HEADER)", path)
        connection.commit()
        seconds = time.perf_counter() - began
        connection.execute(text(f"DROP TABLE {', '.join(f'bare_{path.stem}' for path in files)}"))
        connection.commit()
    return seconds


def _copy(driver: psycopg.Connection[Any], statement: str, path: Path) -> None:
    with driver.cursor().copy(statement) as target, path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            target.write(chunk)
