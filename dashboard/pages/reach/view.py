"""What the page shows of aid, as its address says it, and what has been read for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.areas import COUNTRY, map_source, own_area, sees_small_counts
from dashboard.urlstate import UrlState, choice, code
from layers import measures
from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, choropleth
from layers.measures import Kind, Measure
from queries import maps, reach

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.deps import Reads
    from queries.maps import Area
    from queries.row_types.reach import ReachCutRow
    from registry.principals import Principal
    from words import Words

PATH: Final = "/bantuan"
ALL: Final = "all"
_INSIDE: Final = {"country": "state", "state": "district", "district": "mukim", "catchment": "catchment"}
MEASURES: Final = {
    measure.key: measure
    for measure in (
        measures.MEASURES["reach_aided"],
        Measure(key="reach_never", kind=Kind.COUNT, columns=("never",), ramp="cost", zero_class=True),
        measures.MEASURES["reach_amount"],
    )
}
"""Poor households aided in twelve months, never aided, and RM given in twelve months."""


@dataclass(frozen=True)
class ReachView(UrlState):
    """Which measure, of which need, agency or programme, in which area."""

    measure: str = choice("reach_aided", *MEASURES, name="ukuran")
    cut: str = code(ALL, pattern=r"all|(need|agency|programme):[A-Z0-9_.-]{1,40}", name="potong")
    area: str = code("", pattern=r"MY|\d{2}|\d{4}|C\.[A-Z0-9-]{1,60}", name="in")

    @property
    def drawn(self) -> str:
        """The measure that is drawn: who was never aided is known of all aid alone."""
        return self.measure if self.cut == ALL or self.measure != "reach_never" else "reach_aided"


@dataclass(frozen=True, slots=True)
class Read:
    """The aid of the areas inside an area, the map of one measure, and the area's own aid by cut."""

    lineage: tuple[Area, ...]
    level: str
    within: str
    areas: pd.DataFrame
    cuts: list[ReachCutRow]
    layer: ChoroplethLayer
    live: bool
    box: tuple[float, float, float, float] | None = None
    """Where to look, of an area that is drawn by itself on the map of the country."""

    @property
    def area(self) -> Area:
        """The area looked at."""
        return self.lineage[-1]

    def cut(self, name: str) -> ReachCutRow | None:
        """The area's own aid of one cut; none where nothing was given."""
        return next((row for row in self.cuts if row["cut"] == name), None)


def read(conn: Reads, view: ReachView, principal: Principal, words: Words) -> Read:
    """Read what the view shows, as the person asking may see it."""
    lineage = maps.lineage(conn, view.area or own_area(principal)) or maps.lineage(conn, COUNTRY)
    area = lineage[-1]
    inside = _INSIDE.get(area.level, "state")
    live = sees_small_counts(principal, area.code)
    if inside == "mukim" and not live:
        level, within = "district", area.parent_code or COUNTRY
    else:
        level, within = inside, area.code
    areas = reach.by_area(conn, level=level, within=within, cut=view.cut, live=live)
    areas = areas.assign(suppressed=areas["aided"].isna())
    source = map_source(maps.footing(conn, level=level, live=False), level, words, name=words("reach.source"))
    layer = choropleth(areas, measure=MEASURES[view.drawn], scheme=Scheme.QUANTILES, source=source, level=level)
    cuts = reach.by_cut(conn, area=area.code, live=live)
    box = maps.box(conn, area.code) if level == area.level else None
    return Read(lineage, level, within, areas, cuts, layer, live, box)
