"""The tables of what comes in without an account: no row of them says who sent it, or what."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Identity, Index, LargeBinary, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

OUTCOMES = ("sent", "limited")


class PortalEntry(Base):
    """A form that came in: when, which, and what became of it; ``visitor`` is the keyed hash of a network address.

    ``waited``: it came after the page that waits instead of a proof of work.
    """

    __tablename__ = "portal_entry"
    __table_args__ = (
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
        Index(None, "visitor", "at"),
        Index(None, "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    form: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    visitor: Mapped[bytes] = mapped_column(LargeBinary)
    waited: Mapped[bool] = mapped_column(server_default=text("false"))


class PortalDayKey(Base):
    """The key of a day's hashes; it is thrown away after two days, and what was hashed is nobody's from there."""

    __tablename__ = "portal_day_key"

    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)


class PortalProof(Base):
    """A proof of work that was used, until it would be too old in any case."""

    __tablename__ = "portal_proof"
    __table_args__ = (Index(None, "expires_at"),)

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
