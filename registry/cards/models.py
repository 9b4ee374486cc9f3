"""The tables of cards."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Text,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

REQUEST_STATES = ("requested", "approved", "refused", "issued")


CARD_STATES = ("valid", "replaced", "withdrawn")


class CardRequest(Base):
    """Cards that an agency asks a state office for, by file number; it knows nothing else of the households.

    ``file_numbers`` are those that the register knows in the state and territory of who asks, ``not_found`` the others.
    """

    __tablename__ = "card_request"
    __table_args__ = (
        CheckConstraint(f"state IN {REQUEST_STATES}", name="state"),
        CheckConstraint("decided_by <> requested_by", name="decided_by"),
        Index(None, "state_code", "state"),
        Index(None, "requested_by"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(Text, Computed("'P' || lpad(id::text, 6, '0')", persisted=True), unique=True)
    requested_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    requested_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    agency: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    state_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    file_numbers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    not_found: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    state: Mapped[str] = mapped_column(Text, server_default=text("'requested'"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str | None] = mapped_column(Text)
    issued_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Card(Base):
    """A card of a household. ``token_hash`` is of the token in its last print's code; the token is kept nowhere."""

    __tablename__ = "card"
    __table_args__ = (
        CheckConstraint(f"state IN {CARD_STATES}", name="state"),
        CheckConstraint("valid_until > issued_on", name="valid_until"),
        Index("card_household_idx", "household_id", unique=True, postgresql_where=text("state = 'valid'")),
        Index(None, "district_code", "id"),
        Index(None, "request_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(Text, Computed("'EK' || lpad(id::text, 8, '0')", persisted=True), unique=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("card_request.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id", ondelete="SET NULL"))
    district_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    issued_on: Mapped[date] = mapped_column(server_default=func.current_date())
    valid_until: Mapped[date]
    issued_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    state: Mapped[str] = mapped_column(Text, server_default=text("'valid'"))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_reason: Mapped[str | None] = mapped_column(Text)
    token_hash: Mapped[str | None] = mapped_column(Text, unique=True)
    printed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column(server_default=text("1"))
