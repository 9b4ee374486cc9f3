"""Reads the money of aid as the acting user may see it: the vote book, lists of payments and the bank's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.ledger import (
    AnswerFileRow,
    LedgerOfficeRow,
    LedgerProgrammeRow,
    LedgerYearRow,
    PayableRow,
    PaymentListHeadRow,
    PaymentListRow,
    PaymentRow,
    RejectedAnswerRow,
    UnansweredRow,
    VoteRow,
)
from queries.statements import counted, row_as, rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection


def years(connection: Connection) -> list[int]:
    """The fiscal years of the ledger (``ledger/years.sql``), the newest first."""
    return [row["year"] for row in rows_as(LedgerYearRow, connection, "ledger/years")]


def votes(connection: Connection, year: int) -> list[VoteRow]:
    """The vote book of a year (``ledger/votes.sql``)."""
    return rows_as(VoteRow, connection, "ledger/votes", year=year)


def programmes(connection: Connection) -> list[LedgerProgrammeRow]:
    """Programmes whose money may be moved (``ledger/programmes.sql``)."""
    return rows_as(LedgerProgrammeRow, connection, "ledger/programmes")


def offices(connection: Connection) -> list[LedgerOfficeRow]:
    """Offices whose money may be read (``ledger/offices.sql``)."""
    return rows_as(LedgerOfficeRow, connection, "ledger/offices")


def payable(
    connection: Connection, *, year: int, programme: str, after: tuple[str, str] = ("", ""), limit: int
) -> list[PayableRow]:
    """Cases with money committed (``ledger/payable.sql``), from after an office and case on."""
    office, case_no = after
    return rows_as(
        PayableRow,
        connection,
        "ledger/payable",
        year=year,
        programme_code=programme,
        after_office=office,
        after_case=case_no,
        row_limit=limit,
    )


def lists(connection: Connection, *, before: int | None = None, limit: int) -> list[PaymentListRow]:
    """Lists of payments (``ledger/lists.sql``), the newest first."""
    return rows_as(PaymentListRow, connection, "ledger/lists", before=before, row_limit=limit)


def payment_list(connection: Connection, list_id: int) -> PaymentListHeadRow | None:
    """One list (``ledger/list.sql``); ``None`` where the acting user has no such one."""
    return row_as(PaymentListHeadRow, connection, "ledger/list", list_id=list_id)


def payments(connection: Connection, list_id: int) -> list[PaymentRow]:
    """The payments of a list (``ledger/payments.sql``)."""
    return rows_as(PaymentRow, connection, "ledger/payments", list_id=list_id)


def unanswered(connection: Connection, *, limit: int) -> tuple[list[UnansweredRow], int]:
    """Payments that wait too long for an answer (``ledger/unanswered.sql``), and how many there are."""
    return counted(rows_as(UnansweredRow, connection, "ledger/unanswered", row_limit=limit))


def answer_files(connection: Connection, *, limit: int) -> list[AnswerFileRow]:
    """Files of answers (``ledger/answer_files.sql``), the newest first."""
    return rows_as(AnswerFileRow, connection, "ledger/answer_files", file_id=None, row_limit=limit)


def answer_file(connection: Connection, file_id: int) -> AnswerFileRow | None:
    """One file of answers (``ledger/answer_files.sql``); ``None`` where the acting user has no such one."""
    return row_as(AnswerFileRow, connection, "ledger/answer_files", file_id=file_id, row_limit=1)


def rejected(connection: Connection, file_id: int) -> list[RejectedAnswerRow]:
    """The rows of a file that somebody must look at (``ledger/rejected.sql``)."""
    return rows_as(RejectedAnswerRow, connection, "ledger/rejected", file_id=file_id)
