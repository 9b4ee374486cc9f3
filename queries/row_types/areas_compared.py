"""Rows of the statements in ``queries/sql/areas_compared``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date


class AccessRow(TypedDict):
    """``areas_compared/access.sql``: one row per area."""

    area_code: str
    area_name: str
    state_name: str
    households_m: int | None
    households_town: str | None
    point_m: int | None
    point_town: str | None


class ExpectedRow(TypedDict):
    """``areas_compared/expected.sql``: one row per district."""

    area_code: str
    area_name: str
    state_name: str
    rate: float | None
    survey_year: int | None
    households: int | None
    registered: int | None
    month: date | None
    n_eff: float


class LookRow(TypedDict):
    """``areas_compared/looks.sql``: one row per subject."""

    subject: str
    of_day: date | None
    areas: int
    reason: str | None
    worked_on: date


class RateRow(TypedDict):
    """``areas_compared/rates.sql``: one row per district."""

    area_code: str
    area_name: str
    state_name: str
    rate: float | None
    smoothed: float | None
    smoothed_near: float | None
    small: bool
    neighbours: int | None
    lisa: str | None
    gi: str | None
