"""What the page shows, as its address says it, and what has been read for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard.areas import COUNTRY, map_source, own_area, sees_small_counts
from dashboard.urlstate import UrlState, choice, code
from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, choropleth
from layers.measures import Kind, Measure
from poverty.months import month_end
from queries import maps, measures

if TYPE_CHECKING:
    from dashboard.deps import Reads
    from poverty.multidimensional import Structure
    from queries.maps import Area
    from queries.measures import AreaMeasures
    from registry.principals import Principal
    from words import Words

PATH: Final = "/analisis"
MAP_ROUTE: Final = "/muat-turun/analisis"
HOUSEHOLD, PERSON = "household", "person"
MEASURES: Final = {
    key: Measure(key=f"poverty_{key}", kind=kind, columns=(name,), ramp="poor")
    for key, name, kind in (
        ("p0", "P0", Kind.RATE),
        ("p1", "P1", Kind.INDEX),
        ("p2", "P2", Kind.INDEX),
        ("gini", "gini", Kind.INDEX),
        ("h", "H", Kind.RATE),
        ("mpi", "MPI", Kind.INDEX),
    )
}
"""What the map can show: how many are poor, how deep, how severe, how unequal, and how many are deprived, how much."""
COLUMNS: Final = tuple(measure.columns[0] for measure in MEASURES.values())
_INSIDE: Final = {"country": "state", "state": "district"}


@dataclass(frozen=True)
class AnalysisView(UrlState):
    """Which area and closed month, by household or by person, and what the map shows."""

    area: str = code("", pattern=r"MY|\d{2}|\d{4}", name="in")
    month_text: str = code("", pattern=r"20\d\d-(0[1-9]|1[0-2])", name="month")
    basis: str = choice(HOUSEHOLD, PERSON, name="asas")
    measure: str = choice("p0", *MEASURES, name="ukuran")


@dataclass(frozen=True, slots=True)
class Read:
    """The measures of an area and of those inside it, or of its neighbours, and the map of one of them."""

    lineage: tuple[Area, ...]
    level: str
    within: str
    month: date
    months: tuple[date, ...]
    own: AreaMeasures
    areas: tuple[AreaMeasures, ...]
    structure: Structure | None
    layer: ChoroplethLayer
    live: bool
    box: tuple[float, float, float, float] | None = None

    @property
    def area(self) -> Area:
        """The area looked at."""
        return self.lineage[-1]


@dataclass(frozen=True, slots=True)
class Nothing:
    """That no month has been measured yet that may be shown."""

    lineage: tuple[Area, ...]


def read(conn: Reads, view: AnalysisView, principal: Principal, words: Words) -> Read | Nothing:
    """Read what the view shows, as the person asking may see it; without a month the last one."""
    lineage = maps.lineage(conn, view.area or own_area(principal)) or maps.lineage(conn, COUNTRY)
    if lineage[-1].level not in {*_INSIDE, "district"}:
        lineage = maps.lineage(conn, COUNTRY)
    area = lineage[-1]
    live = sees_small_counts(principal, area.code)
    level = _INSIDE.get(area.level, "district")
    within = area.code if area.level in _INSIDE else area.parent_code or COUNTRY
    months = measures.months(conn, area=area.code, live=live)
    if not months:
        return Nothing(lineage)
    asked = date.fromisoformat(f"{view.month_text}-01") if view.month_text else months[0]
    month = asked if asked in months else months[0]
    found = measures.areas(conn, area=area.code, level=level, within=within, month=month, basis=view.basis, live=live)
    inside = tuple(one for code, one in found.items() if code != area.code or level == area.level)
    known = measures.structures(conn)
    own = found[area.code]
    footing = maps.footing(conn, level=level, live=False)
    source = map_source(
        footing, level, words, name=words("analysis.source"), as_of=month_end(month), census_year=area.census_year
    )
    layer = choropleth(
        _frame(inside, MEASURES[view.measure].columns[0]),
        measure=MEASURES[view.measure],
        scheme=Scheme.QUANTILES,
        source=source,
        level=level,
    )
    return Read(
        lineage=tuple(lineage),
        level=level,
        within=within,
        month=month,
        months=tuple(months),
        own=own,
        areas=inside,
        structure=known.get(own.structure or "") or next(iter(one for one in known.values() if one.computable), None),
        layer=layer,
        live=live,
        box=None,
    )


def _frame(areas: tuple[AreaMeasures, ...], drawn: str) -> pd.DataFrame:
    rows = [
        {"area_code": one.code, "area_name": one.name, **{name: one.value(name) for name in COLUMNS}} for one in areas
    ]
    frame = pd.DataFrame(rows, columns=["area_code", "area_name", *COLUMNS], dtype=object)
    return frame.assign(suppressed=[one.reasons.get(drawn) == "disembunyikan" for one in areas])
