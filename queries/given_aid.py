"""Reads aid that was given, what of it is held, and double aid that was found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from queries.row_types.given_aid import (
    GivenRow,
    GrantedRow,
    HeldCountRow,
    HeldOneRow,
    HeldRow,
    HeldSumRow,
    InTheWayRow,
    PairMonthRow,
    PairRow,
    SentLineOneRow,
    SentLineRow,
)
from queries.statements import counted, row_as, rows_as, streamed_as

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class HeldFilters:
    """Which held rows: by reason, agency and district; ``None`` for all."""

    reason: str | None = None
    agency: str | None = None
    district: str | None = None


def of_household(conn: Connection, household_id: int) -> list[GivenRow]:
    """Every line of aid of a household, newest first; none where the acting user may not see its persons."""
    return rows_as(GivenRow, conn, "given_aid/of_household", household=household_id)


def granted_to_household(conn: Connection, household_id: int) -> list[GrantedRow]:
    """What was granted to a household and is not given yet, in the order of needs."""
    return rows_as(GrantedRow, conn, "given_aid/granted", household=household_id)


def held_of_household(conn: Connection, household_id: int) -> HeldSumRow:
    """How many rows for a household are held, and their sum in RM."""
    return rows_as(HeldSumRow, conn, "given_aid/held_of_household", household=household_id)[0]


def held(conn: Connection, filters: HeldFilters, *, limit: int, offset: int = 0) -> tuple[list[HeldRow], int]:
    """A page of the rows that wait for the acting user, newest first, and how many there are in all."""
    return counted(rows_as(HeldRow, conn, "given_aid/held", **asdict(filters), row_limit=limit, row_offset=offset))


def held_counts(conn: Connection, filters: HeldFilters) -> list[HeldCountRow]:
    """How many rows wait, by reason, the most first; the filters' own reason is left out of account."""
    return rows_as(HeldCountRow, conn, "given_aid/held_counts", agency=filters.agency, district=filters.district)


def held_one(conn: Connection, row_id: int) -> HeldOneRow | None:
    """One row that was held; ``None`` where it is not the acting user's to settle."""
    return row_as(HeldOneRow, conn, "given_aid/held_one", aid_row=row_id)


def in_the_way(conn: Connection, row_id: int, household_id: int, person_id: int | None) -> list[InTheWayRow]:
    """What meets the need of a held row already; of any member where none is named."""
    return rows_as(InTheWayRow, conn, "given_aid/in_the_way", aid_row=row_id, household=household_id, person=person_id)


def pairs(conn: Connection, month: date, *, limit: int, offset: int = 0) -> tuple[list[PairRow], int]:
    """Double aid found in the month that begins on a day, and how much there is in all."""
    return counted(rows_as(PairRow, conn, "given_aid/pairs", found_month=month, row_limit=limit, row_offset=offset))


def all_pairs(conn: Connection, month: date) -> Iterator[PairRow]:
    """All of it, one after the other."""
    return streamed_as(PairRow, conn, "given_aid/pairs", found_month=month, row_limit=None, row_offset=0)


def pair_months(conn: Connection) -> list[PairMonthRow]:
    """The months in which double aid was found, the newest first."""
    return rows_as(PairMonthRow, conn, "given_aid/pair_months")


def sent_lines(conn: Connection, sending_id: int) -> list[SentLineRow]:
    """What became of each line that a program of the own agency sent, in the order in which they came."""
    return rows_as(SentLineRow, conn, "given_aid/sent_lines", sending=sending_id)


def sent_line(conn: Connection, reference: str) -> SentLineOneRow | None:
    """What became of the own agency's line of a reference; ``None`` where it has none."""
    return row_as(SentLineOneRow, conn, "given_aid/sent_line", reference=reference)
