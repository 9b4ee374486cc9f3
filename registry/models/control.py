"""The links of the audit log, and sign-ins that were refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Identity, Index, LargeBinary, Text, func
from sqlalchemy.dialects.postgresql import INT8MULTIRANGE
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class AuditBatch(Base):
    """What one statement added to the audit log: the numbers of its entries, and the hash of what they say."""

    __tablename__ = "audit_batch"
    __table_args__ = (Index("audit_batch_entries_idx", "entries", postgresql_using="gist"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    entries: Mapped[Any] = mapped_column(INT8MULTIRANGE)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class AuditLink(Base):
    """A batch's place in the chain; ``hash`` covers the batch and the link before."""

    __tablename__ = "audit_link"

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    prev_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class SignInRefusal(Base):
    """A sign-in that was refused; kept for as long as it slows the next try down."""

    __tablename__ = "sign_in_refusal"
    __table_args__ = (Index(None, "address", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    login: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
