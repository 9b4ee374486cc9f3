"""The tables of deliveries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base


class Delivery(Base):
    """A census file as it was received; ``sha256`` of its tables makes the same delivery known again."""

    __tablename__ = "delivery"
    __table_args__ = (CheckConstraint("state IN ('done', 'failed')", name="state"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    sha256: Mapped[str] = mapped_column(Text, unique=True)
    file_name: Mapped[str] = mapped_column(Text)
    received_on: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    received_by: Mapped[str] = mapped_column(Text)
    sample: Mapped[bool] = mapped_column(server_default=text("false"))
    state: Mapped[str] = mapped_column(Text)
    report: Mapped[dict[str, Any]]


class DeliveryRow(Base):
    """A rejected row as it came, with the column and the reason, so that it can be corrected and sent again."""

    __tablename__ = "delivery_row"
    __table_args__ = (Index(None, "delivery_id", "file", "row_no"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id", ondelete="CASCADE"))
    district_code: Mapped[str | None] = mapped_column(Text)
    file: Mapped[str] = mapped_column(Text)
    row_no: Mapped[int]
    household_no: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    column_name: Mapped[str | None] = mapped_column(Text)
    raw: Mapped[dict[str, Any]]


class HeldHousehold(Base):
    """A household that waits for an officer's decision; it is counted nowhere until then."""

    __tablename__ = "held_household"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'accepted', 'refused')", name="state"),
        Index(None, "district_code", "state"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id", ondelete="CASCADE"))
    household_no: Mapped[str] = mapped_column(Text)
    district_code: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    conflicting_file_no: Mapped[str | None] = mapped_column(Text)
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(Text, server_default=text("'waiting'"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class DeliveryUpload(Base):
    """A delivery that somebody has sent to the server, from its arrival until it is imported or was left lying.

    Its file lies in a folder of the installation under ``stored_name``; it goes with the import, or after some days.
    """

    __tablename__ = "delivery_upload"
    __table_args__ = (
        CheckConstraint("state IN ('ready', 'trial', 'import', 'imported', 'expired')", name="state"),
        CheckConstraint("stored_name ~ '^[0-9a-f]{32}\\.(zip|xlsx)$'", name="stored_name"),
        CheckConstraint("layout IN ('birm', 'aid')", name="layout"),
        CheckConstraint("(layout = 'birm' AND state = 'imported') = (delivery_id IS NOT NULL)", name="delivery"),
        Index(None, "uploaded_by"),
        Index(None, "delivery_id"),
        Index("delivery_upload_waiting_idx", "asked_at", postgresql_where=text("state IN ('trial', 'import')")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    # what it is a delivery of: the census, or aid already given
    layout: Mapped[str] = mapped_column(Text, server_default=text("'birm'"))
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    uploaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    # as the browser called it, without a path: shown and never opened
    file_name: Mapped[str] = mapped_column(Text)
    stored_name: Mapped[str] = mapped_column(Text, unique=True)
    sha256: Mapped[str] = mapped_column(Text)
    bytes: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(Text, server_default=text("'ready'"))
    # which files and columns it holds and their first rows; taken away with the file
    findings: Mapped[list[Any]] = mapped_column(JSONB)
    asked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # how far the work on it has come, as it was told last
    steps_done: Mapped[int] = mapped_column(server_default=text("0"))
    steps_total: Mapped[int] = mapped_column(server_default=text("0"))
    # the report of the import, or of the last trial
    report: Mapped[dict[str, Any] | None]
    reported_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # why the last trial or import was refused: the key of a sentence with its values
    problem: Mapped[dict[str, Any] | None]
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"))
