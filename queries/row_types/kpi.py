"""Rows of the statements in ``queries/sql/kpi``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class HeldMonthRow(TypedDict):
    """``kpi/held_months.sql``: one row per measure and month."""

    measure: str
    month: date


class MeasureRow(TypedDict):
    """``kpi/measures.sql``: one row per measure, area, month and cut."""

    measure: str
    area_code: str
    month: date
    cut: str
    value: Decimal


class TargetProposalRow(TypedDict):
    """``kpi/proposals.sql``: one row per proposal."""

    id: int
    area_code: str
    area_name: str
    wanted: Any
    seen: Any
    reason: str
    proposed_by: int
    proposed_name: str | None
    proposed_at: datetime


class PublicFigureRow(TypedDict):
    """``kpi/public.sql``: one row per area and measure."""

    area_code: str
    measure: str
    value: Decimal


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


class StockMonthRow(TypedDict):
    """``kpi/stocks_by_month.sql``: one row per figure, area and month that has households."""

    figure: str
    area_code: str
    month: date
    value: Decimal


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
    lowest: str
    frequency: str
    version: int
    valid_from: date
    cohort_id: int | None
    area_code: str | None
    due_on: date | None
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    sample: bool | None
    how: str | None
    numerator: Decimal | None
    denominator: Decimal | None
    way: str | None
    points: Any | None


class VersionRow(TypedDict):
    """``kpi/versions.sql``: one row per indicator and version."""

    indicator_code: str
    version: int
    valid_from: date
    definition: Any
    reason: str
    decided_by: str | None
    decided_at: datetime
    formula: str
    frequency: str
    cohort_id: int | None


class WorkloadRow(TypedDict):
    """``kpi/workload.sql``: one row."""

    households: int
    located: int
    review_overdue: int
    quality_open: int
