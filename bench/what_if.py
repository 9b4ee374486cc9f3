"""What would be by other lines and a child benefit, beside deciding every household again."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from bench.deciding import again
from bench.results import Result, median, told
from poverty.simulation import Benefit, LineShift, Raise, Scenario
from registry.aid.targets.bitmaps import make_bits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Engine

GOAL: Final = 1.0
_TURNS: Final = 3
SCENARIOS: Final[Sequence[Scenario]] = (
    Scenario((LineShift(pgk_pct=Decimal(10)),)),
    Scenario((LineShift(state="08", pgk_per_capita=Decimal(35), food_pct=Decimal(5)),)),
    Scenario(income=(Raise("employment", Decimal(100)), Raise("transfers", pct=Decimal(20)))),
    Scenario((LineShift(strata="rural", pgk_pct=Decimal(5)),), benefit=Benefit(Decimal(100), 7, poor=True)),
)
_ALL: Final = text("INSERT INTO ekasih.target_stale (block) SELECT DISTINCT id >> 13 FROM ekasih.household")
_ACTING: Final = text("""
    SELECT set_config('app.permissions', '{read_persons}', true), set_config('app.nationwide', 'on', true)
""")
_SIMULATE: Final = text("SELECT * FROM ekasih.simulate(CAST(:asked AS jsonb), 'MY')")
_MOVES: Final = text("SELECT * FROM ekasih.simulate_moves(CAST(:asked AS jsonb), 'MY', 'in', 0, 51)")


def measure(engine: Engine, *, households: int, repeats: int) -> list[Result]:
    """Keep where everybody stands, then suppose each scenario in turn; at the end decide everybody once."""
    with engine.begin() as connection:
        connection.execute(_ALL)
        make_bits(connection)
        connection.execute(text("ANALYZE ekasih.target_standing"))
    supposed: list[list[float]] = [[] for _ in SCENARIOS]
    listed: list[float] = []
    with engine.connect() as connection:
        connection.execute(_ACTING)
        for _ in range(repeats + _TURNS):
            for scenario, taken in zip(SCENARIOS, supposed, strict=True):
                taken.append(_timed(connection, _SIMULATE, scenario))
                listed.append(_timed(connection, _MOVES, scenario))
    ours, beside = max(map(median, supposed)), again(engine)
    goal = households >= 1_000_000
    return [
        Result(
            f"What if, {households:,} households by state: the slowest scenario supposed, everybody decided again",
            told(ours), told(beside), f"{beside / ours:.0f} x",
            f"<= {told(GOAL)} at 1,000,000" if goal else "", ours <= GOAL if goal else None,
        ),
        Result(f"What if, {households:,} households: the first look", told(max(taken[0] for taken in supposed))),
        Result(f"What if, {households:,} households: a page of who enters", told(median(listed))),
    ]  # fmt: skip


def _timed(connection: Connection, asked: Any, scenario: Scenario) -> float:
    began = time.perf_counter()
    connection.execute(asked, {"asked": json.dumps(scenario.plain())}).all()
    return time.perf_counter() - began
