"""A target group on a map of its own: by area as it was counted, and the households of a frozen list as points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_leaflet as dl
import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.boundary_files import land_url
from dashboard.drilling import paints
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.map_parts import part_of
from dashboard.pages.targets import ids
from dashboard.pages.targets.drawn_counts import areas_of, drawn_counts
from dashboard.sent.kinds import Nested, Number
from layers import numbers
from layers.legends import points_legend, points_shown
from layers.palettes import TOKENS
from layers.points import points, standing_apart
from layers.screen import EMPTY, MAX_ZOOM, map_view, points_hideout
from queries import targets
from queries.map_points import MOST_MARKS, SINGLE_UP_TO
from registry.aid.conditions.language import parse
from registry.aid.targets import lists
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

_DRAWN: Final[dict[str, Any]] = {"color": TOKENS["ink"], "weight": 2, "dashArray": "6 4", "fill": False}
_COLUMNS: Final = (
    "lon", "lat", "n", "tegar", "miskin", "mudah_miskin", "terkeluar", "status", "accuracy_m", "together", "total",
)  # fmt: skip


def section(words: Words) -> Component:
    """The map of one group, hidden until the group has been counted for somebody else."""
    shape = dl.LayerGroup(id=ids.GROUP_SHAPE)
    land = land_url(deps_of_request().settings.home)
    return html.Section(
        [
            dcc.Store(id=ids.GROUP_ASKED),
            dcc.Store(id=ids.GROUP_FROZEN),
            html.H2(words("target.on_map")),
            html.P(words("target.map_by_area"), id=ids.GROUP_SHOWN, role="status", className="ek-footnote"),
            html.Div(map_view(ids.GROUP_MAP, words, land_url=land, more_layers=[shape]), className="ek-targets-map"),
            html.Div(id=ids.GROUP_LEGEND),
        ],
        id=ids.GROUP_PLACES,
        hidden=True,
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the map onto ``app``."""

    @app.callback(
        Output(ids.GROUP_MAP.picture, "data"),
        Output(ids.GROUP_LEGEND, "children"),
        Output(ids.GROUP_SHAPE, "children"),
        Output(ids.GROUP_FROZEN, "data"),
        Output(ids.GROUP_PLACES, "hidden"),
        Input(ids.GROUP, "data"),
        Input(ids.GROUP_DONE, "data"),
    )
    @requires(Permission.BUILD_TARGETS)
    def show_areas(number: Number | None, _done: object) -> tuple[Any, ...]:
        words = current_words()
        with deps.reading() as conn:
            found = targets.group(conn, number) if number is not None else None
            if found is None or not found["asked_at"]:
                return no_update, None, [], False, True
            counts = {code: int(n) for code, n in found["counts"].items() if code}
            sensitive = parse(found["conditions"], found["polygon"]).is_sensitive
            areas = areas_of(conn, counts, rounded=True, by_state=sensitive, states=found["states"])
            frozen = found["state"] == "beku"
            day = (found["asked_at"]).astimezone(numbers.MALAYSIA).date()
            marks = [points_legend(words)] if frozen else []
            drawn, legend = drawn_counts(
                conn, areas, deps.settings.home, words, page=ids.GROUP_MAP.page, as_of=day, marks=marks
            )
        shape = [dl.GeoJSON(data=found["polygon"], style=_DRAWN, interactive=False)] if found["polygon"] else []
        return drawn, legend, shape, frozen, legend is None

    paints(app, ids.GROUP_MAP)
    app.clientside_callback(
        ClientsideFunction("ekasih_targets", "ask"),
        Output(ids.GROUP_ASKED, "data"),
        Input(ids.GROUP_FROZEN, "data"),
        Input(ids.GROUP_MAP.map, "bounds"),
        Input(ids.GROUP_MAP.map, "zoom"),
        State(ids.GROUP_ASKED, "data"),
    )

    @app.callback(
        Output(ids.GROUP_MAP.points, "data"),
        Output(ids.GROUP_MAP.points, "hideout"),
        Output(ids.GROUP_SHOWN, "children"),
        Input(ids.GROUP_ASKED, "data"),
        State(ids.GROUP, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.BUILD_TARGETS)
    def show_marks(asked: Nested | None, number: Number | None) -> tuple[Any, Any, Any]:
        words = current_words()
        if not asked or number is None:
            return EMPTY, no_update, words("target.map_by_area")
        part = part_of(asked)
        with deps.reading() as conn:
            rows = lists.points_of(conn, number, box=part.box, cell=part.cell, few=SINGLE_UP_TO, most=MOST_MARKS)
        found = pd.DataFrame(rows, columns=list(_COLUMNS)).assign(id=None)
        total = int(found["total"].iloc[0]) if len(found) else 0
        if part.zoom < MAX_ZOOM:
            found = standing_apart(found, zoom=part.zoom)
        layer = points(found, total=total)
        return layer.collection, points_hideout(words), points_shown(layer, words)
