"""Users, deliveries of census files, the review queue, settings and the audit log."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ARRAY,
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
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base
from registry.principals import Role

ROLES = tuple(str(role) for role in Role)
READS = ("read", "search", "export")
NO_CHANGE = (*READS, "check_status", "reveal_id", "verify_audit")


class AppUser(Base):
    """Someone who may sign in. ``territory`` holds area codes of states or districts; empty is the whole country."""

    __tablename__ = "app_user"
    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="role"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    login: Mapped[str] = mapped_column(Text, unique=True)
    display_name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    territory: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    password_hash: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    demo: Mapped[bool] = mapped_column(server_default=text("false"))
    # rises with every change of role, territory, password or state; a session of another version has ended
    session_version: Mapped[int] = mapped_column(server_default=text("1"))
    # the password was set by someone else
    must_change: Mapped[bool] = mapped_column(server_default=text("true"))
    # who this is at the identity provider, and whether the first to come from there under this login is
    oidc_subject: Mapped[str | None] = mapped_column(Text, unique=True)
    oidc_link: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class RolePermission(Base):
    """What a role may do; an administrator adds and takes away rows."""

    __tablename__ = "role_permission"

    role: Mapped[str] = mapped_column(Text, primary_key=True)
    permission: Mapped[str] = mapped_column(Text, primary_key=True)


class Setting(Base):
    """A setting that belongs to the register rather than to the machine it runs on.

    Administrators change those that have a ``step``: numbers from ``least`` to ``most``.
    """

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[Any]
    least: Mapped[Decimal | None]
    most: Mapped[Decimal | None]
    step: Mapped[Decimal | None]


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


class IdempotencyKey(Base):
    """A submit that was carried out, so that sending it twice changes nothing."""

    __tablename__ = "idempotency_key"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    result: Mapped[dict[str, Any]]
