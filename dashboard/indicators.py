"""An indicator with its value and the target of an area, as the pages that tell of it share them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from poverty.targets import standing

if TYPE_CHECKING:
    from datetime import date

    from poverty.kpi.evaluation import Missing
    from poverty.targets import Goal, Standing
    from queries.kpi import Indicator

_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with its value on a day; ``None`` where it is hidden or cannot be worked out."""

    indicator: Indicator
    actual: Decimal | None
    on: date
    missing: Missing | None = None
    """Why there is no value, where that is known."""

    @property
    def goal(self) -> Goal | None:
        """The target, where the area has one."""
        return self.indicator.goal

    @property
    def light(self) -> Standing | None:
        """How it stands against its target."""
        goal = self.goal
        return None if goal is None else standing(self.actual, goal, on=self.on)


def typed_value(typed: object, unit: object) -> Decimal | None:
    """A value of an indicator as it was typed, a share in per cent; ``None`` where it is no number."""
    plain = re.sub(r"[,%\s]|RM", "", str(typed or ""))
    if not re.fullmatch(r"-?[0-9]{1,13}(\.[0-9]{1,30})?", plain):
        return None
    return Decimal(plain) / _HUNDRED if unit == "syer" else Decimal(plain)


def with_own_target(indicators: list[Indicator], area: str) -> list[Indicator]:
    """One of each indicator: with the area's target where it has one, else without a target."""
    found: dict[str, Indicator] = {}
    for item in indicators:
        if item.indicator_code not in found or item.area_code == area:
            found[item.indicator_code] = item
    names = (
        "area_code",
        "due_on",
        "baseline",
        "baseline_on",
        "target",
        "how",
        "numerator",
        "denominator",
        "way",
        "points",
    )
    blank = dict.fromkeys(names)
    return [
        item if item.area_code in {area, None} else type(item)(**{**_facts(item), **blank}) for item in found.values()
    ]


def _facts(item: Indicator) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__slots__}
