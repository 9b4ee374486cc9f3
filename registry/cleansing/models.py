"""The tables of cleansing."""

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
    ForeignKeyConstraint,
    Identity,
    Index,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base


class DuplicateCandidate(Base):
    """Two households that may be one (``household``), or that hold the same member (``person``), with score and why.

    ``reasons`` lists the pairs of persons behind it with what agrees about each. No key leads to the households: a
    pair outlives the record that a merge takes out of the register.
    """

    __tablename__ = "duplicate_candidate"
    __table_args__ = (
        CheckConstraint("kind IN ('household', 'person')", name="kind"),
        CheckConstraint("state IN ('open', 'merged', 'different')", name="state"),
        CheckConstraint("household_a < household_b", name="order"),
        UniqueConstraint("household_a", "household_b"),
        Index(None, "household_b"),
        Index(
            "duplicate_candidate_open_idx",
            text("score DESC"),
            "id",
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    household_a: Mapped[int] = mapped_column(BigInteger)
    household_b: Mapped[int] = mapped_column(BigInteger)
    score: Mapped[Decimal] = mapped_column(Numeric(6, 5))
    reasons: Mapped[Any]
    state: Mapped[str] = mapped_column(Text, server_default=text("'open'"))
    found_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    decided_by: Mapped[str | None] = mapped_column(Text)


class HouseholdMerge(Base):
    """Two records made one, with the whole of both before, so that it can be undone."""

    __tablename__ = "household_merge"
    __table_args__ = (Index(None, "kept_id"), Index(None, "gone_id"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("duplicate_candidate.id", ondelete="SET NULL"))
    kept_id: Mapped[int] = mapped_column(BigInteger)
    gone_id: Mapped[int] = mapped_column(BigInteger)
    kept_district: Mapped[str] = mapped_column(Text)
    gone_district: Mapped[str] = mapped_column(Text)
    kept_before: Mapped[dict[str, Any]]
    gone_before: Mapped[dict[str, Any]]
    chosen: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    moved: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    digest: Mapped[str] = mapped_column(Text)
    merged_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    merged_by: Mapped[str] = mapped_column(Text)
    undone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    undone_by: Mapped[str | None] = mapped_column(Text)


class Cohort(Base):
    """A locked figure: the households of an area that had one of some statuses on a day, followed from then on."""

    __tablename__ = "cohort"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    statuses: Mapped[list[str]] = mapped_column(ARRAY(Text))
    frozen_on: Mapped[date]
    households: Mapped[int]
    created_by: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class CohortMember(Base):
    """A household of a cohort as it was on the day of freezing; it stays in the list whatever becomes of the record."""

    __tablename__ = "cohort_member"
    __table_args__ = (Index(None, "household_id"),)

    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id", ondelete="CASCADE"), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    district_code: Mapped[str] = mapped_column(Text)
    mukim_code: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    per_capita_rm: Mapped[Decimal] = mapped_column(Numeric(14, 2))


class SearchWord(Base):
    """A word that occurs in names or addresses: a typed word with a slip is put right here, then looked up exactly.

    Two who save at the same time may both add a word: a unique key would make the one wait for the other.
    """

    __tablename__ = "search_word"
    __table_args__ = (
        CheckConstraint("kind IN ('name', 'address')", name="kind"),
        Index(None, "kind", "word"),
        Index("search_word_alike_idx", "word", postgresql_using="gin", postgresql_ops={"word": "gin_trgm_ops"}),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    word: Mapped[str] = mapped_column(Text)


class QualityFlag(Base):
    """Something missing, stale or odd about a household, for the data-quality worklist."""

    __tablename__ = "quality_flag"
    __table_args__ = (
        ForeignKeyConstraint(
            ["household_id", "district_code"],
            ["household.id", "household.district_code"],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        Index(None, "household_id"),
        Index("quality_flag_open_idx", "district_code", "code", postgresql_where=text("resolved_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    household_id: Mapped[int] = mapped_column(BigInteger)
    district_code: Mapped[str] = mapped_column(Text)
    member_no: Mapped[int | None] = mapped_column(SmallInteger)
    code: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    raised_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    resolved_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    resolved_by: Mapped[str | None] = mapped_column(Text)
