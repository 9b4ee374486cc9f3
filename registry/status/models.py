"""The tables of status."""

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
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base


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
    """The same at the end of a month, recounted from the decisions in force on its last day.

    The sums that months did not always keep are ``None`` until the upgrade has counted them anew.
    """

    __tablename__ = "headcount_month"
    __table_args__ = (Index(None, "month", "area_code"),)

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    strata: Mapped[str] = mapped_column(Text, primary_key=True)
    status: Mapped[str] = mapped_column(Text, primary_key=True)
    households: Mapped[int] = mapped_column(BigInteger)
    persons: Mapped[int] = mapped_column(BigInteger)
    income_rm: Mapped[Decimal | None] = mapped_column(Numeric)
    gap_rm: Mapped[Decimal] = mapped_column(Numeric)
    food_gap_rm: Mapped[Decimal | None] = mapped_column(Numeric)
    gap_share: Mapped[Decimal | None] = mapped_column(Numeric)
    gap_share_squared: Mapped[Decimal | None] = mapped_column(Numeric)


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
    source: Mapped[str | None] = mapped_column(Text)
    # who added it on screen, and when; those of the reference tables came with the register
    added_by: Mapped[str | None] = mapped_column(Text)
    added_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class LineChange(Base):
    """A change of the line or the rule that was asked for: what it is, how far it has come, what it did.

    ``asked_by`` is empty where it was asked for on the server itself. ``outcome`` holds who stands where since, as the
    preview told it. A change that counts from a day to come is ``adopted`` until that day.
    """

    __tablename__ = "line_change"
    __table_args__ = (
        CheckConstraint("kind IN ('adopt_line', 'set_rule', 'reclassify')", name="kind"),
        CheckConstraint("state IN ('waits', 'adopted', 'done', 'failed', 'withdrawn')", name="state"),
        Index(None, "asked_by"),
        # one at a time: the preview of a second one would be of a register that is about to change
        Index(
            "line_change_waits_idx",
            text("(true)"),
            unique=True,
            postgresql_where=text("state = 'waits'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    command: Mapped[dict[str, Any]]
    effective_from: Mapped[date]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    asked_as: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    state: Mapped[str] = mapped_column(Text, server_default=text("'waits'"))
    job_id: Mapped[int | None] = mapped_column(BigInteger)
    # why it was not done: the key of a sentence
    problem: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    decided_on: Mapped[date | None]
    households: Mapped[int | None] = mapped_column(BigInteger)
    moved: Mapped[int | None] = mapped_column(BigInteger)
    outcome: Mapped[list[Any] | None] = mapped_column(JSONB)


class ClassificationRule(Base):
    """Which test decides, and the ceilings below which a household that is not poor is vulnerable (mudah miskin).

    Decisions point here, so a row is never rewritten; of several from one day the newest counts.
    """

    __tablename__ = "classification_rule"
    __table_args__ = (CheckConstraint("rule IN ('per_capita', 'household_or_per_capita')", name="rule"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    effective_from: Mapped[date]
    rule: Mapped[str] = mapped_column(Text)
    vulnerable_urban_rm: Mapped[Decimal | None] = mapped_column(_Money)
    vulnerable_rural_rm: Mapped[Decimal | None] = mapped_column(_Money)


class Indicator(Base):
    """What is measured against a target: its definition is data, not code.

    ``formula`` is its value, in the language of ``poverty.kpi``; ``numerator`` and ``denominator`` are shown beside it.
    ``lowest`` is the lowest level of areas that has it, ``cascade`` the ways in which a target of it is shared out,
    ``cohort_id`` the locked list that its formula is of. It is the newest ``version`` of ``indicator_version``.
    """

    __tablename__ = "indicator"
    __table_args__ = (
        CheckConstraint("direction IN ('lower', 'higher')", name="direction"),
        CheckConstraint("lowest IN ('country', 'state', 'district', 'mukim')", name="lowest"),
        CheckConstraint("frequency IN ('harian', 'bulanan', 'sukuan', 'tahunan')", name="frequency"),
        CheckConstraint("cascade <@ ARRAY['syer', 'keperluan', 'tangan', 'sama']", name="cascade"),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    formula: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    direction: Mapped[str] = mapped_column(Text)
    numerator: Mapped[str] = mapped_column(Text)
    denominator: Mapped[str | None] = mapped_column(Text)
    source_ms: Mapped[str] = mapped_column(Text)
    source_en: Mapped[str] = mapped_column(Text)
    lowest: Mapped[str] = mapped_column(Text, server_default=text("'district'"))
    frequency: Mapped[str] = mapped_column(Text, server_default=text("'bulanan'"))
    cascade: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    forecast: Mapped[bool] = mapped_column(server_default=text("false"))
    tolerance: Mapped[Decimal] = mapped_column(Numeric(6, 4), server_default=text("0.10"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    cohort_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cohort.id", ondelete="SET NULL"))


class Target(Base):
    """The value an indicator should reach in an area by a date, from a baseline.

    ``how`` is how it was shared out from the country's, empty where it stands alone; a rate that was is ``numerator``
    over ``denominator``. ``way`` and ``points`` (day and value) are how it gets from the baseline to the target.
    """

    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint("how IN ('syer', 'keperluan', 'tangan', 'sama')", name="how"),
        CheckConstraint("way IN ('lurus', 'berperingkat', 'tangan')", name="way"),
    )

    indicator_code: Mapped[str] = mapped_column(ForeignKey("indicator.code"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    baseline: Mapped[Decimal] = mapped_column(Numeric)
    baseline_on: Mapped[date]
    target: Mapped[Decimal] = mapped_column(Numeric)
    sample: Mapped[bool] = mapped_column(server_default=text("false"))
    how: Mapped[str | None] = mapped_column(Text)
    numerator: Mapped[Decimal | None] = mapped_column(Numeric)
    denominator: Mapped[Decimal | None] = mapped_column(Numeric)
    way: Mapped[str] = mapped_column(Text, server_default=text("'lurus'"))
    points: Mapped[list[list[str]]] = mapped_column(JSONB, server_default=text("'[]'"))


class WorklistEntry(Base):
    """A household on a worklist that other tables than its own decide: open flags, a death, a move.

    Kept by triggers, with the figures that the list is ordered by, as the household has them.
    """

    __tablename__ = "worklist_entry"
    __table_args__ = (
        CheckConstraint("list IN ('quality', 'died', 'moved')", name="list"),
        CheckConstraint("(list = 'quality') = (day IS NULL)", name="day"),
        Index(
            "worklist_entry_page_idx", "list", "district_code", text("gap_share DESC"), "per_capita_rm", "household_id"
        ),
    )

    household_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("household.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    list: Mapped[str] = mapped_column(Text, primary_key=True)
    district_code: Mapped[str] = mapped_column(Text)
    gap_share: Mapped[Decimal] = mapped_column(Numeric(9, 6))
    per_capita_rm: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    day: Mapped[date | None]


class WorklistCount(Base):
    """How many households of a district a worklist has; of a dated list, with that very day and in that month.

    Kept by triggers. Rows of one key are spread over a few slots like those of the headcount.
    """

    __tablename__ = "worklist_count"
    __table_args__ = (CheckConstraint("period IN ('always', 'month', 'day')", name="period"),)

    list: Mapped[str] = mapped_column(Text, primary_key=True)
    period: Mapped[str] = mapped_column(Text, primary_key=True)
    begins: Mapped[date] = mapped_column(primary_key=True)
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    slot: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    households: Mapped[int] = mapped_column(BigInteger)
