"""The tables of cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

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

CHANNELS = ("officer", "paper", "representative", "census", "held", "review", "online", "notice")
"""How a case came in: by an officer, on paper, through a representative, from a census, held back, due, sent by the
family over the public pages, or told of by somebody."""


class CaseState(Base):
    """A state of a case: the code and its meaning are fixed, the names and their order belong to an administrator."""

    __tablename__ = "case_state"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    is_open: Mapped[bool]


class CaseTransition(Base):
    """A step that may be taken: from which state to which, by whom, and who must be somebody else.

    ``not_by`` names earlier actions whose last actor may not take this step: maker and checker are two people.
    """

    __tablename__ = "case_transition"

    action: Mapped[str] = mapped_column(Text, primary_key=True)
    from_state: Mapped[str] = mapped_column(ForeignKey("case_state.code"), primary_key=True)
    to_state: Mapped[str] = mapped_column(ForeignKey("case_state.code"))
    permission: Mapped[str] = mapped_column(Text)
    needs_reason: Mapped[bool] = mapped_column(server_default=text("false"))
    needs_meeting: Mapped[bool] = mapped_column(server_default=text("false"))
    only_assigned: Mapped[bool] = mapped_column(server_default=text("false"))
    not_by: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))


class CaseFile(Base):
    """A case: a household to be registered or looked at again. ``state`` moves only through :class:`CaseStep`.

    ``draft`` is the registration form as it stands, complete or not. Who reports is not the head of the household.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        Index(None, "district_code", "state", "id"),
        Index(None, "district_code", "created_at"),
        Index(None, "district_code", "updated_at"),
        Index(None, "assigned_to", "state"),
        Index(None, "household_id"),
        Index("case_file_draft_idx", "created_by", "id", postgresql_where=text("state = 'draft'")),
        Index(
            "case_file_head_name_idx",
            "head_name",
            postgresql_using="gin",
            postgresql_ops={"head_name": "gin_trgm_ops"},
        ),
        Index("case_file_held_id_idx", "held_id", unique=True, postgresql_where=text("held_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(Text, Computed("'K' || lpad(id::text, 7, '0')", persisted=True), unique=True)
    channel: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(ForeignKey("case_state.code"), server_default=text("'draft'"))
    district_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    mukim_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id", ondelete="SET NULL"))
    held_id: Mapped[int | None] = mapped_column(ForeignKey("held_household.id", ondelete="SET NULL"))
    head_name: Mapped[str] = mapped_column(Text, server_default=text("''"))
    reporter_name: Mapped[str | None] = mapped_column(Text)
    reporter_phone: Mapped[str | None] = mapped_column(Text)
    reporter_relation: Mapped[str | None] = mapped_column(Text)
    draft: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    due_on: Mapped[date | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class CaseStep(Base):
    """A step of a case: adding one is the only way to move it, and the database refuses what is not allowed.

    What the adder gives is ``case_id``, ``action`` and, where it belongs to the step, ``reason``, ``assigned_to``,
    ``meeting_id`` and ``detail``; who, when, from and to are the database's.
    """

    __tablename__ = "case_step"
    __table_args__ = (Index(None, "case_id", "id"), Index(None, "meeting_id"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    action: Mapped[str] = mapped_column(Text)
    from_state: Mapped[str] = mapped_column(Text, server_default=text("''"))
    to_state: Mapped[str] = mapped_column(Text, server_default=text("''"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    actor: Mapped[str] = mapped_column(Text, server_default=text("''"))
    reason: Mapped[str | None] = mapped_column(Text)
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
