"""The tables of publishing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Double, ForeignKey, Identity, Numeric, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base


class Publication(Base):
    """One time at which figures were made ready to be shown; the newest stands in the tables below."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    published_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    as_of: Mapped[date]


class PublishedCount(Base):
    """Households of an area by status at the end of a month, or at the publication for the month that still runs.

    ``cut`` is ``all``, a strata, or of the running month a group: ``ethnicity:chinese`` (of the head),
    ``age:age_0_14`` (counts persons). Without a count it is hidden. ``gap_rm``: RM a month to lift all to the line, to
    the nearest 1,000; of closed months only, and empty where it would tell of single households.
    """

    __tablename__ = "published_count"

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    cut: Mapped[str] = mapped_column(Text, primary_key=True)
    tegar: Mapped[int | None] = mapped_column(BigInteger)
    miskin: Mapped[int | None] = mapped_column(BigInteger)
    gap_rm: Mapped[Decimal | None] = mapped_column(Numeric)


class PublishedFault(Base):
    """Households of an area with a fault of a kind; without a count it is hidden."""

    __tablename__ = "published_fault"

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    households: Mapped[int | None] = mapped_column(BigInteger)


class PublishedProject(Base):
    """How many projects of a type an area has, rounded; without a count it is too few to be told."""

    __tablename__ = "published_project"

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    type_code: Mapped[str] = mapped_column(Text, primary_key=True)
    projects: Mapped[int | None] = mapped_column(BigInteger)


class PublishedShare(Base):
    """The share of an area's households that an indicator counts, rounded by how many they are; empty where hidden."""

    __tablename__ = "published_share"

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    indicator_code: Mapped[str] = mapped_column(Text, primary_key=True)
    share: Mapped[Decimal | None] = mapped_column(Numeric)


class PublishedValue(Base):
    """The value of an indicator of an area in a closed month, rounded by its kind; where it is hidden there is none.

    The country has a row of every month that has values, without one where it is hidden.
    """

    __tablename__ = "published_value"

    indicator_code: Mapped[str] = mapped_column(Text, primary_key=True)
    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[Decimal | None] = mapped_column(Numeric)


class AidArea(Base):
    """Aid that reached the households of an area, exact, as of the newest publication; for who sees their persons.

    ``cut`` is ``all``, or one ``need:…``, ``agency:…`` or ``programme:…``. ``aided``: poor households on the register
    with a standing line in the twelve months before; ``never``: those without one ever (of ``all`` alone);
    ``households`` and ``amount_rm``: all that were given something in these months, and what, RM.
    """

    __tablename__ = "aid_area"

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    cut: Mapped[str] = mapped_column(Text, primary_key=True)
    aided: Mapped[int] = mapped_column(BigInteger)
    never: Mapped[int | None] = mapped_column(BigInteger)
    households: Mapped[int] = mapped_column(BigInteger)
    amount_rm: Mapped[Decimal] = mapped_column(Numeric(16, 2))


class PublishedAid(Base):
    """The same of states and districts for everybody: counts to the nearest 5 and none below 10, money to RM1,000."""

    __tablename__ = "published_aid"

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    cut: Mapped[str] = mapped_column(Text, primary_key=True)
    aided: Mapped[int | None] = mapped_column(BigInteger)
    never: Mapped[int | None] = mapped_column(BigInteger)
    households: Mapped[int | None] = mapped_column(BigInteger)
    amount_rm: Mapped[Decimal | None] = mapped_column(Numeric)


class AreaLook(Base):
    """What was last worked out of all districts held against each other, from what is published alone.

    ``of_day``: the end of the closed month, or of the survey's year; ``mark`` tells what it was worked out from, so
    that the same is not worked out again; ``reason`` says why nothing was.
    """

    __tablename__ = "area_look"
    __table_args__ = (
        CheckConstraint("subject IN ('dosm', 'register', 'access')", name="subject"),
        CheckConstraint("reason IN ('terlalu_sedikit', 'tiada_data')", name="reason"),
    )

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    set_id: Mapped[int | None]
    of_day: Mapped[date | None]
    areas: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)
    mark: Mapped[str] = mapped_column(Text)
    worked_on: Mapped[date]


class AreaPocket(Base):
    """The rate of a district (0-1), drawn towards the mean of all and of its neighbours, and what pocket it is in."""

    __tablename__ = "area_pocket"
    __table_args__ = (
        CheckConstraint("lisa IN ('TT', 'RR', 'TR', 'RT')", name="lisa"),
        CheckConstraint("gi IN ('panas', 'sejuk')", name="gi"),
    )

    subject: Mapped[str] = mapped_column(ForeignKey("area_look.subject", ondelete="CASCADE"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    rate: Mapped[float] = mapped_column(Double)
    smoothed: Mapped[float | None] = mapped_column(Double)
    smoothed_near: Mapped[float | None] = mapped_column(Double)
    small: Mapped[bool]
    neighbours: Mapped[int]
    lisa: Mapped[str | None] = mapped_column(Text)
    gi: Mapped[str | None] = mapped_column(Text)


class AreaAccess(Base):
    """How far it is to the nearest town: the median of an area's households where they are many, and from a point."""

    __tablename__ = "area_access"
    __table_args__ = (CheckConstraint("basis IN ('households', 'point')", name="basis"),)

    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    basis: Mapped[str] = mapped_column(Text, primary_key=True)
    town: Mapped[str] = mapped_column(Text)
    metres: Mapped[int]


class HouseholdCut(Base):
    """Poor households of a district by all cuts at once, exact, as of the newest publication; for who sees persons.

    ``head_sex``, ``head_age`` and ``ethnicity`` are those of the head, ``disability`` says whether any member has one.
    """

    __tablename__ = "household_cut"

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    strata: Mapped[str] = mapped_column(Text, primary_key=True)
    ethnicity: Mapped[str] = mapped_column(Text, primary_key=True)
    head_sex: Mapped[str] = mapped_column(Text, primary_key=True)
    head_age: Mapped[str] = mapped_column(Text, primary_key=True)
    disability: Mapped[str] = mapped_column(Text, primary_key=True)
    size: Mapped[str] = mapped_column(Text, primary_key=True)
    tegar: Mapped[int] = mapped_column(BigInteger)
    miskin: Mapped[int] = mapped_column(BigInteger)


class PublishedCross(Base):
    """Poor households of the country, a state or a district by two cuts, for everybody; hidden ones are empty.

    With ``status`` as the second cut counts are exact, and where there is none there is no row; those of two other cuts
    are rounded to 5, and what is not shown has no row.
    """

    __tablename__ = "published_cross"

    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    first: Mapped[str] = mapped_column(Text, primary_key=True)
    second: Mapped[str] = mapped_column(Text, primary_key=True)
    households: Mapped[int | None] = mapped_column(BigInteger)


class PublishedCrossState(Base):
    """Of which day the figures by two cuts are: made once after a month was closed, they stand till the next."""

    __tablename__ = "published_cross_state"

    month: Mapped[date] = mapped_column(primary_key=True)
    as_of: Mapped[date]
