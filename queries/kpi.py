"""Reads the indicators of an area with their targets, and how much there is to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from queries.row_types.kpi import IndicatorRow, WorkloadRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as it is defined, and the target of one area for it where there is one."""

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


@dataclass(frozen=True, slots=True)
class Workload:
    """Counts of an area's households: all, those with a place of their own, overdue for review, with open flags."""

    households: int
    located: int
    review_overdue: int
    quality_open: int


def indicators(connection: Connection, *, areas: Sequence[str]) -> list[Indicator]:
    """Every indicator in its order, one for each area of ``areas`` that has a target, else one without area."""
    return [Indicator(**row) for row in rows_as(IndicatorRow, connection, "kpi/targets", areas=list(areas))]


def workload(connection: Connection, area: str) -> Workload:
    """How much there is to do in a country, state or district; counts only."""
    return Workload(**rows_as(WorkloadRow, connection, "kpi/workload", area=area)[0])
