"""Which indicators' values are published rounded, and how: by the formula, since that says what is counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, Literal

from poverty.disclosure import THRESHOLD, rounded_count, rounded_share

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_BASE: Final = 50
"""What a rate must be of before it is published: households, cases, applications; of money thousands of RM."""
_PLACES: Final = 6

Kind = Literal["count", "rate", "left", "money", "depth"]


@dataclass(frozen=True, slots=True)
class Rule:
    """How a formula's value is published: a part by itself, or of a whole, each a formula too."""

    kind: Kind
    part: str
    whole: str = ""

    def value(self, part: Decimal, whole: Decimal | None, *, poor: int = 0) -> Decimal | None:
        """The value that may be shown; ``None`` where it is of too few. ``poor`` are the households of a depth."""
        if self.kind == "count":
            count = rounded_count(int(part))
            return None if count is None else Decimal(count)
        if whole is None:
            return None
        if self.kind == "depth":
            return _depth(part, whole, poor=poor)
        unit = 1000 if self.kind == "money" else 1
        share = _rate(_whole(part / unit), _whole(whole / unit))
        return share if share is None or self.kind != "left" else 1 - share


RULES: Final[Mapping[str, Rule]] = {
    "locked_left": Rule("count", "locked_left"),
    "total(exits[reason=income_rose], 12)": Rule("count", "total(exits[reason=income_rose], 12)"),
    "income_up_300": Rule("count", "income_up_300"),
    "total(houses_completed, ytd)": Rule("count", "total(houses_completed, ytd)"),
    "1 - locked_left / locked_size": Rule("left", "locked_left", "locked_size"),
    "total(cases_visited_in_time, 3) / total(cases_due_visit, 3)": Rule(
        "rate", "total(cases_visited_in_time, 3)", "total(cases_due_visit, 3)"
    ),
    "total(applications_in_time, 3) / total(applications_decided, 3)": Rule(
        "rate", "total(applications_in_time, 3)", "total(applications_decided, 3)"
    ),
    "total(spent_rm, ytd) / allocated_rm": Rule("money", "total(spent_rm, ytd)", "allocated_rm"),
    "gap_share / census_households": Rule("depth", "gap_share", "census_households"),
}
"""By formula. What does not stand here is worked out from published counts, or hidden."""


def _rate(part: int, whole: int) -> Decimal | None:
    few = any(0 < count < THRESHOLD for count in (part, whole - part))
    return None if few or whole < LEAST_BASE else rounded_share(part, whole)


def _depth(gaps: Decimal, census: Decimal, *, poor: int) -> Decimal | None:
    """The sum of the gaps, each a share of the line, to a whole one; of households enough."""
    if 0 < poor < LEAST_BASE or census <= 0:
        return None
    return (Decimal(_whole(gaps)) / census).quantize(Decimal(1).scaleb(-_PLACES), rounding=ROUND_HALF_UP)


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
