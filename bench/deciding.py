"""(c) Deciding every household again, beside one bare UPDATE of the same columns."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sqlalchemy import TextClause, text

from bench.results import Result, median, told
from bench.stage import tidy

if TYPE_CHECKING:
    from sqlalchemy import Engine

GOAL = 4.0
# an earlier day, so that every household has another line and is decided again
_DECIDE = text("SELECT sum(households) FROM ekasih.reclassify(NULL, '2021-06-30')")
_BARE = text("""
    UPDATE ekasih.household
    SET status = status, line_id = line_id, rule_id = rule_id, gap_rm = gap_rm, food_gap_rm = food_gap_rm,
        gap_share = gap_share
""")
_TRIGGERS = text("ALTER TABLE ekasih.household DISABLE TRIGGER USER")


def measure(engine: Engine, *, households: int, repeats: int) -> list[Result]:
    """Both, taking turns, each undone and tidied up after; the bare one fires no trigger and keeps no history."""
    ours: list[float] = []
    beside: list[float] = []
    for _ in range(repeats):
        ours.append(_undone(engine, _DECIDE))
        beside.append(_undone(engine, _BARE, before=_TRIGGERS))
    ratio = median(ours) / median(beside)
    return [
        Result(
            f"Deciding {households:,} households again: reclassify, bare UPDATE",
            told(median(ours)),
            told(median(beside)),
            f"{ratio:.1f} x",
            f"<= {GOAL:g} x",
            ratio <= GOAL,
        )
    ]


def again(engine: Engine) -> float:
    """How long it takes to decide everybody again; it is undone."""
    return _undone(engine, _DECIDE)


def _undone(engine: Engine, statement: TextClause, *, before: TextClause | None = None) -> float:
    with engine.connect() as connection:
        if before is not None:
            connection.execute(before)
        began = time.perf_counter()
        connection.execute(statement)
        seconds = time.perf_counter() - began
        connection.rollback()
    tidy(engine)
    return seconds
