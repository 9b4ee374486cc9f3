"""The tables of agencies and of what they give: all of it is data."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
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
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

AGENCY_KINDS: Final = ("persekutuan", "negeri", "pbt", "zakat", "badan_amal")
FORMS: Final = ("tunai", "barangan", "perkhidmatan")
RECIPIENTS: Final = ("isi_rumah", "orang")
FREQUENCIES: Final = ("sekali", "bulanan")
PROGRAMME_STATES: Final = ("draf", "dibuka", "dijeda", "ditutup")
COVERAGE: Final = r"^(bulan|tahun|seumur|hari:[1-9][0-9]{0,3})$"
"""What one line meets where it names no period: its month, its year, N days from its day, or all days from it on."""


def _apart(table: str, of: str) -> ExcludeConstraint:
    """Rows of the same ``of`` never hold on the same day."""
    days = func.daterange(text("from_date"), text("until_date"), text("'[]'"))
    return ExcludeConstraint((of, "="), (days, "&&"), name=f"{table}_days_apart", using="gist")


class Agency(Base):
    """Who gives aid. ``areas``: the states and districts it works in; none is the whole country."""

    __tablename__ = "agency"
    __table_args__ = (
        CheckConstraint(f"kind IN {AGENCY_KINDS}", name="kind"),
        CheckConstraint("fiscal_month BETWEEN 1 AND 12", name="fiscal_month"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    # the month in which its fiscal year begins
    fiscal_month: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    sample: Mapped[bool] = mapped_column(server_default=text("false"))


class Office(Base):
    """An office of an agency, to which money is warranted. ``territory`` as that of an account.

    From ``valid_from`` to ``valid_until`` applications go to it; none: always.
    """

    __tablename__ = "office"
    __table_args__ = (CheckConstraint("valid_from <= valid_until", name="days"),)

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    territory: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    sample: Mapped[bool] = mapped_column(server_default=text("false"))


class AidNeed(Base):
    """A need that aid meets. ``exclusive``: no household has it met twice on a day; ``once``: once in its life.

    New programmes meet it from ``valid_from`` to ``valid_until``; none: always.
    """

    __tablename__ = "aid_need"
    __table_args__ = (
        CheckConstraint("exclusive OR NOT once", name="once"),
        CheckConstraint("valid_from <= valid_until", name="days"),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    exclusive: Mapped[bool]
    once: Mapped[bool] = mapped_column(server_default=text("false"))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]


class AidProgramme(Base):
    """A programme of an agency. ``has_ledger``: its money is kept here; of others only what was given is recorded."""

    __tablename__ = "aid_programme"
    __table_args__ = (
        CheckConstraint(f"state IN {PROGRAMME_STATES}", name="state"),
        CheckConstraint("valid_from <= valid_until", name="days"),
        Index(None, "agency_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    code: Mapped[str] = mapped_column(Text, unique=True)
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    has_ledger: Mapped[bool] = mapped_column(server_default=text("false"))
    state: Mapped[str] = mapped_column(Text, server_default="dibuka")
    sample: Mapped[bool] = mapped_column(server_default=text("false"))


class AidKind(Base):
    """A kind of aid of a programme: which need it meets, in what form, for whom, and for how long."""

    __tablename__ = "aid_kind"
    __table_args__ = (
        CheckConstraint(f"form IN {FORMS}", name="form"),
        CheckConstraint(f"recipient IN {RECIPIENTS}", name="recipient"),
        CheckConstraint(f"frequency IN {FREQUENCIES}", name="frequency"),
        CheckConstraint(f"coverage ~ '{COVERAGE}'", name="coverage"),
        UniqueConstraint("programme_id", "code"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("aid_programme.id"))
    code: Mapped[str] = mapped_column(Text)
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    need_code: Mapped[str] = mapped_column(ForeignKey("aid_need.code"))
    form: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str] = mapped_column(Text)
    frequency: Mapped[str] = mapped_column(Text)
    coverage: Mapped[str] = mapped_column(Text)
    quantity_unit: Mapped[str | None] = mapped_column(Text)


class AidRate(Base):
    """The most that one line of a kind may be, RM, from a day until another; ``source`` is "andaian" for an assumption.

    For coverage ``bulan`` it is times the calendar months that the line's period touches.
    """

    __tablename__ = "aid_rate"
    __table_args__ = (
        CheckConstraint("from_date <= until_date", name="days"),
        CheckConstraint("ceiling_rm > 0", name="ceiling_rm"),
        _apart("aid_rate", "kind_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("aid_kind.id"))
    from_date: Mapped[date]
    until_date: Mapped[date | None]
    ceiling_rm: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    source: Mapped[str] = mapped_column(Text)
    source_date: Mapped[date | None]
    made_by: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class AidConditions(Base):
    """Who a programme is for, from a day until another: all conditions of the list must hold."""

    __tablename__ = "aid_conditions"
    __table_args__ = (
        CheckConstraint("from_date <= until_date", name="days"),
        CheckConstraint("jsonb_typeof(conditions) = 'array'", name="conditions"),
        _apart("aid_conditions", "programme_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("aid_programme.id"))
    # none: from the beginning
    from_date: Mapped[date | None]
    until_date: Mapped[date | None]
    conditions: Mapped[Any]
    made_by: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
