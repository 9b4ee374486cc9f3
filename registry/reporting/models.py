"""The tables of reports: the catalogue, what was first told of closed months, own tables, editions."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
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
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

_HEX = "'^[0-9a-f]{64}$'"


class Report(Base):
    """A report that can be made: what it takes to ask for it, of which levels of areas it is, and what it is made of.

    ``blocks`` stand in it one after the other. ``exact_only``: of areas alone whose persons who asks may see. ``slow``:
    a job makes it.
    """

    __tablename__ = "report"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    permission: Mapped[str] = mapped_column(Text)
    levels: Mapped[list[str]] = mapped_column(ARRAY(Text))
    exact_only: Mapped[bool]
    slow: Mapped[bool]
    blocks: Mapped[Any]


class ReportMonth(Base):
    """A closed month, with the publication that told it first: every report says of it what that one said."""

    __tablename__ = "report_month"

    month: Mapped[date] = mapped_column(primary_key=True)
    snapshot: Mapped[int] = mapped_column(BigInteger)
    as_of: Mapped[date]


class ReportCount(Base):
    """Households of an area by status at the end of a month, as they were first published; without a count hidden."""

    __tablename__ = "report_count"
    __table_args__ = (Index("report_count_area_idx", "area_code", "cut", "month"),)

    month: Mapped[date] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    cut: Mapped[str] = mapped_column(Text, primary_key=True)
    tegar: Mapped[int | None] = mapped_column(BigInteger)
    miskin: Mapped[int | None] = mapped_column(BigInteger)
    gap_rm: Mapped[Decimal | None] = mapped_column(Numeric)


class ReportFigure(Base):
    """What else was published when a month was first told: faults, aid, shares, projects; without a value hidden."""

    __tablename__ = "report_figure"

    month: Mapped[date] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    cut: Mapped[str] = mapped_column(Text, primary_key=True)
    figure: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[Decimal | None] = mapped_column(Numeric)


class ReportTable(Base):
    """A table that somebody put together: measures, areas, months and cuts; ``every`` says how often it is made."""

    __tablename__ = "report_table"
    __table_args__ = (
        CheckConstraint("btrim(name) <> '' AND length(name) <= 120", name="name"),
        CheckConstraint("every IN ('', 'mingguan', 'bulanan')", name="every"),
        CheckConstraint("(every = '') = (next_on IS NULL)", name="due"),
        CheckConstraint("language IN ('ms', 'en')", name="language"),
        Index("report_table_owner_idx", "owner_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"))
    shared: Mapped[bool] = mapped_column(server_default=text("false"))
    spec: Mapped[Any]
    language: Mapped[str] = mapped_column(Text)
    every: Mapped[str] = mapped_column(Text, server_default="")
    email: Mapped[str | None] = mapped_column(Text)
    next_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    retired_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ReportEdition(Base):
    """One report as it was made: what it says, and the hashes of its files, which are made from that again.

    ``exact``: of figures that those alone may read who see the persons of the area; else of what was published.
    """

    __tablename__ = "report_edition"
    __table_args__ = (
        *(CheckConstraint(f"{name}_sha256 ~ {_HEX}", name=name) for name in ("content", "pdf", "xlsx", "csv")),
        CheckConstraint("pages > 0", name="pages"),
        *(Index(f"report_edition_{name}_idx", f"{name}_sha256") for name in ("pdf", "xlsx", "csv")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    report: Mapped[str] = mapped_column(ForeignKey("report.code"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("report_table.id"))
    title: Mapped[str] = mapped_column(Text)
    area_code: Mapped[str] = mapped_column(Text)
    month: Mapped[date]
    language: Mapped[str] = mapped_column(Text)
    exact: Mapped[bool]
    snapshot: Mapped[int] = mapped_column(BigInteger)
    as_of: Mapped[date]
    sample: Mapped[bool]
    program: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    content_sha256: Mapped[str] = mapped_column(Text)
    pdf_sha256: Mapped[str] = mapped_column(Text)
    xlsx_sha256: Mapped[str] = mapped_column(Text)
    csv_sha256: Mapped[str] = mapped_column(Text)
    pages: Mapped[int] = mapped_column(Integer)
    made_by: Mapped[int | None] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    scheduled: Mapped[bool] = mapped_column(server_default=text("false"))
