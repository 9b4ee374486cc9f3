"""The tables of rounds of cleansing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Numeric,
    Text,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

FINDINGS: Final = (
    "meninggal", "pindah_keluar", "gugur_daftar", "terkeluar", "pertindihan", "pernah_rumah", "tiada_lawatan",
    "tiada_rekod",
)  # fmt: skip
"""What is marked by rule, of the day on which the list was frozen and again today."""
DECISIONS: Final = ("kekal", "gugur", "siasat")


class CleansingRound(Base):
    """A round of an office over those whom it aided in the years named, and those who applied to it.

    ``households`` is how many were frozen; what was decided adds up to it with what is open, at every commit.
    """

    __tablename__ = "cleansing_round"
    __table_args__ = (
        CheckConstraint("state IN ('berjalan', 'selesai')", name="state"),
        CheckConstraint("kekal >= 0 AND gugur >= 0 AND siasat >= 0 AND terbuka >= 0", name="counts"),
        CheckConstraint("kekal + gugur + siasat + terbuka = households", name="adds_up"),
        CheckConstraint("state = 'berjalan' OR terbuka = 0", name="done"),
        Index("cleansing_round_running_idx", "office_code", unique=True, postgresql_where=text("state = 'berjalan'")),
        Index(None, "office_code", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(Text, Computed("'PB' || lpad(id::text, 6, '0')", persisted=True), unique=True)
    office_code: Mapped[str] = mapped_column(ForeignKey("office.code"))
    years: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    frozen_on: Mapped[date] = mapped_column(server_default=func.current_date())
    households: Mapped[int]
    kekal: Mapped[int] = mapped_column(server_default=text("0"))
    gugur: Mapped[int] = mapped_column(server_default=text("0"))
    siasat: Mapped[int] = mapped_column(server_default=text("0"))
    terbuka: Mapped[int]
    state: Mapped[str] = mapped_column(Text, server_default=text("'berjalan'"))
    frozen_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    frozen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    closed_on: Mapped[date | None]


class RoundHousehold(Base):
    """A household of a frozen list, as it was on that day. Never changed: it has no reference to the household.

    ``needs`` are those that the office met or was asked to meet, ``claimed`` whether it was frozen for what it was
    given (else for an open application).
    """

    __tablename__ = "round_household"
    __table_args__ = (Index(None, "round_id", "mukim_code", "household_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("cleansing_round.id"), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    file_no: Mapped[str] = mapped_column(Text)
    head_name: Mapped[str] = mapped_column(Text)
    district_code: Mapped[str] = mapped_column(Text)
    mukim_code: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    per_capita_rm: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    version: Mapped[int]
    last_visit_on: Mapped[date | None]
    point: Mapped[Any | None] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    claimed: Mapped[bool]
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    findings: Mapped[list[str]] = mapped_column(ARRAY(Text))


class RoundDecision(Base):
    """What was decided on a household of a round; to drop one takes a second person, until then it is open."""

    __tablename__ = "round_decision"
    __table_args__ = (
        CheckConstraint(f"decision IN {DECISIONS}", name="decision"),
        CheckConstraint("decision = 'kekal' OR btrim(reason) <> ''", name="reason"),
        CheckConstraint("second_by IS NULL OR decision = 'gugur'", name="second"),
        CheckConstraint("second_by <> decided_by", name="two_persons"),
        CheckConstraint("(second_by IS NULL) = (second_at IS NULL)", name="second_at"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("cleansing_round.id"), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    decision: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, server_default=text("''"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    second_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    second_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    settled: Mapped[bool] = mapped_column(Computed("decision <> 'gugur' OR second_by IS NOT NULL", persisted=True))
