"""Targets of the sample register: Malaysia's, shared out over states and districts so that every level adds up."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from poverty.apportion import whole
from poverty.kpi.cascade import Basis, plan
from registry.status.models import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection

_COUNTRY: Final = "MY"
_BASELINES: Final = text(Path(__file__).with_name("baselines.sql").read_text(encoding="utf-8"))
# by the end of next year so much of the first closed month is to be left: indicator, figure of the baselines, share
_FEWER: Final = (
    ("tegar", "tegar", Decimal("0.72")),
    ("miskin", "poor", Decimal("0.80")),
    ("gap", "gap_rm", Decimal("0.78")),
)
_RATE_OF: Final = "miskin"
# rates of service are the same for every area: indicator, baseline, target
_SAME: Final = (
    ("located", Decimal("0.80"), Decimal("0.92")),
    ("review_overdue", Decimal("0.60"), Decimal("0.10")),
    ("quality_open", Decimal("0.10"), Decimal("0.02")),
)

Row = dict[str, Any]


def set_targets(connection: Connection, *, today: date) -> None:
    """Give Malaysia, its states and its districts their targets, due at the end of next year; marked as sample."""
    _put(connection, due_on=date(today.year + 1, 12, 31))


def renew_targets(connection: Connection) -> None:
    """Share the sample's targets out anew where there are any; those that people have set stay."""
    due_on = connection.scalar(select(func.max(Target.due_on)).where(Target.sample))
    if due_on is not None:
        connection.execute(delete(Target).where(Target.sample))
        _put(connection, due_on=due_on)


def _put(connection: Connection, *, due_on: date) -> None:
    found = [{**row, "due_on": due_on, "sample": True} for row in _targets(_baselines(connection))]
    if found:
        connection.execute(insert(Target).on_conflict_do_nothing(), found)


def _baselines(connection: Connection) -> list[Row]:
    return [dict(row) for row in connection.execute(_BASELINES).mappings()]


def _targets(baselines: Sequence[Row]) -> Iterator[Row]:
    """A row for each indicator and area that has a baseline."""
    by_area = {row["area_code"]: row for row in baselines}
    if _COUNTRY not in by_area:
        return
    inside = defaultdict(list)
    for row in baselines:
        inside[row["parent_code"]].append(row["area_code"])
    for indicator, figure, left in _FEWER:
        weights = {code: row[figure] for code, row in by_area.items()}
        basis = Basis(children=inside, baselines=weights, root=_COUNTRY)
        for code, target in plan(basis, whole(weights[_COUNTRY] * left)).targets.items():
            yield _target(indicator, by_area[code], weights[code], target)
            if indicator == _RATE_OF and by_area[code]["census_households"]:
                yield _rate(by_area[code], target)
    for row in baselines:
        yield from (_target(indicator, row, *ends) for indicator, *ends in _SAME)


def _rate(row: Mapping[str, Any], target: int) -> Row:
    """The rate of an area, by its numerator: that many of its households."""
    households = row["census_households"]
    return _target("rate", row, Decimal(row["poor"]) / households, Decimal(target) / households)


def _target(indicator: str, row: Mapping[str, Any], baseline: Decimal, target: Decimal | int) -> Row:
    return {
        "indicator_code": indicator,
        "area_code": row["area_code"],
        "baseline_on": row["baseline_on"],
        "baseline": baseline,
        "target": target,
    }
