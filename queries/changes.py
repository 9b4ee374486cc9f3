"""Reads requests for changes, and records as they were."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from queries.row_types.changes import PastRow, RequestRow, VersionRow
from queries.statements import rows_as, total

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class PastRecord:
    """A record as it was: ``record`` is ``None`` where nothing was known of it."""

    file_no: str
    record: dict[str, Any] | None
    areas: tuple[str | None, ...]

    @property
    def incomes(self) -> dict[int, Decimal]:
        """Each member's income in RM a month, by the member's number."""
        return {
            int(person["member_no"]): sum((Decimal(str(amount)) for amount in person["income"].values()), Decimal(0))
            for person in (self.record or {}).get("persons", [])
        }


def requests(
    conn: Connection,
    *,
    state: str,
    household: int | None = None,
    ticked: Sequence[int] | None = None,
    limit: int = 20,
    offset: int = 0,
) -> tuple[list[RequestRow], int]:
    """Requests in a state with the columns of ``changes/requests.sql``, or of these the ``ticked``, and how many."""
    asked = {"state": state, "household": household, "ticked": None if ticked is None else list(ticked)}
    found = rows_as(RequestRow, conn, "changes/requests", **asked, row_limit=limit, row_offset=offset)
    return found, total(found)


def versions(conn: Connection, household_id: int) -> list[VersionRow]:
    """The versions of a record that are written down, newest first."""
    return rows_as(VersionRow, conn, "changes/versions", household=household_id)


def as_of(conn: Connection, household_id: int, *, valid_on: date, known_on: date) -> PastRecord | None:
    """The record as it was on a day, as known at the end of another; ``None`` outside the acting user's territory."""
    found = rows_as(PastRow, conn, "changes/as_of", household=household_id, valid_on=valid_on, known_on=known_on)
    if not found:
        return None
    row = found[0]
    areas = (row["mukim_name"], row["district_name"], row["state_name"])
    return PastRecord(row["file_no"], row["record"], areas)
