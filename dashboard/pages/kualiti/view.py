"""What the data-quality page shows, as its address says it, and what has been read for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dashboard.pages.peta.view import COUNTRY, sees_small_counts
from dashboard.urlstate import UrlState, choice, code, whole
from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, Source, choropleth
from layers.measures import Kind, Measure
from queries import maps, quality
from queries.quality import KINDS

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.i18n import Words
    from queries.maps import Area
    from registry.principals import Principal

PATH: Final = "/kualiti"
PAGE_ROWS: Final = 25
_INSIDE: Final = {"country": "state", "state": "district", "district": "mukim"}
# counts of households in one colour of their own: neither of the two statuses is meant
MEASURES: Final = {
    kind: Measure(key=f"quality_{kind}", kind=Kind.COUNT, columns=(kind,), ramp="cost", zero_class=True)
    for kind in KINDS
}


@dataclass(frozen=True)
class QualityView(UrlState):
    """Which kind of fault, in which area, which page of its households."""

    kind: str = choice(KINDS[0], *KINDS[1:], name="jenis")
    area: str = code("", pattern=r"MY|\d{2}|\d{4}", name="in")
    page: int = whole(1, at_least=1, at_most=4_000, name="halaman")


@dataclass(frozen=True, slots=True)
class Read:
    """The counts of the areas inside an area, the map of one kind, and its households for who may see them."""

    lineage: tuple[Area, ...]
    level: str
    within: str
    areas: pd.DataFrame
    layer: ChoroplethLayer
    found: list[dict[str, Any]]
    total: int
    lists: bool

    @property
    def area(self) -> Area:
        """The area looked at."""
        return self.lineage[-1]

    def count(self, kind: str) -> int:
        """How many households of the area have a fault of a kind: of its row where it is drawn among its neighbours."""
        areas = self.areas
        own = areas[areas["area_code"] == self.area.code] if self.within != self.area.code else areas
        return int(own[kind].sum())


def read(conn: Any, view: QualityView, principal: Principal, words: Words) -> Read:
    """Read what the view shows, as the person asking may see it."""
    lineage = maps.lineage(conn, view.area or _home(principal)) or maps.lineage(conn, COUNTRY)
    area = lineage[-1]
    inside = _INSIDE.get(area.level, "state")
    own = sees_small_counts(principal, area.code)
    if inside == "mukim" and not own:
        level, within = "district", area.parent_code or COUNTRY
    else:
        level, within = inside, area.code
    areas = quality.faults_by_area(conn, level=level, within=within)
    layer = choropleth(
        areas, measure=MEASURES[view.kind], scheme=Scheme.QUANTILES, source=_source(conn, level, words), level=level
    )
    found: list[dict[str, Any]] = []
    total = 0
    if principal.sees_persons:
        start = (view.page - 1) * PAGE_ROWS
        found, total = quality.faulty(conn, kind=view.kind, area=area.code, limit=PAGE_ROWS, offset=start)
    return Read(lineage, level, within, areas, layer, found, total, principal.sees_persons)


def _home(principal: Principal) -> str:
    return principal.territory[0] if len(principal.territory) == 1 else COUNTRY


def _source(conn: Any, level: str, words: Words) -> Source:
    footing = maps.footing(conn, level=level)
    approximate = words("peta.bundled_state" if level == "state" else "peta.bundled")
    return Source(
        name=words("peta.register"),
        as_of=footing.as_of,
        rule=footing.rule,
        line_year=footing.line_year,
        boundary_name=approximate if footing.boundary_approximate else footing.boundary_source or "",
        boundary_accuracy_m=footing.boundary_accuracy_m,
        boundary_approximate=footing.boundary_approximate,
        lines_derived=footing.lines_derived,
        sample=footing.sample,
    )
