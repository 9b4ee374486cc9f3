"""Measures what the audit log costs a write: ``python -m bench.auditing``."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from bench.checking import fill
from bench.results import median, told
from bench.stage import BASE, stage
from registry import audit
from registry.households.commands import EditDwelling, EditIncome
from registry.households.members import edit_income
from registry.households.saving import edit_dwelling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Engine

GOAL = 1.15
_WAYS = ("none", "entries", "chain")
_ACT = text("SELECT ekasih.act_as((SELECT id FROM ekasih.app_user WHERE login = 'bench'))")
_SAMPLE = text("""
    SELECT h.id, h.version, p.id AS person_id
    FROM ekasih.household AS h JOIN ekasih.person AS p ON p.household_id = h.id AND p.is_head
    WHERE h.district_code = '0803' ORDER BY h.id LIMIT :rows
""")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the same edits with no log, with entries, with entries in a chain; ends with 1 where the goal is missed."""
    asked = _parser().parse_args(arguments)
    with stage(within=asked.home) as place:
        engine = place.copied("auditing_base", template=BASE)
        fill(engine, asked.persons)
        engine.dispose()
        engines = {way: place.copied(f"auditing_{way}", template="auditing_base") for way in _WAYS}
        for way in ("none", "entries"):
            with engines[way].begin() as connection:
                connection.execute(text("ALTER TABLE ekasih.audit_log DISABLE TRIGGER batch"))
        kept = [measure(engines, change, writes=asked.writes) for change in (_dwelling, _income)]
        for engine in engines.values():
            engine.dispose()
    return 0 if all(kept) else 1


def measure(engines: dict[str, Engine], change: Any, *, writes: int) -> bool:
    """The same edits of the same households, one after another in turn; a time includes the commit."""
    rows = {}
    for way, engine in engines.items():
        with engine.connect() as connection:
            rows[way] = connection.execute(_SAMPLE, {"rows": writes}).all()
    seconds: dict[str, list[float]] = {way: [] for way in engines}
    for index in range(len(rows["chain"])):
        # who goes first changes, so that none always finds what the one before warmed
        for way in _WAYS[index % 3 :] + _WAYS[: index % 3]:
            seconds[way].append(_timed(engines[way], way, change, rows[way][index]))
    middle = {way: median(times[3:]) for way, times in seconds.items()}
    ratio = middle["chain"] / middle["none"]
    print(
        f"{change.__name__[1:]}, {writes} edits: no log {told(middle['none'])}, entries {told(middle['entries'])},"
        f" in a chain {told(middle['chain'])}; ratio {ratio:.2f} (goal {GOAL})"
    )
    return ratio <= GOAL


def _timed(engine: Engine, way: str, change: Any, row: Any) -> float:
    began = time.perf_counter()
    with _unlogged(way == "none"), Session(engine) as session, session.begin():
        session.execute(_ACT)
        change(session, row)
    return time.perf_counter() - began


def _dwelling(session: Session, row: Any) -> None:
    edit_dwelling(session, EditDwelling(household_id=row.id, version=row.version, room_count=3, electricity=True))


def _income(session: Session, row: Any) -> None:
    amounts = {row.person_id: {"employment": Decimal(1234)}}
    edit_income(session, EditIncome(household_id=row.id, version=row.version, amounts=amounts))


@contextmanager
def _unlogged(unlogged: bool) -> Iterator[None]:  # noqa: FBT001 - a switch of this file alone
    """The services without their entry in the log."""
    record = audit.record
    if unlogged:
        audit.record = lambda *_args, **_more: None
    try:
        yield
    finally:
        audit.record = record


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.auditing", description=__doc__)
    parser.add_argument("--persons", type=int, default=20_000, help="size of the register")
    parser.add_argument("--writes", type=int, default=60, help="edits of each kind")
    parser.add_argument("--home", type=Path, help="where the private cluster is made")
    return parser


if __name__ == "__main__":
    sys.exit(main())
