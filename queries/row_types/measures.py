"""Rows of the statements in ``queries/sql/measures``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class KeptMeasureRow(TypedDict):
    """``measures/kept.sql``: one row per area."""

    area_code: str
    area_name: str
    households: int | None
    persons: int | None
    poor_households: int | None
    total: int | None
    poor: int | None
    tegar: int | None
    p1_sum: float | None
    p2_sum: float | None
    food_p1_sum: float | None
    food_p2_sum: float | None
    sen: float | None
    watts: float | None
    without_income: int | None
    income_rm: Decimal | None
    gap_rm: Decimal | None
    food_gap_rm: Decimal | None
    gini: float | None
    lorenz: list[float] | None
    theil: float | None
    between: float | None
    structure: str | None
    used: int | None
    dropped: int | None
    weight: int | None
    every: int | None
    mpi_poor: int | None
    score: int | None
    lower: int | None
    upper: int | None
    deprived: list[int] | None
    deprived_poor: list[int] | None
    census_base: int | None


class MeasureMonthRow(TypedDict):
    """``measures/months.sql``: one row per month."""

    month: date


class PublishedMeasureRow(TypedDict):
    """A row of ``measures/published.sql``."""

    area_code: str
    area_name: str
    measure: str | None
    indicator: str | None
    structure: str | None
    value: Decimal | None
    hidden: str | None
    figure_month: date | None


class StructureRow(TypedDict):
    """``measures/structures.sql``: one row per structure."""

    code: str
    definition: Any
    valid_from: date
    computable: bool
    shipped: bool
    added_by: str | None
    added_at: datetime
