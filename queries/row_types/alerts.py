"""Rows of the statements in ``queries/sql/alerts``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class AlertRow(TypedDict):
    """``alerts/list.sql``: one row per alert."""

    alert_id: int
    rule_ms: str
    rule_en: str
    condition: str
    indicator_ms: str | None
    indicator_en: str | None
    indicator_code: str | None
    area_code: str
    area_name: str
    period: date
    information: bool
    opened_at: datetime
    closed_at: datetime | None
    taken_at: datetime | None
    snoozed_until: date | None


class AlertReceiverRow(TypedDict):
    """``alerts/receiver.sql``: one row, or none."""

    email: str
    quiet_from: int
    quiet_until: int


class AlertRuleRow(TypedDict):
    """``alerts/rules.sql``: one row per rule."""

    code: str
    condition: str
    name_ms: str
    name_en: str
    active: bool
    by_mail: bool
    version: int
    periods: int | None
    share: Decimal | None
    points: Decimal | None
    units: Decimal | None
    months: int | None
    days: int | None


class AlertTakerRow(TypedDict):
    """``alerts/takers.sql``: one row per alert and person."""

    alert_id: int
    display_name: str
    taken_at: datetime


class AlertsWaitingRow(TypedDict):
    """``alerts/waiting.sql``: one row."""

    waiting: int
