"""Draws a view: map, legend, table and trail follow from one reading of its figures, and then the panel beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard.boundary_files import boundary_file_of, url_of
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.peta import ids
from dashboard.pages.peta.panel import no_such_area, panel
from dashboard.pages.peta.table import table_data
from dashboard.pages.peta.view import COUNTRY, MapView, may_see_households, sees_small_counts
from layers import numbers
from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, Source, choropleth
from layers.measures import Kind
from layers.screen import legend, picture
from queries import maps, overview
from queries.overview import Asked, Overview
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.i18n import Words
    from queries.maps import Area, Footing
    from registry.principals import Principal

DOWNLOAD_ROUTE: Final = "/muat-turun/peta"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A view that has been read: the figures and the layer they make. ``lineage`` begins with the country."""

    view: MapView
    lineage: tuple[Area, ...]
    figures: Overview
    layer: ChoroplethLayer
    box: tuple[float, float, float, float] | None
    known: bool
    """Whether there is an area of the code in the address; without one the country is drawn."""

    @property
    def area(self) -> Area:
        """The area whose totals are shown."""
        return self.lineage[-1]


def read_drawing(conn: Any, view: MapView, principal: Principal, words: Words) -> Drawing:
    """Read all that a view shows, as the person asking may see it."""
    lineage = maps.lineage(conn, view.area)
    known = bool(lineage)
    if not known:
        view = view.but(area=COUNTRY, asked_level="")
        lineage = maps.lineage(conn, COUNTRY)
    footing = maps.footing(conn, level=view.level)
    asked = Asked(
        area=lineage[-1],
        level=view.level,
        within=view.within,
        strata=view.strata_alone,
        month=view.month,
        small_counts=sees_small_counts(principal, view.area),
    )
    figures = overview.read(conn, asked, footing)
    layer = choropleth(
        figures.areas,
        measure=view.drawn_measure,
        scheme=Scheme(view.scheme),
        k=view.k,
        source=source_of(footing, view, lineage[-1], words),
        level=view.level,
    )
    box = maps.box(conn, view.area) if view.is_leaf else None
    return Drawing(view, lineage, figures, layer, box, known)


def source_of(footing: Footing, view: MapView, area: Area, words: Words) -> Source:
    """What the map says about itself."""
    as_of = footing.as_of if view.month is None else maps.month_end(view.month)
    return Source(
        name=words("peta.register"),
        as_of=as_of,
        rule=footing.rule,
        line_year=footing.line_year,
        census_year=area.census_year if view.drawn_measure.kind is Kind.RATE else None,
        boundary_name=_boundary_name(footing, view, words),
        boundary_accuracy_m=footing.boundary_accuracy_m,
        boundary_approximate=footing.boundary_approximate,
        lines_derived=footing.lines_derived,
        sample=footing.sample,
    )


def _boundary_name(footing: Footing, view: MapView, words: Words) -> str:
    """What the boundaries were made from; the bundled sets are told in the reader's language."""
    if not footing.boundary_approximate:
        return footing.boundary_source or ""
    return words("peta.bundled_state" if view.level == "state" else "peta.bundled")


def register(app: Dash, deps: Deps) -> None:
    """Wire the drawing onto ``app``."""
    home = deps.settings.home

    def drawing_of(asked: dict[str, Any] | None) -> tuple[Drawing, Principal, Words]:
        words = current_words()
        view = drawable(MapView.parse(asked or {}), home)
        principal = deps.principal()
        assert principal is not None  # noqa: S101 - the guard has let nobody else in
        with deps.reading() as conn:
            return read_drawing(conn, view, principal, words), principal, words

    # the picture alone is drawn at once; what else the answer says is handed out when that is to be seen
    @app.callback(
        Output(ids.MAP.picture, "data"),
        Output(ids.REST, "data"),
        Output(ids.DOWNLOAD, "href"),
        Input(ids.VIEW, "data"),
        Input(ids.CHANGED, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def draw_map(asked: dict[str, Any] | None, _changed: object) -> tuple[Any, ...]:
        drawing, principal, words = drawing_of(asked)
        rest = (
            legend(drawing.layer, words, over_map=True),
            table_data(drawing, words),
            _step(drawing, principal),
            level_choices(drawing.view, home, words),
            month_choices(drawing.figures.footing, words),
            _unbounded(drawing, words, home),
            trail(drawing.view, drawing.lineage, words),
        )
        return _picture(drawing, principal, words, home), rest, drawing.view.address(DOWNLOAD_ROUTE)

    app.clientside_callback(
        ClientsideFunction("ekasih_peta", "handOut"),
        Output(ids.LEGEND, "children"),
        Output(ids.ROWS, "data"),
        Output(ids.STEP, "data"),
        Output(ids.LEVEL, "data"),
        Output(ids.MONTH, "data"),
        Output(ids.UNBOUNDED, "children"),
        Output(trail_of(ids.PAGE), "data"),
        Input(ids.REST, "data"),
        State(ids.LEVEL, "data"),
        State(ids.MONTH, "data"),
    )

    # the panel's charts take as long to make as all the rest: the map does not wait for them
    @app.callback(Output(ids.PANEL, "children"), Input(ids.STEP, "data"), State(ids.VIEW, "data"))
    @requires(Permission.READ_AGGREGATES)
    def draw_panel(_step_taken: object, asked: dict[str, Any] | None) -> list[Component]:
        drawing, _, words = drawing_of(asked)
        return panel(drawing, words) if drawing.known else no_such_area(words)


def drawable(view: MapView, home: Path) -> MapView:
    """The view, at a level that there are boundaries for: an area may lack those of what lies inside it."""
    if boundary_file_of(home, level=view.level, within=view.within) is not None:
        return view
    others = (view.but(asked_level=level) for level in view.levels)
    found = (other for other in others if boundary_file_of(home, level=other.level, within=other.within) is not None)
    return next(found, view)


def trail(view: MapView, lineage: Sequence[Area], words: Words) -> list[dict[str, str]]:
    """Where one is: each area above leads back to itself, with the same measure and classes."""
    steps = []
    for area in lineage:
        label = words("peta.country") if area.code == COUNTRY else area.name
        steps.append({"label": label, "href": view.but(area=area.code, asked_level="", only="").address("/")})
    return steps


def level_choices(view: MapView, home: Path, words: Words) -> list[dict[str, str]]:
    """The levels that there are boundaries for inside the area."""
    drawable = [
        level for level in view.levels if boundary_file_of(home, level=level, within=view.but(asked_level=level).within)
    ]
    return [{"value": level, "label": words(f"level.{level}")} for level in drawable or [view.level]]


def month_choices(footing: Footing, words: Words) -> list[dict[str, str]]:
    """Now, and the closed months of the last two years, newest first."""
    choices = [{"value": "now", "label": words("peta.now")}]
    if footing.first_month is None or footing.last_month is None:
        return choices
    month, oldest = footing.last_month, max(footing.first_month, maps.month_before(footing.last_month, 24))
    while month >= oldest:
        choices.append({"value": f"{month:%Y-%m}", "label": numbers.month(month)})
        month = maps.month_before(month, 1)
    return choices


def _picture(drawing: Drawing, principal: Principal, words: Words, home: Path) -> dict[str, Any] | None:
    view = drawing.view
    file = boundary_file_of(home, level=view.level, within=view.within)
    if file is None:
        return None
    bounds = None
    if drawing.box is not None:
        west, south, east, north = drawing.box
        bounds = [[south, west], [north, east]]
    drawn = picture(drawing.layer, words, page=ids.PAGE, url=url_of(file), bounds=bounds)
    drawn["hideout"]["picked"] = view.area if view.is_leaf else None
    drawn["hideout"]["faint"] = _step(drawing, principal)["points"]
    # the same file serves every mukim of a district: another area is another place to look at
    drawn["place"] = view.area
    return drawn


def _unbounded(drawing: Drawing, words: Words, home: Path) -> str | None:
    """How many areas stand in the table alone, since the boundaries do not hold them."""
    file = boundary_file_of(home, level=drawing.view.level, within=drawing.view.within)
    missing = len(drawing.layer.codes) - (0 if file is None else file.areas)
    return words.n("peta.unbounded", missing) if missing > 0 else None


def _step(drawing: Drawing, principal: Principal) -> dict[str, Any]:
    """What the browser must know to take the next step without asking: the area above, and what may be shown."""
    view = drawing.view
    up = drawing.lineage[-2].code if len(drawing.lineage) > 1 else None
    persons = may_see_households(principal, view.area) and view.month is None
    near = view.is_leaf or view.area_level in {"district", "parliament"}
    return {
        "up": up,
        "level": view.level,
        "persons": persons and near,
        "points": persons and near and (view.is_leaf or bool(view.households)),
        "leaf": view.is_leaf,
        "area": view.area,
    }
