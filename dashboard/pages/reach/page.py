"""The page of what aid reached whom: figures, a map by area, and the programmes behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard import urlstate
from dashboard.areas import COUNTRY
from dashboard.boundary_files import boundary_file_of, land_url, url_of
from dashboard.components.aria import aria
from dashboard.components.feedback import skeleton
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.pages.reach import ids, tables
from dashboard.pages.reach import view as reach_view
from dashboard.pages.reach.view import ReachView, Read, read
from dashboard.sent.kinds import View
from layers.legends import legend
from layers.screen import map_view, picture
from registry.principals import Permission

if TYPE_CHECKING:
    from pathlib import Path

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

PATH = reach_view.PATH


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    settings = deps_of_request().settings
    return html.Div(
        [
            dcc.Store(id=trail_of(ids.PAGE)),
            urlstate.view_store(ids.VIEW, ReachView.parse(query)),
            html.H1(words("nav.reach")),
            html.P(words("reach.intro"), className="ek-footnote"),
            html.Div(skeleton(words("frame.loading"), lines=2), id=ids.TITLE, className="ek-spaced"),
            html.Nav(id=ids.MEASURES, className="ek-tasks", **aria(label=words("reach.measures"))),
            html.Section(
                [
                    html.H2(words("reach.map"), className="ek-sr"),
                    html.Div(
                        [map_view(ids.MAP, words, land_url=land_url(settings.home)), html.Div(id=ids.LEGEND)],
                        className="ek-quality-map",
                    ),
                ]
            ),
            html.Div(id=ids.TABLE, className="ek-cleanse-flow"),
            html.Div(id=ids.CUTS, className="ek-cleanse-flow"),
        ],
        className="ek-page ek-cleanse",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    app.clientside_callback(
        ClientsideFunction("ekasih_map", "paint"),
        Output(ids.MAP.status, "data"),
        Input(ids.MAP.picture, "data"),
    )

    @app.callback(
        Output(ids.MAP.picture, "data"),
        Output(ids.LEGEND, "children"),
        Output(ids.TITLE, "children"),
        Output(ids.MEASURES, "children"),
        Output(ids.TABLE, "children"),
        Output(ids.CUTS, "children"),
        Output(trail_of(ids.PAGE), "data"),
        Input(ids.VIEW, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(view: View) -> tuple[object, ...]:
        words, state = current_words(), ReachView.parse(view)
        with deps.reading() as conn:
            found = read(conn, state, deps.person(), words)
        return (
            _picture(found, words, deps.settings.home),
            legend(found.layer, words, over_map=True),
            [*tables.heading(state, found, words), tables.figures(state, found, words)],
            tables.measures(state, words),
            tables.areas_table(state, found, words),
            tables.cuts(state, found, words),
            _trail(state, found, words),
        )

    @app.callback(
        Output(ids.VIEW, "data"),
        Input(ids.MAP.picked, "data"),
        Input(ids.MAP.up, "data"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def step(picked: View | None, _up: object, view: View) -> object:
        state = ReachView.parse(view)
        if ctx.triggered_id == ids.MAP.up:
            above = state.area[:2] if re.fullmatch(r"\d{4}", state.area) else COUNTRY
            return state.but(area=above).query()
        known = state.but(area=str((picked or {}).get("code") or ""))
        return known.query() if known.area else no_update


def _picture(found: Read, words: Words, home: Path) -> dict[str, object] | None:
    file = boundary_file_of(home, level=found.level, within=COUNTRY if found.box else found.within)
    if file is None:
        return None
    corners = None if found.box is None else ((found.box[1], found.box[0]), (found.box[3], found.box[2]))
    drawn = picture(found.layer, words, page=ids.PAGE, url=url_of(file), bounds=corners)
    drawn["hideout"]["picked"] = found.area.code if found.within != found.area.code else None
    return drawn


def _trail(state: ReachView, found: Read, words: Words) -> list[dict[str, str]]:
    steps = [
        {
            "label": words("map.country") if area.code == COUNTRY else area.name,
            "href": state.but(area=area.code).address(PATH),
        }
        for area in found.lineage
    ]
    steps[-1].pop("href")
    return [{"label": words("nav.reach")}, *steps]
