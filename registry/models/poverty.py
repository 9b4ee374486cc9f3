"""Poverty lines, the rule in force, indicators and targets: all of it data that an administrator edits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.models.base import Base

_Money = Numeric(12, 2)


class PovertyLine(Base):
    """A poverty line (PGK) of a survey year for a state and strata; in force only once it has ``effective_from``."""

    __tablename__ = "poverty_line"
    __table_args__ = (
        UniqueConstraint("survey_year", "state_code", "strata"),
        CheckConstraint("strata IN ('urban', 'rural', 'all')", name="strata"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_year: Mapped[int]
    published_on: Mapped[date | None]
    effective_from: Mapped[date | None]
    state_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    strata: Mapped[str] = mapped_column(Text)
    pgk_household_rm: Mapped[Decimal] = mapped_column(_Money)
    food_household_rm: Mapped[Decimal] = mapped_column(_Money)
    pgk_per_capita_rm: Mapped[Decimal] = mapped_column(_Money)
    food_per_capita_rm: Mapped[Decimal] = mapped_column(_Money)
    published_for: Mapped[str] = mapped_column(Text)
    food_household_basis: Mapped[str] = mapped_column(Text)
    pgk_per_capita_basis: Mapped[str] = mapped_column(Text)
    food_per_capita_basis: Mapped[str] = mapped_column(Text)


class ClassificationRule(Base):
    """Which test decides, and the ceilings below which a household that is not poor is vulnerable (mudah miskin)."""

    __tablename__ = "classification_rule"
    __table_args__ = (CheckConstraint("rule IN ('per_capita', 'household_or_per_capita')", name="rule"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    effective_from: Mapped[date] = mapped_column(unique=True)
    rule: Mapped[str] = mapped_column(Text)
    vulnerable_urban_rm: Mapped[Decimal | None] = mapped_column(_Money)
    vulnerable_rural_rm: Mapped[Decimal | None] = mapped_column(_Money)


class Indicator(Base):
    """What is measured against a target: its definition is data, not code."""

    __tablename__ = "indicator"
    __table_args__ = (CheckConstraint("direction IN ('lower', 'higher')", name="direction"),)

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    direction: Mapped[str] = mapped_column(Text)
    numerator: Mapped[str] = mapped_column(Text)
    denominator: Mapped[str | None] = mapped_column(Text)
    source_ms: Mapped[str] = mapped_column(Text)
    source_en: Mapped[str] = mapped_column(Text)
    frequency: Mapped[str] = mapped_column(Text, server_default=text("'monthly'"))
    tolerance: Mapped[Decimal] = mapped_column(Numeric(6, 4), server_default=text("0.10"))


class Target(Base):
    """The value an indicator should reach in an area by a date, from a baseline."""

    __tablename__ = "target"

    indicator_code: Mapped[str] = mapped_column(ForeignKey("indicator.code"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    baseline: Mapped[Decimal] = mapped_column(Numeric)
    baseline_on: Mapped[date]
    target: Mapped[Decimal] = mapped_column(Numeric)
    sample: Mapped[bool] = mapped_column(server_default=text("false"))
