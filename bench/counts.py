"""(a) Counts of a level from the summary, beside a GROUP BY over the records."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import TextClause, text

from bench.results import Result, median, told
from queries.statements import statement

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

GOAL = 30
FLAT = 2.0
_COLUMNS = {"state": "state_code", "district": "district_code", "mukim": "coalesce(mukim_code, district_code || '00')"}


def _grouped(level: str) -> TextClause:
    """The same figures straight from the records."""
    return text(f"""
        SELECT {_COLUMNS[level]} AS area_code,
            count(*) FILTER (WHERE status = 'tegar') AS tegar, count(*) FILTER (WHERE status = 'miskin') AS miskin,
            count(*) FILTER (WHERE status = 'mudah_miskin') AS mudah_miskin,
            count(*) FILTER (WHERE status = 'terkeluar') AS terkeluar,
            count(*) AS households, sum(member_count) AS persons, sum(gap_rm) AS gap_rm
        FROM ekasih.household
        GROUP BY 1 ORDER BY 1
    """)


def measure(engine: Engine, *, households: int, repeats: int, medians: dict[tuple[str, int], float]) -> list[Result]:
    """Each level both ways, taking turns; ``medians`` is given the summary's times, for comparing sizes."""
    results = []
    with engine.connect() as connection:
        for level in _COLUMNS:
            ours: list[float] = []
            beside: list[float] = []
            for _ in range(repeats + 1):
                ours.append(_timed(connection, statement("areas/counts"), level=level, within=None))
                beside.append(_timed(connection, _grouped(level)))
            medians[level, households] = median(ours[1:])
            ratio = median(beside[1:]) / median(ours[1:])
            results.append(
                Result(
                    f"Counts by {level}, {households:,} households: summary, GROUP BY",
                    told(median(ours[1:])),
                    told(median(beside[1:])),
                    f"{ratio:.1f} x",
                    f">= {GOAL} x at 1,000,000" if households >= 1_000_000 else "",
                    ratio >= GOAL if households >= 1_000_000 else None,
                )
            )
    return results


def flatness(medians: dict[tuple[str, int], float]) -> list[Result]:
    """How the summary's time grows from the smallest register to the largest."""
    sizes = sorted({size for _, size in medians})
    if len(sizes) < 2:
        return []
    few, many = sizes[0], sizes[-1]
    results = []
    for level in _COLUMNS:
        growth = medians[level, many] / medians[level, few]
        results.append(
            Result(
                f"Counts by {level} from the summary: {many:,}, {few:,} households",
                told(medians[level, many]),
                told(medians[level, few]),
                f"{growth:.2f} x",
                f"flat (<= {FLAT:g} x)",
                growth <= FLAT,
            )
        )
    return results


def _timed(connection: Connection, asked: TextClause, **params: Any) -> float:
    began = time.perf_counter()
    connection.execute(asked, params).fetchall()
    return time.perf_counter() - began
