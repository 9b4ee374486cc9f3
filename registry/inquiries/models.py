"""The tables of status inquiries, of codes that answer them, and of the offices that people turn to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Index, LargeBinary, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

ANSWERS_BY = ("kaunter", "telefon", "surat")
"""How somebody wishes to be answered: at a counter, by telephone, by letter."""
STATES = ("baru", "menunggu", "dijawab", "tidak_dihubungi", "enggan", "digabung")
"""Not sorted yet; with an office; answered; not reached in three tries; not wished any more; joined to another."""
WAYS = ("kaunter", "lawatan", "surat", "kad")
"""How a code reaches a household: at a counter, on a visit, by letter, on the slip of a card."""


class StatusInquiry(Base):
    """Somebody's question whether a number is registered, as it was typed; who asked is not known.

    Until the job has sorted it, it belongs to no office. ``identity`` and ``telephone`` are emptied when it is over.
    """

    __tablename__ = "status_inquiry"
    __table_args__ = (
        CheckConstraint(f"answer_by IN {(*ANSWERS_BY, '')}", name="answer_by"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("length(identity) <= 40 AND length(telephone) <= 20", name="lengths"),
        Index(None, "office_code", "state", "due_on", "id"),
        Index(None, "closed_at"),
        Index("status_inquiry_open_idx", "due_on", "id", postgresql_where=text("state = 'menunggu'")),
        Index("status_inquiry_new_idx", "id", postgresql_where=text("state = 'baru'")),
        Index("status_inquiry_number_idx", "number", "asked_at", postgresql_where=text("number IS NOT NULL")),
        Index(None, "household_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    reference: Mapped[str] = mapped_column(Text, unique=True)
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    identity: Mapped[str] = mapped_column(Text)
    telephone: Mapped[str] = mapped_column(Text)
    answer_by: Mapped[str] = mapped_column(Text)
    wished_district: Mapped[str] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default=text("'baru'"))
    office_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id", ondelete="SET NULL"))
    joined_to: Mapped[int | None] = mapped_column(ForeignKey("status_inquiry.id"))
    asked_times: Mapped[int] = mapped_column(server_default=text("1"))
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    due_on: Mapped[date | None]
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    sample: Mapped[bool] = mapped_column(server_default=text("false"))


class CheckCode(Base):
    """A code that answers for a household at once: the keyed hash of a member's number with the code."""

    __tablename__ = "check_code"
    __table_args__ = (CheckConstraint(f"way IN {WAYS}", name="way"), Index(None, "household_id"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    way: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    valid_until: Mapped[date]
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class DistrictOffice(Base):
    """Where a district's office is and when it is open, as the public is told."""

    __tablename__ = "district_office"

    district_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    address: Mapped[str] = mapped_column(Text, server_default=text("''"))
    telephone: Mapped[str] = mapped_column(Text, server_default=text("''"))
    hours: Mapped[str] = mapped_column(Text, server_default=text("''"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
