"""Rows of the statements in ``queries/sql/kpi``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


class IndicatorRow(TypedDict):
    """``kpi/targets.sql``: one row per indicator and area; an indicator without a target has one row without area."""

    indicator_code: str
    name_ms: str
    name_en: str
    unit: str
    direction: str
    source_ms: str
    source_en: str
    tolerance: Decimal
    area_code: str | None
    due_on: date | None
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    sample: bool | None


class WorkloadRow(TypedDict):
    """``kpi/workload.sql``: one row."""

    households: int
    located: int
    review_overdue: int
    quality_open: int
