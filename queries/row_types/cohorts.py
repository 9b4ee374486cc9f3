"""Rows of the statements in ``queries/sql/cohorts``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date


class CohortRow(TypedDict):
    """``cohorts/all.sql``: one row per cohort."""

    cohort_id: int
    name: str
    area_code: str
    area_name: str
    statuses: list[str]
    frozen_on: date
    households: int
    own: int
    created_by: str


class AreaRow(TypedDict):
    """``cohorts/areas.sql``: one row per area."""

    code: str
    level: str
    name: str
    state_name: str | None


class FlowRow(TypedDict):
    """A row of ``cohorts/flow.sql``."""

    on_day: date
    fate: str
    reason: str | None
    by_line: bool
    households: int
