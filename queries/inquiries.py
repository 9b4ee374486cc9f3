"""Reads questions of status, codes that answer them, and what is told of offices, as the acting user may see them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from queries.row_types.inquiries import (
    CheckCodeRow,
    CodeMemberRow,
    DistrictOfficeRow,
    InquiryCountsRow,
    InquiryOverRow,
    InquiryRow,
)
from queries.statements import rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_COUNTED: Final = 1_000
"""Beyond so many it is only said that there are more."""
_BEGINNING: Final = (date.min, 0)


def listed(connection: Connection, *, after: tuple[date, int] = _BEGINNING, limit: int) -> list[InquiryRow]:
    """A page of those that wait (``inquiries/listed.sql``), behind the day and number of the last one seen."""
    after_due, after_inquiry = after
    asked = {"after_due": after_due, "after_inquiry": after_inquiry}
    return rows_as(InquiryRow, connection, "inquiries/listed", **asked, row_limit=limit)


def over(connection: Connection, *, limit: int) -> list[InquiryOverRow]:
    """Those that were over last (``inquiries/over.sql``)."""
    return rows_as(InquiryOverRow, connection, "inquiries/over", row_limit=limit)


def counted(connection: Connection) -> InquiryCountsRow:
    """How many wait, and how many of them are late, each up to :data:`MOST_COUNTED`."""
    return rows_as(InquiryCountsRow, connection, "inquiries/counted", row_limit=MOST_COUNTED)[0]


def codes(connection: Connection, household_id: int) -> list[CheckCodeRow]:
    """The codes of a household (``inquiries/codes.sql``)."""
    return rows_as(CheckCodeRow, connection, "inquiries/codes", household=household_id)


def members(connection: Connection, household_id: int) -> list[CodeMemberRow]:
    """The members of a registered household (``inquiries/members.sql``); none where it is not seen."""
    return rows_as(CodeMemberRow, connection, "inquiries/members", household=household_id)


def offices(connection: Connection) -> list[DistrictOfficeRow]:
    """The offices whose telephone and address who asks may change (``inquiries/offices.sql``)."""
    return rows_as(DistrictOfficeRow, connection, "inquiries/offices")


def office(connection: Connection, district_code: str) -> DistrictOfficeRow | None:
    """One of them."""
    return next((row for row in offices(connection) if row["district_code"] == district_code), None)
