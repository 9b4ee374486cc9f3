"""Shows households on the map to those who may see them: points or clusters in view, and those in a drawn shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, html, no_update

from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.map_parts import is_number, part_of
from dashboard.pages.poverty_map import ids
from dashboard.pages.poverty_map.view import MapView
from dashboard.sent.kinds import Nested, View
from geo.rings import MOST_CORNERS, RefusedRingError, Ring
from layers import numbers
from layers.legends import points_shown
from layers.points import points, standing_apart
from layers.screen import MAX_ZOOM, points_hideout
from queries import map_points, maps
from queries.map_points import SINGLE_UP_TO, Inside, Wanted
from registry.errors import InvalidInput
from registry.households.sights import note_sight, take_sight
from registry.principals import Permission

if TYPE_CHECKING:
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words


def register(app: Dash, deps: Deps) -> None:
    """Wire the households onto ``app``."""

    @app.callback(
        Output(ids.MAP.points, "data"),
        Output(ids.MAP.points, "hideout"),
        Output(ids.SHOWN, "children"),
        Input(ids.ASKED, "data"),
        Input(ids.CHANGED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_PERSONS)
    def show_points(asked: Nested | None, _changed: object) -> tuple[Any, Any, Any]:
        words = current_words()
        if not asked:
            return {"type": "FeatureCollection", "features": []}, no_update, ""
        view = MapView.parse(asked.get("view") or {})
        part = part_of(asked)
        with deps.writing() as session:
            take_sight(session)
            conn = session.connection()
            found, total = map_points.in_view(conn, part, wanted_of(view, _as_of(conn, view)))
            apart = total if total <= SINGLE_UP_TO else int((found["n"] == 1).sum())
            note_sight(session, area=view.area, box=part.box, one_by_one=apart, held=total)
        if part.zoom < MAX_ZOOM:
            # at the last zoom nothing can be drawn further apart
            found = standing_apart(found, zoom=part.zoom)
        layer = points(found, total=total)
        return layer.collection, points_hideout(words), points_shown(layer, words)

    @app.callback(
        Output(ids.COUNTED, "children"),
        Input(ids.DRAWN, "data"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_PERSONS)
    def count_inside(drawn: Nested | None, asked: View | None) -> Component | None:
        if not drawn:
            return None
        words, view = current_words(), MapView.parse(asked or {})
        try:
            ring = ring_of(drawn.get("ring"))
        except RefusedRingError as refusal:
            return html.P(words(f"map.ring_{refusal.reason}"), className="ek-poverty-map-problem", role="alert")
        with deps.writing() as session:
            take_sight(session)
            found = map_points.inside(session.connection(), ring, strata=view.strata_alone)
            apart = found.households if found.households <= SINGLE_UP_TO else 0
            note_sight(session, area=view.area, box=ring.box, one_by_one=apart, held=found.households)
        return counted(found, words)


def wanted_of(view: MapView, as_of: date | None) -> Wanted:
    """Which households a view shows."""
    filters = view.filters
    return Wanted(
        level=view.area_level,
        code=view.area,
        strata=view.strata_alone,
        statuses=tuple(name for name in ("tegar", "miskin") if name in filters),
        due_on=as_of if "due" in filters else None,
        unplaced="unplaced" in filters,
    )


def ring_of(drawn: object) -> Ring:
    """What was drawn, its corners (longitude, latitude) in order.

    Raises:
        InvalidInput: it is no shape.
        RefusedRingError: it is one that nothing is counted in.

    """
    corners = drawn if isinstance(drawn, list) else []
    if len(corners) <= MOST_CORNERS and not all(_is_place(corner) for corner in corners):
        raise InvalidInput({"ring": "invalid"})
    if len(corners) > MOST_CORNERS:
        raise RefusedRingError("corners")
    places = [(float(longitude), float(latitude)) for longitude, latitude in corners]
    return Ring(tuple(place for before, place in zip([None, *places], places, strict=False) if place != before))


def counted(found: Inside, words: Words) -> Component:
    """What a drawn shape holds."""
    facts = [
        (words("status.tegar"), numbers.count(found.tegar)),
        (words("status.miskin"), numbers.count(found.miskin)),
        (words("map.others"), numbers.count(found.mudah_miskin + found.terkeluar)),
        (words("map.persons"), numbers.count(found.persons)),
        (words("map.cost_short"), numbers.money_short(found.gap_rm, words=words)),
    ]
    return html.Div(
        [
            html.P(words.n("map.inside", found.households), className="ek-poverty-map-inside"),
            html.Dl(
                [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="ek-poverty-map-facts"
            ),
        ]
    )


def _as_of(conn: Any, view: MapView) -> date | None:
    return maps.footing(conn, level=view.level, live=True).as_of if "due" in view.filters else None


def _is_place(corner: object) -> bool:
    if not isinstance(corner, list) or len(corner) != 2 or not all(is_number(value) for value in corner):  # noqa: PLR2004
        return False
    return bool(abs(corner[0]) <= 180 and abs(corner[1]) <= 90)  # noqa: PLR2004 - degrees
