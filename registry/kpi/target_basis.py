"""What targets begin from: the values of an indicator at the end of a closed month, down to its lowest areas."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from poverty.kpi.grammar import read_formula
from poverty.kpi.sharing import UNITS, Figures, levels_down, parts_of, ways
from poverty.kpi.tree import Reference
from poverty.months import month_end
from queries import kpi, kpi_months
from queries.kpi_course import in_force
from queries.maps import COUNTRY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import Connection

    from poverty.kpi.cascade import How
    from poverty.kpi.evaluation import Value
    from registry.status.models import Indicator, Target

NEED: Final = Reference("gap_rm")
"""What need is measured by."""
_AREAS: Final = text((Path(__file__).parent / "sql" / "areas.sql").read_text(encoding="utf-8"))
_CLOSED: Final = text("SELECT EXISTS (SELECT FROM ekasih.headcount_month WHERE month = :month)")
_NONE: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Begun:
    """What targets begin from on the last day of a month."""

    on: date
    figures: Figures


def ways_of(indicator: Indicator) -> tuple[How, ...]:
    """How the targets of an indicator may be shared out, the usual way first."""
    return ways(read_formula(indicator.formula), indicator.cascade)


def begun(
    connection: Connection, indicator: Indicator, month: date, *, how: How, root: Target | None = None
) -> Begun | None:
    """What targets that are shared out in a way begin from; ``None`` where the country has no value of that month.

    The definition that was in force when the month ended counts. Nothing known of an area, where amounts are added up,
    is nothing there: a locked list or a line of money may be of others alone. With ``root``, the target of an area that
    stays, what those inside it begin from, who alone need be seen.
    """
    if not connection.scalar(_CLOSED, {"month": month}):
        return None
    definition = in_force(kpi.definitions(connection)[indicator.code], month_end(month))
    tree, cohort = read_formula(definition.formula), definition.cohort_id
    parts = None if how == "sama" else parts_of(tree)
    above = _areas(connection, levels_down(tree, indicator.lowest), root)
    kept = kpi_months.kept(connection, [(tree, cohort), (NEED, None)], areas=list(above), first=month, last=month)
    top = COUNTRY if root is None else root.area_code
    known: dict[str, Value] = {code: kept.value(tree, code, month, cohort=cohort) for code in above}
    if root is not None:
        known[top] = root.baseline
    if not isinstance(known[top], Decimal):
        return None
    amounts = known if parts is None else {code: kept.value(parts.amount, code, month, cohort=cohort) for code in above}
    over = None if parts is None or parts.over is None else {
        code: value for code in above if isinstance(value := kept.value(parts.over, code, month), Decimal)
    }  # fmt: skip
    added = {code: _number(value) for code, value in amounts.items()}
    children = _inside(above)
    if root is not None:
        added[top] = sum((added[code] for code in children.get(top, ())), _NONE)
        over = over if over is None or root.denominator is None else {**over, top: root.denominator}
    figures = Figures(
        values=_values(above, known, added=parts is not None and over is None, top=top),
        amounts=added,
        over=over,
        needs={code: _number(kept.value(NEED, code, month)) for code in above},
        children=children,
        unit=UNITS.get(indicator.unit, 1) if over is None else 1,
        lower_is_better=indicator.direction == "lower",
    )
    return Begun(month_end(month), figures)


def _areas(connection: Connection, levels: tuple[str, ...], root: Target | None) -> dict[str, str | None]:
    """The areas over which targets are shared out, each with the one above."""
    found = {row.area_code: row.parent_code for row in connection.execute(_AREAS, {"levels": list(levels)})}
    if root is None:
        return found
    top = root.area_code
    inside = {code: above for code, above in found.items() if code.startswith(top) and code != top}
    return {top: None, **inside}


def _values(
    above: Mapping[str, str | None], known: Mapping[str, Value], *, added: bool, top: str
) -> dict[str, Decimal]:
    """The baseline of every area; of one without a value none where that is added up, else as the area above."""
    found: dict[str, Decimal] = {}
    for code in sorted(above, key=lambda one: (one != top, len(one), one)):
        value = known[code]
        parent = above[code]
        found[code] = value if isinstance(value, Decimal) else _NONE if added else found[parent or top]
    return found


def _number(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else _NONE


def _inside(above: Mapping[str, str | None]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = defaultdict(list)
    for code, parent in above.items():
        if parent is not None:
            children[parent].append(code)
    return dict(children)
