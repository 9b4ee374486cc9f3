"""What the data-quality page shows, as its address says it, and what has been read for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.areas import COUNTRY, map_source, own_area, sees_small_counts
from dashboard.components.sortable import order_field, order_of, page_of
from dashboard.urlstate import UrlState, choice, code, whole
from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, Source, choropleth
from layers.measures import Kind, Measure
from queries import maps, published, quality
from queries.quality import KINDS

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.deps import Reads
    from queries.maps import Area
    from queries.row_types.quality import FaultyRow
    from registry.principals import Principal
    from words import Words

PATH: Final = "/kualiti"
PAGE_ROWS: Final = 25
_INSIDE: Final = {"country": "state", "state": "district", "district": "mukim", "catchment": "catchment"}
# counts of households in one colour of their own: neither of the two statuses is meant
MEASURES: Final = {
    kind: Measure(key=f"quality_{kind}", kind=Kind.COUNT, columns=(kind,), ramp="cost", zero_class=True)
    for kind in KINDS
}


@dataclass(frozen=True)
class QualityView(UrlState):
    """Which kind of fault, in which area, which page of its households in which order."""

    kind: str = choice(KINDS[0], *KINDS[1:], name="jenis")
    area: str = code("", pattern=r"MY|\d{2}|\d{4}|C\.[A-Z0-9-]{1,60}", name="in")
    page: int = whole(1, at_least=1, at_most=4_000, name="halaman")
    order: str = order_field("nama")


@dataclass(frozen=True, slots=True)
class Read:
    """The counts of the areas inside an area, the map of one kind, and its households for who may see them."""

    lineage: tuple[Area, ...]
    level: str
    within: str
    areas: pd.DataFrame
    counts: dict[str, int | None]
    """Households of the area itself with a fault of each kind; ``None`` is hidden."""
    layer: ChoroplethLayer
    found: list[FaultyRow]
    total: int
    lists: bool
    box: tuple[float, float, float, float] | None = None
    """Where to look, of an area that is drawn by itself on the map of the country."""

    @property
    def area(self) -> Area:
        """The area looked at."""
        return self.lineage[-1]


def read(conn: Reads, view: QualityView, principal: Principal, words: Words) -> Read:
    """Read what the view shows, as the person asking may see it."""
    lineage = maps.lineage(conn, view.area or own_area(principal)) or maps.lineage(conn, COUNTRY)
    area = lineage[-1]
    inside = _INSIDE.get(area.level, "state")
    own = sees_small_counts(principal, area.code)
    if inside == "mukim" and not own:
        level, within = "district", area.parent_code or COUNTRY
    else:
        level, within = inside, area.code
    areas, own_row = _counts(conn, area, level=level, within=within, live=own)
    source = _source(conn, level, words, live=own)
    layer = choropleth(areas, measure=MEASURES[view.kind], scheme=Scheme.QUANTILES, source=source, level=level)
    found: list[FaultyRow] = []
    total = 0
    if principal.sees_persons:
        start = (view.page - 1) * PAGE_ROWS
        found, total = page_of(
            lambda limit, offset: quality.faulty(conn, kind=view.kind, area=area.code, limit=limit, offset=offset),
            order_of(view.order),
            {"nama": lambda row: row["head_name"]},
            start=start,
            rows=PAGE_ROWS,
        )
    box = maps.box(conn, area.code) if level == area.level else None
    return Read(lineage, level, within, areas, own_row, layer, found, total, principal.sees_persons, box)


def _counts(
    conn: Reads, area: Area, *, level: str, within: str, live: bool
) -> tuple[pd.DataFrame, dict[str, int | None]]:
    """The counts of the areas shown, and those of the area itself: exact, or as they were published."""
    if live:
        areas = quality.faults_by_area(conn, level=level, within=within)
        own = areas[areas["area_code"] == area.code] if within != area.code else areas
        return areas.assign(suppressed=False), {kind: int(own[kind].sum()) for kind in KINDS}
    areas = published.faults(conn, level=level, within=within, kinds=KINDS)
    own = published.faults(conn, level=area.level, within=area.code, kinds=KINDS)
    return areas, {kind: next(iter(own[kind]), None) for kind in KINDS}


def _source(conn: Reads, level: str, words: Words, *, live: bool) -> Source:
    footing = maps.footing(conn, level=level, live=live)
    return map_source(footing, level, words)
