"""Closing months: the counts at the end of each month, from the decisions in force on its last day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection, Engine

_INCOMPLETE: Final = text("SELECT EXISTS (SELECT FROM ekasih.headcount_month WHERE income_rm IS NULL)")
_RECOUNT: Final = text("SELECT ekasih.recount_months()")
_TRIES: Final = 5
_SERIALIZATION_FAILURE: Final = "40001"


def close_months(connection: Connection, *, up_to: date | None = None) -> int:
    """Close every month that ended before ``up_to`` (today if left out); how many were closed.

    Months that are closed already and not over on ``up_to`` are worked out again: call it with the day of a decision
    that was taken for the past.
    """
    statement = text("SELECT ekasih.close_months(coalesce(CAST(:up_to AS date), current_date))")
    return int(connection.scalar(statement, {"up_to": up_to}) or 0)


def months_incomplete(connection: Connection) -> bool:
    """Whether closed months lack sums that months keep: they were closed by an earlier version."""
    return bool(connection.scalar(_INCOMPLETE))


def recount_months(engine: Engine) -> int:
    """Count every closed month anew from the decisions; how many there are.

    One pass in a transaction of its own. Nobody waits while it counts; where a merge changes the months meanwhile it is
    done again, so that neither undoes the other.

    Raises:
        OperationalError: merges kept coming in between, every time.

    """
    patient = engine.execution_options(isolation_level="REPEATABLE READ")
    for turn in range(1, _TRIES + 1):
        try:
            with patient.begin() as connection:
                return int(connection.scalar(_RECOUNT) or 0)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != _SERIALIZATION_FAILURE or turn == _TRIES:
                raise
    raise AssertionError
