"""Rows of the statements in ``queries/sql/ledger``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class AnswerFileRow(TypedDict):
    """``ledger/answer_files.sql``: one row per file."""

    id: int
    name: str
    received_on: date
    received_by: str | None
    accepted: int
    unchanged: int
    held: int
    rejected: int


class PaymentListHeadRow(TypedDict):
    """``ledger/list.sql``: one row per list."""

    id: int
    number: str
    programme: str
    programme_ms: str
    programme_en: str
    office: str
    state: str
    listed_on: date | None
    made_at: datetime
    made_by: str | None
    released_by: str | None
    released_at: datetime | None
    own: bool
    sample: bool


class PaymentListRow(TypedDict):
    """``ledger/lists.sql``: one row per list."""

    id: int
    number: str
    programme: str
    office: str
    state: str
    listed_on: date | None
    made_at: datetime
    made_by: str | None
    released_by: str | None
    own: bool
    payments: int
    amount: Decimal
    unanswered: int


class LedgerOfficeRow(TypedDict):
    """``ledger/offices.sql``: one row per office."""

    code: str
    name_ms: str
    name_en: str


class PayableRow(TypedDict):
    """``ledger/payable.sql``: one row per case of a programme and year."""

    office: str
    case_no: str
    amount: Decimal
    account_id: int | None
    payee_name: str | None
    id_no: str | None
    bank_code: str | None
    account_no: str | None
    entered_by: int | None
    verified: bool
    prepared: str | None


class PaymentRow(TypedDict):
    """``ledger/payments.sql``: one row per payment."""

    id: int
    list_number: str
    number: str
    listed_on: date | None
    programme: str
    office: str
    case_no: str
    payee_name: str | None
    id_no: str | None
    bank_code: str | None
    account_no: str | None
    amount: Decimal
    state: str
    answered_on: date | None
    reason: str | None
    note: str
    changed: bool


class LedgerProgrammeRow(TypedDict):
    """``ledger/programmes.sql``: one row per programme."""

    code: str
    name_ms: str
    name_en: str
    fiscal_year: int
    committed: Decimal


class RejectedAnswerRow(TypedDict):
    """``ledger/rejected.sql``: one row per row of the file."""

    row_no: int
    list_number: str
    number: str
    status: str
    processed: str
    amount: str
    bank_reference: str
    result: str
    fate: str


class UnansweredRow(TypedDict):
    """``ledger/unanswered.sql``: one row per payment."""

    number: str
    list_id: int | None
    list_number: str | None
    programme: str
    office: str
    case_no: str
    amount: Decimal
    sent_on: date
    days: int
    total: int


class VoteRow(TypedDict):
    """``ledger/votes.sql``: one row per programme and office, and one per programme."""

    programme: str
    programme_ms: str
    programme_en: str
    agency_ms: str
    agency_en: str
    office: str
    office_ms: str | None
    office_en: str | None
    closed_on: date | None
    changed_on: date
    sumber: Decimal
    peruntukan: Decimal
    waran: Decimal
    tanggungan: Decimal
    dalam_bayaran: Decimal
    belanja: Decimal
    luput: Decimal
    pulangan: Decimal


class LedgerYearRow(TypedDict):
    """``ledger/years.sql``: one row per fiscal year."""

    year: int
