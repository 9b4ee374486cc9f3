"""The tables of measures: how poor, how unequal and how deprived areas were in closed months."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Numeric,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

_BASIS = "basis IN ('household', 'person')"


class MpiStructure(Base):
    """A version of a structure of multidimensional poverty, as ``poverty.multidimensional`` reads it.

    A change is another version with a code of its own; of those that are computed the newest ``valid_from`` holds.
    """

    __tablename__ = "mpi_structure"
    __table_args__ = (CheckConstraint("code ~ '^[a-z0-9][a-z0-9-]{0,39}$'", name="code"),)

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    definition: Mapped[dict[str, Any]] = mapped_column(JSONB)
    valid_from: Mapped[date]
    computable: Mapped[bool]
    shipped: Mapped[bool] = mapped_column(server_default=text("false"))
    added_by: Mapped[str | None] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class PovertyMonth(Base):
    """The measures of the country, a state or a district at the end of a closed month, exact, for who sees its persons.

    ``total`` and ``poor`` are weighted by ``basis``; ``p1_sum`` to ``food_p2_sum`` are the numerators of the indices,
    which add up, ``log_sum`` that of Theil's. ``between`` is the part of Theil's index that lies between the areas
    inside. ``largest_gap_rm`` is the largest of one household. ``watts`` is empty where poor households have no income.
    """

    __tablename__ = "poverty_month"
    __table_args__ = (CheckConstraint(_BASIS, name="basis"), Index("poverty_month_month_idx", "month", "area_code"))

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    basis: Mapped[str] = mapped_column(Text, primary_key=True)
    households: Mapped[int] = mapped_column(BigInteger)
    persons: Mapped[int] = mapped_column(BigInteger)
    poor_households: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(BigInteger)
    poor: Mapped[int] = mapped_column(BigInteger)
    tegar: Mapped[int] = mapped_column(BigInteger)
    p1_sum: Mapped[float] = mapped_column(Double)
    p2_sum: Mapped[float] = mapped_column(Double)
    food_p1_sum: Mapped[float] = mapped_column(Double)
    food_p2_sum: Mapped[float] = mapped_column(Double)
    sen: Mapped[float | None] = mapped_column(Double)
    watts: Mapped[float | None] = mapped_column(Double)
    without_income: Mapped[int] = mapped_column(BigInteger)
    income_rm: Mapped[Decimal] = mapped_column(Numeric)
    gap_rm: Mapped[Decimal] = mapped_column(Numeric)
    food_gap_rm: Mapped[Decimal] = mapped_column(Numeric)
    largest_gap_rm: Mapped[Decimal] = mapped_column(Numeric)
    gini: Mapped[float | None] = mapped_column(Double)
    lorenz: Mapped[list[float]] = mapped_column(ARRAY(Double))
    theil: Mapped[float | None] = mapped_column(Double)
    between: Mapped[float | None] = mapped_column(Double)


class MpiMonth(Base):
    """What is counted of an area by a structure at the end of a closed month, exact, for who sees its persons.

    The lists are in the order of the structure's computed indicators; ``score`` is in its smallest parts.
    """

    __tablename__ = "mpi_month"
    __table_args__ = (CheckConstraint(_BASIS, name="basis"), Index("mpi_month_month_idx", "month", "area_code"))

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    basis: Mapped[str] = mapped_column(Text, primary_key=True)
    structure: Mapped[str] = mapped_column(ForeignKey("mpi_structure.code"))
    used: Mapped[int] = mapped_column(BigInteger)
    dropped: Mapped[int] = mapped_column(BigInteger)
    weight: Mapped[int] = mapped_column(BigInteger)
    every: Mapped[int] = mapped_column(BigInteger)
    poor: Mapped[int] = mapped_column(BigInteger)
    score: Mapped[int] = mapped_column(BigInteger)
    lower: Mapped[int] = mapped_column(BigInteger)
    upper: Mapped[int] = mapped_column(BigInteger)
    deprived: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    deprived_poor: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))


class PovertyShown(Base):
    """Of which month an area's measures are that were published with a month, and how many households it had then.

    Read by nobody but what publishes: it tells whether enough has changed to show others.
    """

    __tablename__ = "poverty_shown"

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    figure_month: Mapped[date]
    households: Mapped[int] = mapped_column(BigInteger)


class PublishedPoverty(Base):
    """A measure of an area as everybody may see it, rounded; what is hidden has no value, but ``hidden`` says why.

    ``month`` is the closed month that it was published with, ``figure_month`` the one that it is of: an earlier one
    where hardly a household of the area has changed since. ``households`` is rounded to the nearest 5.
    """

    __tablename__ = "published_poverty"
    __table_args__ = (CheckConstraint(_BASIS, name="basis"),)

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    basis: Mapped[str] = mapped_column(Text, primary_key=True)
    measure: Mapped[str] = mapped_column(Text, primary_key=True)
    figure_month: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Numeric)
    hidden: Mapped[str | None] = mapped_column(Text)


class PublishedMpi(Base):
    """The multidimensional measures of an area as everybody may see them, rounded in the same way.

    ``indicator`` is empty for the whole, else of the structure; the measure is ``H``, ``A``, ``MPI``, ``share`` of the
    deprived, ``censored`` of those of them that are poor, or ``contribution``.
    """

    __tablename__ = "published_mpi"
    __table_args__ = (CheckConstraint(_BASIS, name="basis"),)

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    basis: Mapped[str] = mapped_column(Text, primary_key=True)
    measure: Mapped[str] = mapped_column(Text, primary_key=True)
    indicator: Mapped[str] = mapped_column(Text, primary_key=True)
    structure: Mapped[str] = mapped_column(ForeignKey("mpi_structure.code"))
    figure_month: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Numeric)
    hidden: Mapped[str | None] = mapped_column(Text)
