"""Reads rounds of cleansing: their counts, their frozen lists, and how the households stand today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from queries.row_types.rounds import (
    OneRoundRow,
    OwnOfficeRow,
    RoundFindingRow,
    RoundHouseholdRow,
    RoundMukimRow,
    RoundNowRow,
    RoundRow,
)
from queries.statements import counted, row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

STANDINGS: Final = ("terbuka", "sah", "kekal", "gugur", "siasat")
"""Nothing decided, proposed to be dropped, and the three decisions."""
_MOST: Final = 100


def listed(conn: Connection) -> list[RoundRow]:
    """The rounds of the own office, the latest first, up to 100."""
    return rows_as(RoundRow, conn, "rounds/list", row_limit=_MOST)


def one(conn: Connection, number: str) -> OneRoundRow | None:
    """One round; ``None`` where the own office has none of this number."""
    return row_as(OneRoundRow, conn, "rounds/one", round_no=number)


def households(
    conn: Connection, number: str, *, standing: str, finding: str, by_mukim: bool, limit: int, offset: int = 0
) -> tuple[list[RoundHouseholdRow], int]:
    """A page of the frozen list, and how many there are in all."""
    return counted(
        rows_as(
            RoundHouseholdRow, conn, "rounds/rows", round_no=number, standing=standing, finding=finding,
            one_household=None, by_mukim=by_mukim, row_limit=limit, row_offset=offset,
        )
    )  # fmt: skip


def household(conn: Connection, number: str, household_id: int) -> RoundHouseholdRow | None:
    """One household of a frozen list."""
    return row_as(
        RoundHouseholdRow, conn, "rounds/rows", round_no=number, standing="", finding="", one_household=household_id,
        by_mukim=True, row_limit=1, row_offset=0,
    )  # fmt: skip


def now(conn: Connection, number: str, households: Sequence[int]) -> dict[int, RoundNowRow]:
    """How households of a round stand today, by their numbers."""
    rows = rows_as(RoundNowRow, conn, "rounds/now", round_no=number, ticked=list(households))
    return {row["household_id"]: row for row in rows}


def findings(conn: Connection, number: str) -> list[RoundFindingRow]:
    """How many households were frozen with each finding."""
    return rows_as(RoundFindingRow, conn, "rounds/findings", round_no=number)


def mukims(conn: Connection, number: str) -> list[RoundMukimRow]:
    """How far a round is in each mukim."""
    return rows_as(RoundMukimRow, conn, "rounds/mukims", round_no=number)


def offices(conn: Connection) -> list[OwnOfficeRow]:
    """The offices that who is acting works in."""
    return rows_as(OwnOfficeRow, conn, "rounds/offices")
