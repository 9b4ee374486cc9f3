"""Reads what would be in an area: exactly for who sees its persons, of groups of households for everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard.areas import COUNTRY, map_source, own_area
from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, choropleth
from layers.measures import Kind, Measure
from poverty.disclosure import round_sum
from poverty.simulation import Outcome, Scenario, total
from queries import maps, simulations

if TYPE_CHECKING:
    from datetime import date

    from dashboard.deps import Reads
    from dashboard.pages.what_if.view import WhatIfView
    from queries.maps import Area
    from registry.principals import Principal
    from words import Words

_INSIDE: Final = {"country": "state", "state": "district", "district": "mukim", "catchment": "catchment"}
_MEASURE: Final = Measure(key="simulated", kind=Kind.CHANGE, columns=("poor",), ramp="change")


@dataclass(frozen=True, slots=True)
class Read:
    """What would be in the areas inside an area, with the map of the change."""

    lineage: tuple[Area, ...]
    level: str
    within: str
    names: dict[str, str]
    outcomes: dict[str, Outcome]
    layer: ChoroplethLayer
    live: bool
    month: date | None
    """The closed month that groups are of."""
    box: tuple[float, float, float, float] | None = None

    @property
    def area(self) -> Area:
        """The area looked at."""
        return self.lineage[-1]

    @property
    def whole(self) -> Outcome:
        """All areas together."""
        return total(self.outcomes.values())


def sees_exactly(principal: Principal, area: str) -> bool:
    """Whether an area, or a part of it, is within the territory of who sees persons."""
    return principal.sees_persons and (
        not principal.territory
        or area == COUNTRY
        or any(code == area or code.startswith(area) or code == area[:4] for code in principal.territory)
    )


def place_of(conn: Reads, view: WhatIfView, principal: Principal) -> tuple[tuple[Area, ...], bool]:
    """The area looked at with those it lies in, and whether it is told exactly; others are looked at as a country."""
    lineage = maps.lineage(conn, view.area or own_area(principal)) or maps.lineage(conn, COUNTRY)
    live = sees_exactly(principal, lineage[-1].code)
    return (lineage, True) if live else (maps.lineage(conn, COUNTRY), False)


def outcomes_of(conn: Reads, scenario: Scenario, area: str, *, live: bool) -> tuple[dict[str, Outcome], date | None]:
    """By area, with the closed month where they are of groups: then money is to the nearest RM1,000."""
    if live:
        return simulations.outcome(conn, scenario, area), None
    found, month = simulations.grouped(conn, scenario)
    for one in found.values():
        for name in ("gap_before_rm", "gap_after_rm", "raised_rm", "paid_rm"):
            setattr(one, name, round_sum(getattr(one, name)))
    return found, month


def read(conn: Reads, view: WhatIfView, principal: Principal, words: Words) -> Read:
    """Read what the view supposes, as the person asking may see it."""
    lineage, live = place_of(conn, view, principal)
    area = lineage[-1]
    level = _INSIDE.get(area.level, "state")
    found, month = outcomes_of(conn, view.scenario, area.code, live=live)
    within = COUNTRY if level == "state" else area.code
    names = simulations.areas(conn, level=level, within=within)
    names |= {code: words("sim.no_mukim") for code in found if code not in names}
    areas = pd.DataFrame({
        "area_code": list(names),
        "area_name": list(names.values()),
        "poor": [found[code].poor(after=True) if code in found else None for code in names],
        "poor_12m_ago": [found[code].poor(after=False) if code in found else None for code in names],
    })  # fmt: skip
    source = map_source(maps.footing(conn, level=level, live=live), level, words, name=words("sim.source"))
    apart = [code for code in names if level == "mukim" and code.endswith("00")]
    layer = choropleth(areas, measure=_MEASURE, scheme=Scheme.QUANTILES, source=source, level=level, apart=apart)
    box = maps.box(conn, area.code) if level == area.level else None
    return Read(lineage, level, area.code, names, found, layer, live, month, box)
