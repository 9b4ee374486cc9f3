"""Reads the indicators of an area with their targets, and how much there is to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from poverty.kpi.tree import Reference
from poverty.targets import Goal
from queries.row_types.kpi import IndicatorRow, StockRow, TargetProposalRow, VersionRow, WorkloadRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from poverty.kpi.tree import Figure
    from poverty.targets import Way


_POOR: Final = ("tegar", "miskin")
STOCKS: Final[dict[str, tuple[str, tuple[str, ...] | None]]] = {
    "households": ("households", None),
    "persons": ("persons", None),
    "tegar": ("households", ("tegar",)),
    "poor": ("households", _POOR),
    "mudah_miskin": ("households", ("mudah_miskin",)),
    "terkeluar": ("households", ("terkeluar",)),
    "female_headed": ("female_headed", None),
    "with_point": ("with_point", None),
    "income_rm": ("income_rm", None),
    "gap_rm": ("gap_rm", None),
    "food_gap_rm": ("food_gap_rm", None),
    "gap_share": ("gap_share", None),
    "gap_share_squared": ("gap_share_squared", None),
}
"""Base measures of the households registered now: the column that is summed, and of which statuses."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as it is defined, and the target of one area for it where there is one."""

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
    lowest: str = "district"
    frequency: str = "bulanan"
    version: int = 1
    valid_from: date | None = None
    cohort_id: int | None = None
    how: str | None = None
    """How the target was shared out; a rate that was is ``numerator`` over ``denominator``."""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    way: str | None = None
    points: Sequence[tuple[str, str]] | None = None
    """How the target is to be reached: the way, and its days with their values, as texts."""

    @property
    def goal(self) -> Goal | None:
        """The target with the way to it, where the area has one."""
        if self.baseline is None or self.target is None or self.baseline_on is None or self.due_on is None:
            return None
        return Goal(
            baseline=self.baseline,
            baseline_on=self.baseline_on,
            target=self.target,
            due_on=self.due_on,
            lower_is_better=self.direction == "lower",
            tolerance_share=self.tolerance,
            way=cast("Way", self.way or "lurus"),
            points=tuple((date.fromisoformat(day), Decimal(value)) for day, value in self.points or ()),
        )


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


@dataclass(frozen=True, slots=True)
class Definition:
    """How the values of an indicator are worked out from a day on."""

    valid_from: date
    formula: str
    frequency: str
    cohort_id: int | None


def definitions(connection: Connection) -> dict[str, list[Definition]]:
    """The definitions of every indicator by its code, the first first."""
    found: dict[str, list[Definition]] = {}
    for row in versions(connection):
        one = Definition(row["valid_from"], row["formula"], row["frequency"], row["cohort_id"])
        found.setdefault(row["indicator_code"], []).append(one)
    return found


def versions(connection: Connection) -> list[VersionRow]:
    """Every version of every indicator, the first first; who decided it for those who define indicators."""
    return rows_as(VersionRow, connection, "kpi/versions")


def stocks(connection: Connection, *, areas: Sequence[str]) -> list[StockRow]:
    """What formulas read of the households registered now, by strata and status; of areas whose persons one may see."""
    return rows_as(StockRow, connection, "kpi/stocks", areas=list(areas))


def stock(rows: Iterable[StockRow], figure: Figure) -> Decimal | None:
    """A base measure of households, by what rows of :func:`stocks` sum to; ``None`` where it is not one of those."""
    if not isinstance(figure, Reference) or figure.name not in STOCKS:
        return None
    column, statuses = STOCKS[figure.name]
    wanted = dict(figure.filters)
    found = Decimal(0)
    for row in rows:
        facts: Mapping[str, Any] = row
        if (statuses is None or row["status"] in statuses) and all(facts[name] in wanted[name] for name in wanted):
            found += facts[column]
    return found


def workload(connection: Connection, area: str) -> Workload:
    """How much there is to do in a country, state or district; counts only."""
    return Workload(**rows_as(WorkloadRow, connection, "kpi/workload", area=area)[0])


def proposals(connection: Connection) -> list[TargetProposalRow]:
    """The targets that wait for somebody else's approval, as ``kpi/proposals.sql``."""
    return rows_as(TargetProposalRow, connection, "kpi/proposals")
