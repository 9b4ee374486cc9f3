"""The tables of audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import INT8MULTIRANGE
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base


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


class AuditSeal(Base):
    """A keyed hash (``mac``) over a link and the seal before, made with a key that is kept elsewhere, by its name."""

    __tablename__ = "audit_seal"
    __table_args__ = (Index(None, "position"),)

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    key_name: Mapped[str] = mapped_column(Text)
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    mac: Mapped[bytes] = mapped_column(LargeBinary)


READS = ("read", "search", "export")


NO_CHANGE = (*READS, "check_status", "reveal_id", "verify_audit", "sign_in", "sign_out", "end_session")


class AuditEntry(Base):
    """Who changed what, when, from what to what. Nobody may change or delete a row."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index(None, "subject", "subject_id", "id"),
        # the date of the last edit by a person is on every page
        Index(
            "audit_log_people_idx", "id", postgresql_where=text(f"actor_id IS NOT NULL AND action NOT IN {NO_CHANGE}")
        ),
        Index("audit_log_reads_idx", "actor_id", "at", postgresql_where=text(f"action IN {READS}")),
        Index("audit_log_action_idx", "action", "id"),
        Index("audit_log_checks_idx", "actor_id", "at", postgresql_where=text("action = 'check_status'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    district_code: Mapped[str | None] = mapped_column(Text)
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    source: Mapped[str | None] = mapped_column(
        Text, server_default=text("COALESCE(NULLIF(current_setting('ekasih.source', true), ''), 'command')")
    )


class IdempotencyKey(Base):
    """A submit that was carried out, so that sending it twice changes nothing."""

    __tablename__ = "idempotency_key"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    result: Mapped[dict[str, Any]]
