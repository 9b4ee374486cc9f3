"""The tables of simulations."""

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
    Numeric,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base


class SimulationGroup(Base):
    """Thirty households or more of a state and strata, with about the same income a head: for who sees no persons.

    ``households`` is to the nearest 5, ``per_head_rm`` the middle of the steps of RM10 that the group spans; the others
    are means of the group, of the four sources of income in their order, and of children under 1, 2 … 18 years.
    """

    __tablename__ = "simulation_group"
    __table_args__ = (
        CheckConstraint("strata IN ('urban', 'rural')", name="strata"),
        CheckConstraint("households >= 10", name="households"),
    )

    state_code: Mapped[str] = mapped_column(Text, primary_key=True)
    strata: Mapped[str] = mapped_column(Text, primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    households: Mapped[int]
    per_head_rm: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    members: Mapped[Decimal] = mapped_column(Numeric(6, 1))
    sources_rm: Mapped[list[Decimal]] = mapped_column(ARRAY(Numeric(12, 2)))
    earners: Mapped[list[Decimal]] = mapped_column(ARRAY(Numeric(6, 1)))
    children: Mapped[list[Decimal]] = mapped_column(ARRAY(Numeric(6, 1)))


class Simulation(Base):
    """A scenario that somebody has named: what is supposed, and where. It holds no figure.

    ``shared``: those of the same ``role`` see it too.
    """

    __tablename__ = "simulation"
    __table_args__ = (
        CheckConstraint("btrim(name) <> '' AND length(name) <= 120", name="name"),
        UniqueConstraint("made_by", "name"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    asked: Mapped[dict[str, Any]] = mapped_column(JSONB)
    area_code: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool] = mapped_column(server_default=text("false"))
    role: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
