"""Changes to the register over time: requests for them, the record's versions, exits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Text,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base

EXIT_REASONS = ("income_rose", "died", "focus_group", "welfare_aid", "remarried", "other")
"""Why a household leaves the counts: the published reasons, with one for what they do not name."""

REQUEST_STATES = ("trial", "waiting", "approved", "refused", "withdrawn", "stale")


class HouseholdVersion(Base):
    """A record as it was from ``valid_from`` on, as it was known from ``known_from`` on.

    The status is not in it: ``status_decision`` keeps that, with the same two times.
    """

    __tablename__ = "household_version"
    __table_args__ = (Index(None, "household_id", "valid_from", "known_from"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id", ondelete="CASCADE"))
    version: Mapped[int]
    valid_from: Mapped[date]
    known_from: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    cause: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(Text)
    snapshot: Mapped[dict[str, Any]]


class ChangeRequest(Base):
    """A change that somebody asks for, or that somebody who may made at once (``direct``).

    ``trial`` is a request that is being tried out: the database lets no transaction end with one.
    """

    __tablename__ = "change_request"
    __table_args__ = (
        CheckConstraint(f"state IN {REQUEST_STATES}", name="state"),
        CheckConstraint(
            "direct OR decided_by IS NULL OR decided_by <> requested_by OR state = 'withdrawn'", name="other"
        ),
        ForeignKeyConstraint(
            ["household_id", "district_code"],
            ["household.id", "household.district_code"],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        Index(None, "household_id"),
        Index("change_request_waiting_idx", "district_code", "id", postgresql_where=text("state = 'waiting'")),
        Index("change_request_trial_idx", "trial_tx", postgresql_where=text("state = 'trial'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger)
    district_code: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any]]
    seen_version: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    after: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    effect: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    note: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    direct: Mapped[bool] = mapped_column(server_default=text("false"))
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    requested_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str | None] = mapped_column(Text)
    trial_tx: Mapped[int | None] = mapped_column(BigInteger)


class HouseholdExit(Base):
    """An exit of a household, and its undoing if it was undone: what closed months count by."""

    __tablename__ = "household_exit"
    __table_args__ = (
        CheckConstraint(f"reason IN {EXIT_REASONS}", name="reason"),
        Index("household_exit_household_id_idx", "household_id"),
        Index("household_exit_open_idx", "household_id", unique=True, postgresql_where=text("undone_on IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("household.id", ondelete="CASCADE"))
    exited_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(Text)
    undone_on: Mapped[date | None]
    undone_by: Mapped[str | None] = mapped_column(Text)
    undone_note: Mapped[str | None] = mapped_column(Text)
