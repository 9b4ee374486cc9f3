"""Reads what areas are held against each other by: expected and registered poor, small rates, pockets, access."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from queries.row_types.areas_compared import AccessRow, ExpectedRow, LookRow, RateRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection

SUBJECTS: Final = ("dosm", "register")
"""Whose rate is looked at: DOSM's of the newest survey year, or the register's of the last closed month."""


def looks(connection: Connection) -> dict[str, LookRow]:
    """What was last worked out, by subject: of what day, of how many areas, or why not."""
    return {row["subject"]: row for row in rows_as(LookRow, connection, "areas_compared/looks")}


def rates(connection: Connection, *, subject: str, within: str) -> list[RateRow]:
    """The districts inside an area with their rates as they stand, smoothed, and the pockets they are in."""
    return rows_as(RateRow, connection, "areas_compared/rates", look=subject, within=within)


def expected(connection: Connection, *, within: str) -> list[ExpectedRow]:
    """The districts inside an area with DOSM's rate, the census households and the poor as they were published."""
    return rows_as(ExpectedRow, connection, "areas_compared/expected", within=within)


def access(connection: Connection, *, level: str, within: str) -> list[AccessRow]:
    """The areas of a level inside an area with the metres to the nearest town."""
    return rows_as(AccessRow, connection, "areas_compared/access", level=level, within=within)
