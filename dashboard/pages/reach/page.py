"""The page of what aid reached whom: figures, a map by area, and the programmes behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State, ctx, dcc, html

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.feedback import skeleton
from dashboard.drilling import area_trail, drawn, led_to, map_section, paints
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.pages.reach import ids, tables
from dashboard.pages.reach import view as reach_view
from dashboard.pages.reach.view import ReachView, read
from dashboard.sent.kinds import View
from layers.legends import legend
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps

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
            map_section(ids.MAP, words, legend=ids.LEGEND, title=words("reach.map"), home=settings.home),
            html.Div(id=ids.TABLE, className="ek-cleanse-flow"),
            html.Div(id=ids.CUTS, className="ek-cleanse-flow"),
        ],
        className="ek-page ek-cleanse",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    paints(app, ids.MAP)

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
            drawn(found, words, page=ids.PAGE, home=deps.settings.home),
            legend(found.layer, words, over_map=True),
            [*tables.heading(state, found, words), tables.figures(state, found, words)],
            tables.measures(state, words),
            tables.areas_table(state, found, words),
            tables.cuts(state, found, words),
            area_trail(found, words, first="nav.reach", address=lambda code: state.but(area=code).address(PATH)),
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
        return led_to(ReachView.parse(view), picked, up=ctx.triggered_id == ids.MAP.up)
