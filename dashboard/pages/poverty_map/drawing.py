"""Draws a view: map, legend, table and trail follow from one reading of its figures, and then the panel beside them.

The picture is asked for by the page's own script, at the click itself: as a callback it would wait until the page's
hundreds of components have been compared, before it is sent and again before it is drawn (decision 0062).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State
from dash._utils import to_json
from flask import Response, request

from dashboard.areas import COUNTRY, may_see_households
from dashboard.boundary_files import boundary_file_of, url_of
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.poverty_map import ids
from dashboard.pages.poverty_map.aid import read_aid
from dashboard.pages.poverty_map.analyses import analyses
from dashboard.pages.poverty_map.comparing import Side, comparison, read_other
from dashboard.pages.poverty_map.panel import most, no_such_area, panel
from dashboard.pages.poverty_map.reading import drawable, read_drawing, read_figures, read_place
from dashboard.pages.poverty_map.table import table_data
from dashboard.pages.poverty_map.view import MapView
from dashboard.profile.noted import noted, read_noted
from dashboard.sent.kinds import View
from layers import numbers
from layers.legends import FAINT, legend, points_legend
from layers.screen import picture
from poverty.months import month_before
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dash.development.base_component import Component
    from flask import Flask

    from dashboard.deps import Deps
    from dashboard.pages.poverty_map.reading import Drawing, Place
    from queries.maps import Area, Footing
    from registry.areas.boundary_files import WebFile
    from registry.principals import Principal
    from words import Words


ROUTE: Final = "/peta/gambar"


def register(app: Dash, deps: Deps) -> None:
    """Wire the drawing onto ``app``; ``/peta/gambar?…`` takes the address of the map that it draws."""
    home = deps.settings.home
    server: Flask = app.server

    def wanted(asked: dict[str, Any] | None) -> MapView:
        return drawable(MapView.parse(asked or {}), home)

    @server.get(ROUTE)
    @requires(Permission.READ_AGGREGATES)
    def map_picture() -> Response:
        principal, words = deps.person(), current_words()
        with deps.reading() as conn:
            place = read_place(conn, wanted(request.args.to_dict()), principal, words)
            drawing = read_drawing(conn, place)
        step = _step(place, principal)
        file = boundary_file_of(home, level=place.view.level, within=place.view.within)
        answer = {
            "picture": picture_of(drawing, file, words, points=step["points"]),
            "legend": legend_of(drawing, words, points=step["points"]),
            "rows": table_data(drawing, words),
            "step": step,
            "levels": level_choices(place.view, home, words),
            "months": month_choices(place.footing, words),
            "unbounded": _unbounded(drawing, file, words),
            "trail": trail(place.view, place.lineage, words),
            "most": most(drawing, words),
        }
        return Response(to_json(answer), mimetype="application/json")

    app.clientside_callback(
        ClientsideFunction("ekasih_poverty_map", "draw"),
        Output(ids.STEP, "data"),
        Output(ids.LEVEL, "data"),
        Output(ids.MONTH, "data"),
        Output(trail_of(ids.PAGE), "data"),
        Input(ids.VIEW, "data"),
        Input(ids.CHANGED, "data"),
        State(ids.LEVEL, "data"),
        State(ids.MONTH, "data"),
    )

    # the panel's charts take as long to make as all the rest: the map does not wait for them
    @app.callback(Output(ids.PANEL, "children"), Input(ids.STEP, "data"), State(ids.VIEW, "data"))
    @requires(Permission.READ_AGGREGATES)
    def draw_panel(_step_taken: object, asked: View | None) -> list[Component]:
        principal, words = deps.person(), current_words()
        with deps.reading() as conn:
            place = read_place(conn, wanted(asked), principal, words)
            figures = read_figures(conn, place) if place.known else None
            now = read_figures(conn, place.now) if place.known and place.view.looks_back else None
            other = read_other(conn, place, principal, words)
            aid = read_aid(conn, place) if place.known and place.view.of_aid else None
            notes = read_noted(conn, place.area) if place.known else []
        if figures is None:
            return no_such_area(words)
        heading, *rest = panel(place, figures, now, words, aid=aid)
        beside = [comparison(Side(place, figures), other, words)] if other else []
        return [heading, analyses(place, words), *beside, *rest, *noted(notes, place.area, words)]


def trail(view: MapView, lineage: Sequence[Area], words: Words) -> list[dict[str, str]]:
    """Where one is: each area above leads back to itself, with the same measure and classes."""
    steps = []
    for area in lineage:
        label = words("map.country") if area.code == COUNTRY else area.name
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
    choices = [{"value": "now", "label": words("map.now")}]
    if footing.first_month is None or footing.last_month is None:
        return choices
    month, oldest = footing.last_month, max(footing.first_month, month_before(footing.last_month, 24))
    while month >= oldest:
        choices.append({"value": f"{month:%Y-%m}", "label": numbers.month(month, words)})
        month = month_before(month, 1)
    return choices


def picture_of(drawing: Drawing, file: WebFile | None, words: Words, *, points: bool = False) -> dict[str, Any] | None:
    """What the script draws; ``points``: faintly, beneath households."""
    view = drawing.place.view
    if file is None:
        return None
    bounds = None
    if drawing.box is not None:
        west, south, east, north = drawing.box
        bounds = [[south, west], [north, east]]
    drawn = picture(drawing.layer, words, page=ids.PAGE, url=url_of(file), bounds=bounds, circles=view.in_bubbles)
    drawn["frames"] = "both" if view.in_frames else ""
    drawn["hideout"]["picked"] = view.area if view.is_among_others else None
    drawn["hideout"]["faint"] = FAINT if points else None
    # the same file serves every mukim of a district: another area is another place to look at
    drawn["place"] = view.area
    return drawn


def legend_of(drawing: Drawing, words: Words, *, points: bool = False) -> Component:
    """What the colours, and where households are shown the marks, stand for."""
    more = [points_legend(words)] if points else []
    return legend(drawing.layer, words, faint=points, more=more, circles=drawing.place.view.in_bubbles)


def _unbounded(drawing: Drawing, file: WebFile | None, words: Words) -> str | None:
    """How many areas stand in the table alone, since the boundaries do not hold them."""
    missing = len(drawing.layer.codes) - (0 if file is None else file.areas)
    return words.n("map.unbounded", missing) if missing > 0 else None


def _step(place: Place, principal: Principal) -> dict[str, Any]:
    """What the browser must know to take the next step without asking: the area above, and what may be shown."""
    view = place.view
    up = place.lineage[-2].code if len(place.lineage) > 1 else None
    persons = may_see_households(principal, view.area) and not view.looks_back
    near = view.is_leaf or view.area_level in {"district", "parliament"}
    return {
        "up": up,
        "level": view.level,
        "persons": persons and near,
        "points": persons and near and (view.is_leaf or bool(view.households)),
        "leaf": view.is_leaf,
        "area": view.area,
    }
