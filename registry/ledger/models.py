"""The tables of the ledger and of payments."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

COMMANDS: Final = (
    "peruntukan", "kurang", "waran", "waran_pulang", "tanggungan", "lepas", "bayar", "sah", "gagal", "pulang", "batal",
    "tutup",
)  # fmt: skip
"""What a ledger is told, by the codes that files carry."""
ACCOUNTS: Final = (
    "SUMBER", "PERUNTUKAN", "WARAN", "TANGGUNGAN", "DALAM_BAYARAN", "BELANJA", "LUPUT", "PULANGAN",
)  # fmt: skip
PAYMENT_STATES: Final = ("disediakan", "dihantar", "berjaya", "gagal", "dipulangkan", "dibatalkan")
"""What became of a payment: prepared, sent, paid, failed, returned after it was paid, called off."""
LIST_STATES: Final = ("disediakan", "dilepaskan", "dibatalkan")

_MONEY: Final = Numeric(14, 2)
_WHOSE: Final = """CASE
    WHEN account IN ('SUMBER', 'PERUNTUKAN', 'LUPUT', 'PULANGAN') THEN office = '' AND case_no = ''
    WHEN account = 'WARAN' THEN office <> '' AND case_no = ''
    ELSE account IN ('TANGGUNGAN', 'DALAM_BAYARAN', 'BELANJA') AND office <> '' AND case_no <> '' END"""


class LedgerYear(Base):
    """The book of a programme for a fiscal year; nothing enters it once it is closed."""

    __tablename__ = "ledger_year"

    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    programme: Mapped[str] = mapped_column(ForeignKey("aid_programme.code"), primary_key=True)
    closed_on: Mapped[date | None]


class Payment(Base):
    """A payment to the account of a case: prepared on a list, sent with the entry ``bayar``, answered by the bank.

    ``state`` is the last answer that was accepted, or how far it is.
    """

    __tablename__ = "payment"
    __table_args__ = (
        ForeignKeyConstraint(["year", "programme"], ["ledger_year.year", "ledger_year.programme"]),
        CheckConstraint(f"state IN {PAYMENT_STATES}", name="state"),
        CheckConstraint("amount > 0", name="amount"),
        Index(None, "list_id", "id"),
        Index(None, "programme", "case_no"),
        Index("payment_unanswered_idx", "sent_on", "id", postgresql_where=text("state = 'dihantar'")),
        Index(
            "payment_prepared_idx",
            "programme",
            "office",
            "case_no",
            unique=True,
            postgresql_where=text("state = 'disediakan'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    list_id: Mapped[int | None] = mapped_column(ForeignKey("payment_list.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    programme: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(ForeignKey("office.code"))
    case_no: Mapped[str] = mapped_column(Text)
    amount: Mapped[Decimal] = mapped_column(_MONEY)
    state: Mapped[str] = mapped_column(Text)
    sent_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("payee_account.id"))
    note: Mapped[str] = mapped_column(Text, server_default=text("''"))


class LedgerEntry(Base):
    """One act of the ledger, named by its reference: two or more lines that sum to nothing. It is never changed.

    ``original_id`` is the entry that this one reverses; ``payment_id`` the payment that it sends or answers.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        ForeignKeyConstraint(["year", "programme"], ["ledger_year.year", "ledger_year.programme"]),
        CheckConstraint(f"command IN {COMMANDS}", name="command"),
        CheckConstraint("lines >= 2 OR command = 'tutup'", name="lines"),
        CheckConstraint("(command = 'batal') = (original_id IS NOT NULL)", name="original"),
        CheckConstraint("(command IN ('bayar', 'sah', 'gagal', 'pulang')) = (payment_id IS NOT NULL)", name="payment"),
        Index(
            "ledger_entry_reversal_idx", "original_id", unique=True, postgresql_where=text("original_id IS NOT NULL")
        ),
        Index("ledger_entry_payment_id_idx", "payment_id", "command", unique=True),
        Index(None, "programme", "year", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    reference: Mapped[str] = mapped_column(Text, unique=True)
    day: Mapped[date]
    command: Mapped[str] = mapped_column(Text)
    year: Mapped[int] = mapped_column(SmallInteger)
    programme: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text, server_default=text("''"))
    case_no: Mapped[str] = mapped_column(Text, server_default=text("''"))
    amount: Mapped[Decimal] = mapped_column(_MONEY)
    lines: Mapped[int]
    original_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entry.id"))
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class LedgerLine(Base):
    """A line of an entry: what it adds to an account."""

    __tablename__ = "ledger_line"
    __table_args__ = (
        CheckConstraint(_WHOSE, name="whose"),
        Index(None, "case_no", postgresql_where=text("case_no <> ''")),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entry.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text, server_default=text("''"))
    case_no: Mapped[str] = mapped_column(Text, server_default=text("''"))
    amount: Mapped[Decimal] = mapped_column(_MONEY)


class LedgerBalance(Base):
    """The sum of the lines of an account, kept by the database as they come."""

    __tablename__ = "ledger_balance"
    __table_args__ = (
        CheckConstraint("amount >= 0 OR account = 'SUMBER'", name="amount"),
        CheckConstraint(_WHOSE, name="whose"),
        Index(
            "ledger_balance_committed_idx",
            "programme",
            "year",
            "office",
            "case_no",
            postgresql_where=text("account = 'TANGGUNGAN' AND amount > 0"),
        ),
    )

    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    programme: Mapped[str] = mapped_column(Text, primary_key=True)
    office: Mapped[str] = mapped_column(Text, primary_key=True)
    case_no: Mapped[str] = mapped_column(Text, primary_key=True)
    account: Mapped[str] = mapped_column(Text, primary_key=True)
    amount: Mapped[Decimal] = mapped_column(_MONEY)


class LedgerVote(Base):
    """The balances of an office, or of the programme itself (no office): what the vote book shows, one row each.

    It is locked before any balance of its office, so that commands for one office wait for each other.
    """

    __tablename__ = "ledger_vote"
    __table_args__ = tuple(
        CheckConstraint(f"{name} >= 0", name=name) for name in (account.lower() for account in ACCOUNTS[1:])
    )

    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    programme: Mapped[str] = mapped_column(Text, primary_key=True)
    office: Mapped[str] = mapped_column(Text, primary_key=True)
    sumber: Mapped[Decimal] = mapped_column(_MONEY, server_default=text("0"))
    peruntukan: Mapped[Decimal] = mapped_column(_MONEY, server_default=text("0"))
    waran: Mapped[Decimal] = mapped_column(_MONEY, server_default=text("0"))
    tanggungan: Mapped[Decimal] = mapped_column(_MONEY, server_default=text("0"))
    dalam_bayaran: Mapped[Decimal] = mapped_column(_MONEY, server_default=text("0"))
    belanja: Mapped[Decimal] = mapped_column(_MONEY, server_default=text("0"))
    luput: Mapped[Decimal] = mapped_column(_MONEY, server_default=text("0"))
    pulangan: Mapped[Decimal] = mapped_column(_MONEY, server_default=text("0"))
    changed_on: Mapped[date] = mapped_column(server_default=text("current_date"))


class PayeeAccount(Base):
    """The bank account that a case is paid to; a changed one is a new row, and holds payments until it is verified."""

    __tablename__ = "payee_account"
    __table_args__ = (
        CheckConstraint("verified_by <> entered_by", name="another_person"),
        CheckConstraint("(verified_by IS NULL) = (verified_at IS NULL)", name="verified"),
        Index(None, "programme", "case_no", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    programme: Mapped[str] = mapped_column(ForeignKey("aid_programme.code"))
    office: Mapped[str] = mapped_column(ForeignKey("office.code"))
    case_no: Mapped[str] = mapped_column(Text)
    payee_name: Mapped[str] = mapped_column(Text)
    id_no: Mapped[str] = mapped_column(Text)
    bank_code: Mapped[str] = mapped_column(Text)
    account_no: Mapped[str] = mapped_column(Text)
    entered_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    entered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    verified_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class PaymentList(Base):
    """A list of payments: made by one person and released by another."""

    __tablename__ = "payment_list"
    __table_args__ = (
        CheckConstraint(f"state IN {LIST_STATES}", name="state"),
        CheckConstraint("released_by <> made_by", name="another_person"),
        CheckConstraint("state <> 'dilepaskan' OR listed_on IS NOT NULL", name="listed"),
        Index(None, "programme", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    programme: Mapped[str] = mapped_column(ForeignKey("aid_programme.code"))
    # empty: of several offices
    office: Mapped[str] = mapped_column(Text, server_default=text("''"))
    state: Mapped[str] = mapped_column(Text, server_default=text("'disediakan'"))
    listed_on: Mapped[date | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    released_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class PaymentAnswerFile(Base):
    """A file of answers as it came."""

    __tablename__ = "payment_answer_file"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    # empty: of all agencies
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str] = mapped_column(Text)
    received_on: Mapped[date]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class PaymentAnswer(Base):
    """A row of such a file, as it was written, and what became of it.

    ``result`` is ``berjaya``, ``gagal`` or ``dipulangkan`` where it moved money, else why it did not.
    """

    __tablename__ = "payment_answer"
    __table_args__ = (
        UniqueConstraint("file_id", "row_no"),
        Index("payment_answer_payment_id_idx", "payment_id", "file_id"),
        Index("payment_answer_held_idx", "file_id", postgresql_where=text("fate = 'held'")),
        CheckConstraint("fate IN ('accepted', 'unchanged', 'held', 'rejected')", name="fate"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("payment_answer_file.id"))
    row_no: Mapped[int]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    list_number: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    processed: Mapped[str] = mapped_column(Text)
    amount: Mapped[str] = mapped_column(Text)
    bank_reference: Mapped[str] = mapped_column(Text, server_default=text("''"))
    reason: Mapped[str] = mapped_column(Text, server_default=text("''"))
    result: Mapped[str] = mapped_column(Text)
    fate: Mapped[str] = mapped_column(Text)
