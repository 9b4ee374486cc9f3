"""Closing months: the counts at the end of each month, from the decisions in force on its last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection


def close_months(connection: Connection, *, up_to: date | None = None) -> int:
    """Close every month that ended before ``up_to`` (today if left out); how many were closed.

    Months that are closed already and not over on ``up_to`` are worked out again: call it with the day of a decision
    that was taken for the past.
    """
    statement = text("SELECT ekasih.close_months(coalesce(CAST(:up_to AS date), current_date))")
    return int(connection.scalar(statement, {"up_to": up_to}) or 0)
