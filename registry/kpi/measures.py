"""Base measures by closed month: kept as months close, worked out anew for those that an earlier version closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_INCOMPLETE: Final = text("""
    SELECT EXISTS (
        SELECT FROM (SELECT DISTINCT month FROM ekasih.headcount_month) AS closed
        WHERE NOT EXISTS (SELECT FROM ekasih.measure_month AS k WHERE k.measure = 'exits' AND k.month = closed.month))
""")
_RECOUNT: Final = text("SELECT ekasih.recount_measures()")


def measures_incomplete(connection: Connection) -> bool:
    """Whether closed months lack their measures: they were closed by an earlier version."""
    return bool(connection.scalar(_INCOMPLETE))


def recount_measures(connection: Connection) -> int:
    """Work the measures of every closed month out anew, in the caller's transaction; how many months there are."""
    return int(connection.scalar(_RECOUNT) or 0)
