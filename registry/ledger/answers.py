"""The bank's answers to payments: each row of a file judged by itself, and what was rejected given back."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry import audit
from registry.ledger.tables import Row, amount_of, day_of
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

COLUMNS: Final = ("no_senarai", "no_bayaran", "status", "tarikh_proses", "amaun", "rujukan_bank", "sebab")
"""The columns of a file of answers, in the order of a file that goes back."""
REQUIRED: Final = COLUMNS[:5]
_BEGIN = text("SELECT ekasih.begin_answers(:name, :received)")
_HOLD = text("SELECT ekasih.hold_answers(CAST(:numbers AS text[]))")
_TAKE = text("SELECT ekasih.take_answer(:file, :row, CAST(:given AS jsonb))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What became of a file of answers: its number, and how many rows came to each result."""

    file_id: int
    results: dict[str, int]


def take_answers(session: Session, rows: Sequence[Row], *, name: str, received: date) -> Answered:
    """Take in a file of answers for who acts; rejected and held rows are kept beside those that moved money.

    Raises:
        NotPermitted: who acts makes no payments.

    """
    with refusals_named(session):
        file_id = int(session.execute(_BEGIN, {"name": name, "received": received}).scalar_one())
        session.execute(_HOLD, {"numbers": [row["no_bayaran"] for row in rows]})

        def take(number: int, given: str) -> str:
            return str(session.scalar(_TAKE, {"file": file_id, "row": number, "given": given}))

        results = taken(rows, take)
    after = {"name": name, "rows": len(rows), **results}
    audit.record(
        session, "take_answers", subject="payment_answer_file", subject_id=file_id, district_code=None, after=after
    )
    return Answered(file_id=file_id, results=results)


def taken(rows: Sequence[Row], take: Callable[[int, str], str]) -> dict[str, int]:
    """How many rows came to each result, each taken in its turn."""
    found = Counter(take(number, json.dumps(_given(row))) for number, row in enumerate(rows, start=1))
    return dict(sorted(found.items()))


def _given(row: Row) -> dict[str, Any]:
    """A row as the database judges it: what was written, and the day and the amount where they could be read."""
    processed, amount = day_of(row["tarikh_proses"]), amount_of(row["amaun"])
    return {
        "list_number": row["no_senarai"],
        "number": row["no_bayaran"],
        "status": row["status"].lower(),
        "processed": row["tarikh_proses"],
        "amount": row["amaun"],
        "bank_reference": row.get("rujukan_bank", ""),
        "reason": row.get("sebab", ""),
        "processed_on": processed.isoformat() if processed else None,
        "given_amount": str(amount) if amount is not None else None,
    }
