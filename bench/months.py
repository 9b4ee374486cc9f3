"""(d) Closing one month over every decision there is, beside a plain GROUP BY over the households as they stand."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from bench import indicators
from bench.results import Result, median, told
from bench.stage import tidy
from registry.status.months import close_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from bench.stage import Stage

GOAL = 60.0
_DATABASE = "bench_months"
_LOOK_EVERY = 0.1
# the first decisions as if they were taken over the last two years
_FIRST = text("UPDATE ekasih.status_decision SET effective_on = current_date - 60 - (household_id % 660)::int")
# and a second one of as many households as it takes to have so many
_SECOND = text("""
    INSERT INTO ekasih.status_decision (household_id, effective_on, decided_by, cause, status, previous_status,
        income_rm, member_count, per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, mukim_code, strata)
    SELECT d.household_id, current_date - 32 - (d.household_id % 28)::int, d.decided_by, 'income_changed', d.status,
        d.status, d.income_rm, d.member_count, d.per_capita_rm, d.gap_rm, d.line_id, d.rule_id, d.state_code,
        d.district_code, d.mukim_code, d.strata
    FROM ekasih.status_decision AS d
    ORDER BY d.household_id % 28, d.household_id
    LIMIT :decisions - (SELECT count(*) FROM ekasih.status_decision)
""")
_NOT_CLOSED = text("DELETE FROM ekasih.headcount_month")
_FORGET_LAST = text("DELETE FROM ekasih.headcount_month WHERE month = (SELECT max(month) FROM ekasih.headcount_month)")
_BARE = text("""
    SELECT a.code, h.strata, h.status, count(*), sum(h.member_count), sum(h.income_rm), sum(h.gap_rm),
        sum(h.food_gap_rm), sum(h.gap_share), sum(h.gap_share * h.gap_share)
    FROM ekasih.household AS h
    CROSS JOIN LATERAL unnest(ARRAY[h.state_code, h.district_code, coalesce(h.mukim_code, h.district_code || '00')])
        AS a (code)
    WHERE h.exited_on IS NULL
    GROUP BY a.code, h.strata, h.status
""")


def measure(stage: Stage, *, households: int, database: str, repeats: int) -> list[Result]:
    """Close the last month again and again in a copy of ``database`` that has a history, and undo it each time."""
    engine = stage.copied(_DATABASE, template=database)
    try:
        decisions = households * 4 // 3
        every = with_history(engine, decisions)
        ours, beside, memory = [], [], []
        for _ in range(repeats):
            seconds, kilobytes = _closed_once(engine)
            ours.append(seconds)
            memory.append(kilobytes)
            beside.append(_grouped(engine))
        worked_out = indicators.measure(engine, households=households)
    finally:
        engine.dispose()
        stage.drop(_DATABASE)
    ratio = median(ours) / median(beside)
    return [
        Result(
            f"Closing a month over {decisions:,} decisions, GROUP BY over {households:,} households",
            told(median(ours)), told(median(beside)), f"{ratio:.1f} x", f"<= {GOAL:g} s", median(ours) <= GOAL,
        ),
        Result(
            f"Closing a month over {decisions:,} decisions: memory of the server's processes at most",
            f"{max(memory) / 1024:,.0f} MB",
        ),
        Result(f"Closing every month of two years anew, {decisions:,} decisions", told(every)),
        *worked_out,
    ]  # fmt: skip


def with_history(engine: Engine, decisions: int) -> float:
    """Make the history, and say how many seconds it took to close all months of it."""
    with engine.begin() as connection:
        connection.execute(_FIRST)
        connection.execute(_SECOND, {"decisions": decisions})
        connection.execute(_NOT_CLOSED)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM FULL ekasih.status_decision"))
    tidy(engine)
    with engine.begin() as connection:
        began = time.perf_counter()
        close_months(connection)
        seconds = time.perf_counter() - began
        found = connection.scalar(text("SELECT count(*) FROM ekasih.status_decision"))
    if found != decisions:
        raise RuntimeError(f"{found} decisions instead of {decisions}")
    tidy(engine)
    return seconds


def _closed_once(engine: Engine) -> tuple[float, int]:
    """Seconds of closing the last month, and the kilobytes that the server's processes took for it."""
    with engine.connect() as connection:
        connection.execute(_FORGET_LAST)
        with _watched(connection) as most:
            began = time.perf_counter()
            closed = close_months(connection)
            seconds = time.perf_counter() - began
        connection.rollback()
    if closed != 1:
        raise RuntimeError(f"{closed} months closed instead of one")
    return seconds, most[0]


def _grouped(engine: Engine) -> float:
    with engine.connect() as connection:
        began = time.perf_counter()
        connection.execute(_BARE).fetchall()
        return time.perf_counter() - began


@contextmanager
def _watched(connection: Connection) -> Iterator[list[int]]:
    """The most memory of their own, in kB, that the processes of the server of ``connection`` have meanwhile."""
    backend = int(connection.scalar(text("SELECT pg_backend_pid()")) or 0)
    server = _of(_status(backend), "PPid")
    most, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(_LOOK_EVERY):
            family = (_status(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdigit())
            most[0] = max(most[0], sum(_of(one, "RssAnon") for one in family if _of(one, "PPid") == server))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _status(process: int) -> dict[str, str]:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:  # it has ended meanwhile
        return {}
    return dict(line.split(":", 1) for line in lines)


def _of(status: dict[str, str], field: str) -> int:
    return int(status.get(field, "0").split()[0])
