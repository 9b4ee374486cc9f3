"""The tables of target groups."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Numeric,
    SmallInteger,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import BIT
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

STATES: Final = ("draf", "dipohon", "diluluskan", "ditolak", "beku", "luput")


class TargetGroup(Base):
    """Whom somebody means to help: conditions on a day, why, and what of the record is asked for.

    ``districts`` are those of who asked, none for all, and ``catchments`` likewise. ``states`` are those in which there
    were households when it was asked for, which is how far an approval goes; ``counts`` what the agency was shown then.
    """

    __tablename__ = "target_group"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("decided_by <> made_by", name="other"),
        CheckConstraint("state NOT IN ('beku', 'luput') OR expires_on IS NOT NULL", name="expires"),
        Index("target_group_agency_id_idx", "agency_id", "id"),
        Index("target_group_made_by_idx", "made_by", "id"),
        Index("target_group_waiting_idx", "id", postgresql_where=text("state = 'dipohon'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text, server_default="")
    conditions: Mapped[Any]
    polygon: Mapped[Any | None]
    on_date: Mapped[date]
    fields: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    state: Mapped[str] = mapped_column(Text, server_default="draf")
    version: Mapped[int] = mapped_column(server_default="1")
    made_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    asked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    districts: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    catchments: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    states: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    counts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str | None] = mapped_column(Text)
    frozen_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    expires_on: Mapped[date | None]
    households: Mapped[int | None]


class TargetGroupHousehold(Base):
    """A household of a frozen list, as its record was that day: later edits change nothing in it.

    It refers to no record, so that a list stays as it was when two records are merged.
    """

    __tablename__ = "target_group_household"

    group_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("target_group.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    file_no: Mapped[str] = mapped_column(Text, primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger)
    district_code: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    per_capita_rm: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    version: Mapped[int]


class TargetCount(Base):
    """A count that an agency was shown: how many in an hour is bounded."""

    __tablename__ = "target_count"
    __table_args__ = (Index("target_count_asked_by_idx", "asked_by", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    # the agency, or the account of who belongs to none
    asked_by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())


class TargetBits(Base):
    """Which of the 8,192 households of a block have a value, a bit each: what target groups are counted from."""

    __tablename__ = "target_bits"

    block: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    # -1 the household, 0 its head, from 1 on the other members
    slot: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    bits: Mapped[Any] = mapped_column(BIT(8192))


class TargetStale(Base):
    """A household whose bits are no longer right; where there is none, all of the block."""

    __tablename__ = "target_stale"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    block: Mapped[int]
    household_id: Mapped[int | None] = mapped_column(BigInteger)


class TargetStanding(Base):
    """What simulations read of a registered household, as narrow as can be: kept block by block with the bits.

    Money is in sen. ``cell`` numbers state and strata, ``status`` runs from 1 (tegar) to 4; of each source of income
    the sum and how many members have it. ``births`` are the birthdays of the young, the oldest first.
    """

    __tablename__ = "target_standing"

    household_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    income_sen: Mapped[int] = mapped_column(BigInteger)
    gap_sen: Mapped[int] = mapped_column(BigInteger)
    cell: Mapped[int] = mapped_column(SmallInteger)
    status: Mapped[int] = mapped_column(SmallInteger)
    members: Mapped[int] = mapped_column(SmallInteger)
    place: Mapped[str] = mapped_column(Text(collation="C"))
    district_code: Mapped[str] = mapped_column(Text(collation="C"), index=True)
    employment_sen: Mapped[int] = mapped_column(BigInteger)
    self_employment_sen: Mapped[int] = mapped_column(BigInteger)
    property_sen: Mapped[int] = mapped_column(BigInteger)
    transfers_sen: Mapped[int] = mapped_column(BigInteger)
    employment_earners: Mapped[int] = mapped_column(SmallInteger)
    self_employment_earners: Mapped[int] = mapped_column(SmallInteger)
    property_earners: Mapped[int] = mapped_column(SmallInteger)
    transfers_earners: Mapped[int] = mapped_column(SmallInteger)
    births: Mapped[list[date] | None] = mapped_column(ARRAY(Date))
