"""Reads what an address of the map asks for: the place and where its figures stand, and the areas to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from dashboard.areas import COUNTRY, map_source, sees_small_counts
from dashboard.boundary_files import boundary_file_of
from dashboard.pages.poverty_map.aid import with_aid
from dashboard.pages.poverty_map.months import read_scale
from geo.coverage import REST
from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, Source, choropleth
from layers.measures import Kind
from layers.scales import on_scale
from poverty.months import month_end
from queries import maps, overview
from queries.overview import Asked

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from dashboard.pages.poverty_map.view import MapView
    from queries.maps import Area, Footing
    from queries.overview import Overview
    from registry.principals import Principal
    from words import Words

DOWNLOAD_ROUTE: Final = "/muat-turun/peta"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a view looks, and on what its figures stand. ``lineage`` begins with the country.

    ``known`` says whether there is an area of the code in the address; without one the country is shown.
    """

    view: MapView
    lineage: tuple[Area, ...]
    footing: Footing
    source: Source
    known: bool

    @property
    def area(self) -> Area:
        """The area whose totals are shown."""
        return self.lineage[-1]

    @property
    def now(self) -> Place:
        """The same place as it is now."""
        return replace(self, view=self.view.but(month_text="", day_text=""))

    @property
    def asked(self) -> Asked:
        """What is read of it."""
        view = self.view
        return Asked(self.area, view.level, view.within, strata=view.strata_alone, month=view.month, day=view.day)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The areas of a place, as :func:`queries.overview.read_areas`, and the layer they make."""

    place: Place
    areas: pd.DataFrame
    layer: ChoroplethLayer
    box: tuple[float, float, float, float] | None


def read_place(conn: Any, view: MapView, principal: Principal, words: Words) -> Place:
    """Where a view looks, as the person asking may see it."""
    lineage = maps.lineage(conn, view.area)
    known = bool(lineage)
    if not known:
        view = view.but(area=COUNTRY, asked_level="")
        lineage = maps.lineage(conn, COUNTRY)
    footing = maps.footing(conn, level=view.level, live=sees_small_counts(principal, view.area))
    if view.day is not None and (not footing.live or view.day >= footing.as_of):
        # any day is for who sees the persons; published are the ends of months
        view = view.but(day_text="")
    if view.of_aid:
        # counted with the nightly publication, whoever reads it
        published = maps.footing(conn, level=view.level, live=False)
        source = map_source(published, view.level, words, name=words("reach.source"))
    else:
        source = source_of(footing, view, lineage[-1], words)
    return Place(view, lineage, footing, source, known)


def read_drawing(conn: Any, place: Place) -> Drawing:
    """The areas that the map draws and the table lists."""
    view = place.view
    areas = overview.read_areas(conn, place.asked, place.footing)
    if view.of_aid:
        areas = with_aid(conn, areas, place)
    layer = choropleth(
        areas,
        measure=view.drawn_measure,
        scheme=Scheme(view.scheme),
        k=view.k,
        source=place.source,
        level=view.level,
        apart=[code for code in areas["area_code"] if view.level == "mukim" and str(code).endswith(REST)],
    )
    scale = read_scale(conn, place, areas)
    if scale is not None:
        layer = on_scale(layer, scale)
    return Drawing(place, areas, layer, maps.box(conn, view.area) if view.is_among_others else None)


def read_figures(conn: Any, place: Place) -> Overview:
    """What the panel tells of the place itself."""
    return overview.read(conn, place.asked, place.footing)


def drawable(view: MapView, home: Path) -> MapView:
    """The view, at a level that there are boundaries for: an area may lack those of what lies inside it."""
    if boundary_file_of(home, level=view.level, within=view.within) is not None:
        return view
    others = (view.but(asked_level=level) for level in view.levels)
    found = (other for other in others if boundary_file_of(home, level=other.level, within=other.within) is not None)
    return next(found, view)


def source_of(footing: Footing, view: MapView, area: Area, words: Words) -> Source:
    """What the map says about itself."""
    month = view.month
    if month is None and view.drawn_measure.kind is Kind.COST and not footing.live:
        month = footing.last_month
    as_of = view.day or (footing.as_of if month is None else month_end(month))
    census_year = area.census_year if view.drawn_measure.kind is Kind.RATE else None
    return map_source(footing, view.level, words, as_of=as_of, census_year=census_year)
