"""Reads what a profile tells of an area, as the person asking may see it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from dashboard.areas import COUNTRY, LEVELS_IN, map_source, sees_small_counts
from dashboard.indicators import Measured, with_own_target
from layers.breaks import Scheme
from layers.choropleth import choropleth
from layers.measures import MEASURES
from poverty.months import month_end
from poverty.rates import rate
from queries import cross, kpi, maps, overview, published, reach, views
from queries.cross import STATUS
from queries.kpi_course import Closed, course, is_estimate
from queries.overview import Asked

if TYPE_CHECKING:
    from datetime import date

    from dashboard.deps import Reads
    from layers.choropleth import ChoroplethLayer, Source
    from queries.cross import Cross
    from queries.maps import Area, Footing
    from queries.overview import Overview
    from queries.row_types.published import PublishedProjectRow
    from queries.row_types.reach import ReachCutRow
    from queries.row_types.views import AreaNoteRow
    from registry.principals import Principal
    from words import Words

LEVELS: Final = ("country", "state", "district", "mukim")
NOTES: Final = 20
_CUTS: Final = ("head_sex", "size", "disability")
_BY_CUT: Final = frozenset({"country", "state", "district"})
Course = list[tuple["date", float | None]]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is told of an area; ``measured`` are its indicators at the end of the last closed month."""

    lineage: tuple[Area, ...]
    footing: Footing
    figures: Overview
    measured: tuple[Measured, ...]
    aid: ReachCutRow | None
    cuts: dict[str, Cross]
    projects: tuple[PublishedProjectRow, ...]
    notes: tuple[AreaNoteRow, ...]

    @property
    def area(self) -> Area:
        """The area itself."""
        return self.lineage[-1]

    @property
    def share(self) -> float | None:
        """The poor as a share of the households by the census."""
        return rate(self.figures.totals.poor, self.area.census_households)

    def course(self, status: str = "") -> Course:
        """The last 24 months of a status, without one of both; hidden months are ``None``."""
        names = (status,) if status else ("tegar", "miskin")
        found: Course = []
        for row in self.figures.series.to_dict("records"):
            values = [row[name] for name in names]
            known = all(value is not None and value == value for value in values)  # noqa: PLR0124 - not a number
            found.append((row["month"], float(sum(values)) if known else None))
        return found


def read_profile(conn: Reads, code: str, principal: Principal) -> Profile | None:
    """The profile of a country, state, district or mukim; ``None`` for what is none."""
    lineage = maps.lineage(conn, code)
    if not lineage or lineage[-1].level not in LEVELS:
        return None
    area = lineage[-1]
    footing = maps.footing(conn, level=LEVELS_IN[area.level][0], live=sees_small_counts(principal, area.code))
    figures = overview.read(conn, asked_of(area), footing)
    by_cut = area.level in _BY_CUT
    return Profile(
        lineage=lineage,
        footing=footing,
        figures=figures,
        measured=_measured(conn, area, footing),
        aid=next((row for row in reach.by_cut(conn, area=code, live=footing.live) if row["cut"] == "all"), None),
        cuts={
            cut: cross.read(conn, area=code, inside=(), level="", first=cut, second=STATUS, live=footing.live)
            for cut in (_CUTS if by_cut else ())
        },
        projects=tuple(
            row for row in (published.projects(conn, level=area.level) if by_cut else ()) if row["area_code"] == code
        ),
        notes=tuple(views.notes(conn, code, limit=NOTES)),
    )


def asked_of(area: Area) -> Asked:
    """The view of an area among those inside it; of a mukim among those beside it."""
    level = LEVELS_IN[area.level][0]
    within = area.parent_code or area.code if level == area.level else area.code
    return Asked(area=area, level=level, within=within, strata=None, month=None)


def read_layer(conn: Reads, profile: Profile, words: Words) -> ChoroplethLayer:
    """The poor of the areas inside, in classes."""
    asked = asked_of(profile.area)
    areas = overview.read_areas(conn, asked, profile.footing)
    return choropleth(
        areas, measure=MEASURES["poor"], scheme=Scheme.JENKS, source=source_of(profile, words), level=asked.level
    )


def source_of(profile: Profile, words: Words) -> Source:
    """Where the figures come from, and of which day they are."""
    level = LEVELS_IN[profile.area.level][0]
    return map_source(profile.footing, level, words, census_year=profile.area.census_year)


def named(profile: Profile, words: Words) -> str:
    """What the area is called; the country in the reader's language."""
    return words("map.country") if profile.area.code == COUNTRY else profile.area.name


def _measured(conn: Reads, area: Area, footing: Footing) -> tuple[Measured, ...]:
    """The indicators of the last closed month that have a value or are hidden; no estimate, which needs its range."""
    month = footing.last_month
    if month is None:
        return ()
    definitions = kpi.definitions(conn)
    found = course(conn, definitions, Closed([area.code], month, month, exact=footing.live), codes=definitions)
    measured = []
    for item in with_own_target(kpi.indicators(conn, areas=[area.code]), area.code):
        code = item.indicator_code
        if is_estimate(definitions[code]) or not found.holds(code):
            continue
        value, on = found.at(code, area.code, month), month_end(month)
        if isinstance(value, Decimal):
            measured.append(Measured(item, value, on))
        elif value == "disembunyikan":
            measured.append(Measured(item, None, on, value))
    measured.sort(key=lambda item: (item.goal is None, item.actual is None))
    return tuple(measured)
