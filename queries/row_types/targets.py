"""Rows of the statements in ``queries/sql/targets``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class ChoiceRow(TypedDict):
    """``targets/choices.sql``: one row per area, need or agency."""

    kind: str
    code: str
    name_ms: str
    name_en: str


class TargetGroupRow(TypedDict):
    """``targets/group.sql``: at most one row."""

    group_id: int
    name: str
    purpose: str
    agency_id: int | None
    agency_ms: str | None
    agency_en: str | None
    state: str
    version: int
    conditions: Any
    polygon: Any | None
    on_date: date
    fields: list[str]
    made_at: datetime
    asked_at: datetime | None
    states: list[str]
    counts: Any
    decided_at: datetime | None
    reason: str | None
    frozen_at: datetime | None
    expires_on: date | None
    households: int | None
    own: bool
    decides: bool


class TargetListRow(TypedDict):
    """``targets/groups.sql``: one row per group."""

    group_id: int
    name: str
    agency_ms: str | None
    agency_en: str | None
    state: str
    on_date: date
    made_at: datetime
    shown: int | None
    asked: bool
    households: int | None
    expires_on: date | None
    own: bool


class MukimChoiceRow(TypedDict):
    """``targets/mukims.sql``: one row per mukim."""

    code: str
    name: str
    district_name: str


class AreaNameRow(TypedDict):
    """``targets/names.sql``: one row per area that there is."""

    code: str
    name: str


class OwnTargetRow(TypedDict):
    """``targets/own.sql``: one row per group."""

    group_id: int
    name: str
    purpose: str
    state: str
    on_date: date
    fields: list[str]
    households: int | None
    frozen_at: datetime | None
    expires_on: date | None
