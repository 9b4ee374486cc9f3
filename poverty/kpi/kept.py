"""Values of formulas in closed months, from base measures that are kept by month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poverty.kpi.evaluation import MISSING, value_of
from poverty.kpi.tree import YEAR_TO_DATE, Ago, Figure, Reference, Total, figures, reference_of
from poverty.months import month_before

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from poverty.kpi.evaluation import Missing, Value
    from poverty.kpi.tree import Node

LOCKED: Final = frozenset({"locked_size", "locked_left"})
OF_PART: Final = LOCKED | {"allocated_rm"}
"""What areas without a figure of it have none of, instead of nothing: a list or an allocation that is of others."""
_TURN: Final = {"exits": "exits_undone"}

Where = tuple[str, "date"]
"""An area, and a month by its first day."""


def months_of(figure: Figure, month: date) -> list[date]:
    """The months that a figure is read of, the last first."""
    match figure:
        case Ago(_, months):
            return [month_before(month, months)]
        case Total(_, months):
            return [month_before(month, back) for back in range(month.month if months == YEAR_TO_DATE else int(months))]
        case _:
            return [month]


@dataclass(frozen=True, slots=True)
class Kept:
    """Base measures of areas by closed month; by the key of a figure's reference, and of which locked list.

    ``months`` are those that hold a measure, ``public`` the figures of no month, ``undone`` what was taken off a flow
    later, by the month that it is of: in which month, and how much. Nothing kept of an area that has the measure is
    zero; a figure that was not read at all is ``unread``.
    """

    values: Mapping[str, Mapping[Where, Value]]
    months: Mapping[str, Collection[date]]
    public: Mapping[str, Mapping[str, Decimal]]
    reaches: Callable[[str, str], bool]
    """Whether an area has a measure, by its name and the area's code."""
    undone: Mapping[str, Mapping[Where, list[tuple[date, Decimal]]]] = field(default_factory=dict)
    unread: Missing = "tiada_data"

    def value(self, tree: Node, area: str, month: date, *, cohort: int | None = None) -> Value:
        """The value of a formula for an area at the end of a closed month, or why there is none."""
        return value_of(tree, {one.key: self.figure(one, area, month, cohort=cohort) for one in figures(tree)})

    def figure(self, one: Figure, area: str, month: date, *, cohort: int | None = None) -> Value:
        """A figure of a formula."""
        reference = reference_of(one)
        if reference.name in self.public:
            return self.public[reference.name].get(area, "tiada_data")
        key = key_of(reference, cohort)
        found = [self._read(key, reference.name, area, each) for each in months_of(one, month)]
        if not isinstance(one, Total):
            return found[0]
        told: list[Missing] = [value for value in found if not isinstance(value, Decimal)]
        if told:
            return min(told, key=MISSING.index)
        # what was undone by the end of the month asked for is taken off the months that it is of
        less = sum(
            (
                value
                for each in months_of(one, month)
                for back, value in self.undone.get(key, {}).get((area, each), ())
                if back <= month
            ),
            Decimal(0),
        )
        return sum((value for value in found if isinstance(value, Decimal)), Decimal(0)) - less

    def _read(self, key: str, name: str, area: str, month: date) -> Value:
        if key not in self.values:
            return self.unread
        if month not in self.months.get(name, ()) or not self.reaches(name, area):
            return "tiada_data"
        found = self.values[key].get((area, month))
        if found is None:
            return "tiada_data" if name in OF_PART else Decimal(0)
        return found


def key_of(reference: Reference, cohort: int | None) -> str:
    """How the figure of a reference is looked up; that of a locked list with the list."""
    return f"{reference.key}#{cohort}" if reference.name in LOCKED else reference.key


def undoing(name: str) -> str | None:
    """The measure that tells what of a flow was undone later, where there is one."""
    return _TURN.get(name)


def summed(
    rows: Iterable[tuple[str, date, str, Decimal]], reference: Reference, *, cohort: int | None = None
) -> dict[Where, Value]:
    """What rows of a measure (area, month, cut, value) sum to where they are meant, by area and month."""
    found: dict[Where, Decimal] = defaultdict(Decimal)
    wanted = dict(reference.filters)
    for area, month, cut, value in rows:
        facts = dict(part.split("=", 1) for part in cut.split(",") if part)
        if reference.name in LOCKED and facts.get("cohort") != str(cohort):
            continue
        if not cut or all(facts.get(name) in values for name, values in wanted.items()):
            found[area, month] += value
    return dict(found)
