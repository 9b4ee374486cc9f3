"""The summary that maps and KPIs read: kept exact by triggers on the household table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, Index, Numeric, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base


class Headcount(Base):
    """Registered households of an area by strata, ethnicity of the head and status, with their additive measures.

    Rows of one key are spread over a few slots, so that officers who save at the same time do not wait for each other;
    a reader always sums over slots. Households without a mukim count under the district's code followed by ``00``.
    """

    __tablename__ = "headcount"

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    strata: Mapped[str] = mapped_column(Text, primary_key=True)
    ethnicity: Mapped[str] = mapped_column(Text, primary_key=True)
    status: Mapped[str] = mapped_column(Text, primary_key=True)
    slot: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    households: Mapped[int] = mapped_column(BigInteger)
    persons: Mapped[int] = mapped_column(BigInteger)
    age_0_14: Mapped[int] = mapped_column(BigInteger)
    age_15_64: Mapped[int] = mapped_column(BigInteger)
    age_65_over: Mapped[int] = mapped_column(BigInteger)
    age_unknown: Mapped[int] = mapped_column(BigInteger)
    female_headed: Mapped[int] = mapped_column(BigInteger)
    without_point: Mapped[int] = mapped_column(BigInteger)
    income_rm: Mapped[Decimal] = mapped_column(Numeric)
    gap_rm: Mapped[Decimal] = mapped_column(Numeric)
    food_gap_rm: Mapped[Decimal] = mapped_column(Numeric)
    gap_share: Mapped[Decimal] = mapped_column(Numeric)
    gap_share_squared: Mapped[Decimal] = mapped_column(Numeric)


class HeadcountMonth(Base):
    """The same at the end of a month, recounted from the decisions in force on its last day."""

    __tablename__ = "headcount_month"
    __table_args__ = (Index(None, "month", "area_code"),)

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    strata: Mapped[str] = mapped_column(Text, primary_key=True)
    status: Mapped[str] = mapped_column(Text, primary_key=True)
    households: Mapped[int] = mapped_column(BigInteger)
    persons: Mapped[int] = mapped_column(BigInteger)
    gap_rm: Mapped[Decimal] = mapped_column(Numeric)
