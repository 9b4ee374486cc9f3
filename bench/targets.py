"""Counts of target groups by conditions on members, from bits, beside the same counted from the records."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sqlalchemy import text

from bench.results import Result, median, told
from registry.aid.targets.bitmaps import make_bits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Engine

GOAL: Final = 0.3
_DAY: Final = date(2026, 11, 30)
_TURNS: Final = 5


def _asked(who: str, field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"pada": who, "medan": field, "op": operator, "nilai": value}


_POOR: Final = _asked("isirumah", "status", "dalam", ["tegar", "miskin"])
_AT_SCHOOL: Final = [_asked("ahli", "umur", "antara", [7, 17]), _asked("ahli", "bersekolah", "=", "Ya")]
GROUPS: Final[Sequence[list[dict[str, Any]]]] = (
    [_POOR],
    [_asked("kir", "umur", ">=", 60), _asked("kir", "jantina", "=", "Perempuan")],
    [_POOR, _asked("ahli", "umur", "antara", [7, 17])],
    [{"ahli": _AT_SCHOOL, "sekurang": 2}],
    [_POOR, _asked("isirumah", "bantuan_pernah", "tiada", {"keperluan": "RUMAH"})],
    [_asked("isirumah", "pendapatan_perkapita", "<", 288), _asked("isirumah", "bil_ahli", ">=", 5)],
    [{"atau": [_asked("ahli", "oku", "bukan_dalam", ["Tiada"]), _asked("ahli", "umur", ">", 70)]}],
    [
        _POOR, _asked("kir", "umur", "antara", [18, 59]), _asked("isirumah", "tanah_ekar", ">", 0.5),
        {"ahli": [_asked("ahli", "umur", "<", 7)], "sekurang": 2},
        _asked("ahli", "status_pekerjaan", "dalam", ["Tidak bekerja"]),
    ],
)  # fmt: skip
_COUNT: Final = text("SELECT * FROM ekasih.counts_meeting(CAST(:asked AS jsonb), :day, NULL) ORDER BY 1")
_RECOUNT: Final = text("SELECT * FROM ekasih.recounts_meeting(CAST(:asked AS jsonb), :day, NULL) ORDER BY 1")
_ALL: Final = text("INSERT INTO ekasih.target_stale (block) SELECT DISTINCT id >> 13 FROM ekasih.household")


def measure(engine: Engine, *, households: int, repeats: int) -> list[Result]:
    """Make the bits of the register, then count each group in turn, both ways."""
    with engine.begin() as connection:
        connection.execute(_ALL)
        began = time.perf_counter()
        blocks = make_bits(connection)
        made = time.perf_counter() - began
    ours: list[float] = []
    beside: list[float] = []
    with engine.connect() as connection:
        for turn in range(repeats + _TURNS):
            for group in GROUPS:
                spent, counts = _timed(connection, _COUNT, group)
                if turn > 0:
                    ours.append(spent)
                if turn < repeats:
                    spent, recounts = _timed(connection, _RECOUNT, group)
                    beside.append(spent)
                    if counts != recounts:
                        raise AssertionError(group)
    late = float(np.quantile(ours, 0.95))
    goal = households >= 1_000_000
    return [
        Result(
            f"Target groups by members, {households:,} households: from bits, from the records (95 of 100 counts)",
            told(late), told(float(np.quantile(beside, 0.95))), f"{np.quantile(beside, 0.95) / late:.0f} x",
            f"<= {told(GOAL)} at 1,000,000" if goal else "", late <= GOAL if goal else None,
        ),
        Result(
            f"Target groups by members, {households:,} households: from bits, from the records (median)",
            told(median(ours)), told(median(beside)), f"{median(beside) / median(ours):.0f} x",
        ),
        Result(f"Target groups: making the bits of {blocks:,} blocks of 8,192 households", told(made)),
    ]  # fmt: skip


def _timed(connection: Connection, asked: Any, group: list[dict[str, Any]]) -> tuple[float, list[Any]]:
    began = time.perf_counter()
    rows = connection.execute(asked, {"asked": json.dumps({"syarat": group}), "day": _DAY}).all()
    return time.perf_counter() - began, [tuple(row) for row in rows]
