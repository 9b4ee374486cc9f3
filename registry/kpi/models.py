"""The tables of indicators."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Index, Numeric, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

CONDITIONS = ("lampu_merah", "merah_berturut", "ramalan_gagal", "lonjakan", "data_lewat", "tidak_setara")


class TargetTree(Base):
    """A version of how the country's target of an indicator is shared out; added once and never changed.

    ``pins`` are what was set by hand, by area, of rates the numerators. ``before`` and ``after`` hold the target of
    every area, so that what was once in force can be looked up; ``decided_by`` is empty where the server did it.
    """

    __tablename__ = "target_tree"
    __table_args__ = (
        CheckConstraint("how IN ('syer', 'keperluan', 'tangan', 'sama')", name="how"),
        CheckConstraint("way IN ('lurus', 'berperingkat', 'tangan')", name="way"),
        CheckConstraint("btrim(reason) <> ''", name="reason"),
        CheckConstraint("version > 0", name="version"),
    )

    indicator_code: Mapped[str] = mapped_column(ForeignKey("indicator.code"), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    how: Mapped[str] = mapped_column(Text)
    baseline_on: Mapped[date]
    target: Mapped[Decimal] = mapped_column(Numeric)
    pins: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    way: Mapped[str] = mapped_column(Text, server_default=text("'lurus'"))
    points: Mapped[list[list[str]]] = mapped_column(JSONB, server_default=text("'[]'"))
    reason: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    after: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    sample: Mapped[bool] = mapped_column(server_default=text("false"))


class IndicatorVersion(Base):
    """How an indicator is defined from a day on; added once and never changed. The newest is the one in force.

    ``definition`` holds what :class:`registry.status.models.Indicator` holds of it but for its place. The first counts
    from the beginning; ``decided_by`` is empty where it came with the product.
    """

    __tablename__ = "indicator_version"
    __table_args__ = (
        CheckConstraint("btrim(reason) <> ''", name="reason"),
        CheckConstraint("version > 0", name="version"),
    )

    indicator_code: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    valid_from: Mapped[date]
    definition: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class MeasureMonth(Base):
    """A base measure of an area in a closed month: a stock at its end, or what flowed in it.

    ``cut`` says of which of them, ``name=value`` with commas between, so that a formula's filters pick their rows; the
    rows of a measure add up. The country has a row of every measure that a month holds, so that nothing of it is told
    from what was not kept. What ``headcount_month`` keeps is not kept here again.
    """

    __tablename__ = "measure_month"
    __table_args__ = (Index(None, "area_code", "measure", "month"),)

    measure: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(Text, primary_key=True)
    cut: Mapped[str] = mapped_column(Text, primary_key=True, server_default=text("''"))
    value: Mapped[Decimal] = mapped_column(Numeric)


class TargetProposal(Base):
    """Targets of an area that one person proposes and another approves, which sets them.

    ``wanted`` and ``seen`` are values by indicator, as :class:`registry.kpi.targets.SetTargets`. ``trial`` is one
    that is being tried out: the database lets no transaction end with it. ``tx`` is the transaction in which it was
    tried or approved: in no other are targets set.
    """

    __tablename__ = "target_proposal"
    __table_args__ = (
        CheckConstraint(
            "state IN ('trial', 'waiting', 'approved', 'refused', 'withdrawn', 'stale')",
            name="state",
        ),
        CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by OR state IN ('withdrawn', 'stale')", name="other"
        ),
        Index("target_proposal_waiting_idx", "id", postgresql_where=text("state = 'waiting'")),
        Index("target_proposal_own_idx", "proposed_by", postgresql_where=text("state = 'waiting'")),
        Index("target_proposal_tx_idx", "tx"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    wanted: Mapped[dict[str, Any]] = mapped_column(JSONB)
    seen: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str] = mapped_column(Text)
    how: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default=text("'waiting'"))
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    proposed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    answer: Mapped[str | None] = mapped_column(Text)
    tx: Mapped[int | None] = mapped_column(BigInteger)


class AlertRule(Base):
    """When an alert is raised, of which indicator (without one, of all), at which levels, and whom it is for.

    ``condition`` says what is looked for; what a condition needs to know stands beside it: ``periods`` running,
    ``share`` (of shares ``points``) and ``units`` of a jump, ``months`` to the due day, ``days`` figures may be old.
    """

    __tablename__ = "alert_rule"
    __table_args__ = (CheckConstraint(f"condition IN {CONDITIONS}", name="condition"),)

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    condition: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    indicator_code: Mapped[str | None] = mapped_column(ForeignKey("indicator.code"))
    levels: Mapped[list[str]] = mapped_column(ARRAY(Text))
    to_whom: Mapped[list[str]] = mapped_column(ARRAY(Text))
    by_mail: Mapped[bool] = mapped_column(server_default=text("true"))
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    periods: Mapped[int | None]
    share: Mapped[Decimal | None] = mapped_column(Numeric)
    points: Mapped[Decimal | None] = mapped_column(Numeric)
    units: Mapped[Decimal | None] = mapped_column(Numeric)
    months: Mapped[int | None]
    days: Mapped[int | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Alert(Base):
    """What a rule found in an area; one is open at a time. It holds no figure: those stand where they may be seen.

    ``period`` is the first day of the closed month that was judged, ``compared_on`` of the first month it was compared
    with. ``information``: the line or the rule changed in between, so that it is no change of incomes. ``published``:
    it was judged on the published figures, for those who see no persons.
    """

    __tablename__ = "alert"
    __table_args__ = (
        Index(
            "alert_open",
            "rule_code",
            text("coalesce(indicator_code, '')"),
            "area_code",
            "published",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(None, "opened_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    rule_code: Mapped[str] = mapped_column(ForeignKey("alert_rule.code"))
    condition: Mapped[str] = mapped_column(Text)
    indicator_code: Mapped[str | None] = mapped_column(ForeignKey("indicator.code"))
    area_code: Mapped[str] = mapped_column(Text)
    period: Mapped[date]
    compared_on: Mapped[date | None]
    information: Mapped[bool] = mapped_column(server_default=text("false"))
    published: Mapped[bool] = mapped_column(server_default=text("false"))
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class AlertMark(Base):
    """When somebody saw an alert, took it, and until when it is put off."""

    __tablename__ = "alert_mark"

    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    taken_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    snoozed_until: Mapped[date | None]


class AlertPeriod(Base):
    """A closed month that was judged, once."""

    __tablename__ = "alert_period"

    period: Mapped[date] = mapped_column(primary_key=True)
    judged_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class AlertReceiver(Base):
    """Where the daily message of somebody goes, in which hours of Malaysia none may come, and when the last went."""

    __tablename__ = "alert_receiver"
    __table_args__ = (
        CheckConstraint("quiet_from BETWEEN 0 AND 23", name="quiet_from"),
        CheckConstraint("quiet_until BETWEEN 0 AND 23", name="quiet_until"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[str] = mapped_column(Text)
    quiet_from: Mapped[int] = mapped_column(server_default=text("21"))
    quiet_until: Mapped[int] = mapped_column(server_default=text("7"))
    sent_on: Mapped[date | None]
