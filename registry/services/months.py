"""Closing months: the counts at the end of each month, from the decisions in force on its last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection


def close_months(connection: Connection, *, up_to: date | None = None, anew: bool = False) -> int:
    """Close every month that ended before ``up_to`` (today if left out); how many were closed.

    ``anew`` works all of them out again, as after decisions of the past have been delivered.
    """
    statement = text("SELECT ekasih.close_months(coalesce(CAST(:up_to AS date), current_date), CAST(:anew AS boolean))")
    return int(connection.scalar(statement, {"up_to": up_to, "anew": anew}) or 0)
