"""Reads aid that was given, what of it is held, and double aid that was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.given_aid import GivenRow, HeldSumRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection


def of_household(conn: Connection, household_id: int) -> list[GivenRow]:
    """Every line of aid of a household, newest first; none where the acting user may not see its persons."""
    return rows_as(GivenRow, conn, "given_aid/of_household", household=household_id)


def held_of_household(conn: Connection, household_id: int) -> HeldSumRow:
    """How many rows for a household are held, and their sum in RM."""
    return rows_as(HeldSumRow, conn, "given_aid/held_of_household", household=household_id)[0]
