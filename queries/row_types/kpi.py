"""Rows of the statements in ``queries/sql/kpi``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class TargetProposalRow(TypedDict):
    """``kpi/proposals.sql``: one row per proposal."""

    id: int
    area_code: str
    area_name: str
    wanted: Any
    reason: str
    proposed_by: int
    proposed_name: str
    proposed_at: datetime


class StockRow(TypedDict):
    """``kpi/stocks.sql``: one row per strata and status that occurs."""

    strata: str
    status: str
    households: int
    persons: int
    female_headed: int
    with_point: int
    income_rm: Decimal
    gap_rm: Decimal
    food_gap_rm: Decimal
    gap_share: Decimal
    gap_share_squared: Decimal


class IndicatorRow(TypedDict):
    """``kpi/targets.sql``: one row per indicator and area; an indicator without a target has one row without area."""

    indicator_code: str
    name_ms: str
    name_en: str
    formula: str
    unit: str
    forecast: bool
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
