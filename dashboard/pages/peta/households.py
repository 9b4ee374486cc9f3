"""Shows households on the map to those who may see them: points or clusters in view, and those in a drawn shape."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, html, no_update

from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.peta import ids
from dashboard.pages.peta.view import MapView
from layers import numbers
from layers.points import points
from layers.screen import points_hideout, points_shown
from queries import map_points, maps
from queries.map_points import Inside, Part, Wanted
from registry.errors import InvalidInput
from registry.principals import Permission

if TYPE_CHECKING:
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.i18n import Words

_CORNERS: Final = 2_000
_LEAST_CORNERS: Final = 3
_DEEPEST: Final = 22


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
    def show_points(asked: dict[str, Any] | None, _changed: object) -> tuple[Any, Any, Any]:
        words = current_words()
        if not asked:
            return {"type": "FeatureCollection", "features": []}, no_update, ""
        view = MapView.parse(asked.get("view") or {})
        part = part_of(asked)
        with deps.reading() as conn:
            found, total = map_points.in_view(conn, part, wanted_of(view, _as_of(conn, view)))
        layer = points(found, total=total)
        return layer.collection, points_hideout(words), points_shown(layer, words)

    @app.callback(
        Output(ids.COUNTED, "children"),
        Input(ids.DRAWN, "data"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_PERSONS)
    def count_inside(drawn: dict[str, Any] | None, asked: dict[str, Any] | None) -> Component | None:
        if not drawn:
            return None
        ring = ring_of(drawn.get("ring"))
        strata = MapView.parse(asked or {}).strata_alone
        with deps.reading() as conn:
            found = map_points.inside(conn, ring, strata=strata)
        return counted(found, current_words())


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


def part_of(asked: dict[str, Any]) -> Part:
    """The part of the map that the browser shows.

    Raises:
        InvalidInput: it is not one.

    """
    box, zoom = asked.get("box"), asked.get("zoom")
    numbers_given = [*box, zoom] if isinstance(box, list) else []
    if len(numbers_given) != 5 or not all(_is_number(value) for value in numbers_given):  # noqa: PLR2004 - four sides, a zoom
        raise InvalidInput({"box": "invalid"})
    west, south, east, north, depth = (float(value) for value in numbers_given)
    return Part(max(west, -180), max(south, -85), min(east, 180), min(north, 85), min(max(depth, 0), _DEEPEST))


def ring_of(drawn: object) -> list[tuple[float, float]]:
    """The corners (longitude, latitude) of what was drawn.

    Raises:
        InvalidInput: it is no shape, or one with too many corners.

    """
    corners = drawn if isinstance(drawn, list) else []
    if not _LEAST_CORNERS <= len(corners) <= _CORNERS or not all(_is_place(corner) for corner in corners):
        raise InvalidInput({"ring": "invalid"})
    return [(float(longitude), float(latitude)) for longitude, latitude in corners]


def counted(found: Inside, words: Words) -> Component:
    """What a drawn shape holds."""
    facts = [
        (words("status.tegar"), numbers.count(found.tegar)),
        (words("status.miskin"), numbers.count(found.miskin)),
        (words("peta.others"), numbers.count(found.mudah_miskin + found.terkeluar)),
        (words("peta.persons"), numbers.count(found.persons)),
        (words("peta.cost_short"), numbers.money_short(found.gap_rm, words=words)),
    ]
    return html.Div(
        [
            html.P(words.n("peta.inside", found.households), className="ek-peta-inside"),
            html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="ek-peta-facts"),
        ]
    )


def _as_of(conn: Any, view: MapView) -> date | None:
    return maps.footing(conn, level=view.level).as_of if "due" in view.filters else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_place(corner: object) -> bool:
    if not isinstance(corner, list) or len(corner) != 2 or not all(_is_number(value) for value in corner):  # noqa: PLR2004
        return False
    return bool(abs(corner[0]) <= 180 and abs(corner[1]) <= 90)  # noqa: PLR2004 - degrees
