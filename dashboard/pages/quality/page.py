"""The data-quality page: kinds of faults with their counts, a map by area, and the worklist behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import mark, pressed
from dashboard.components.aria import aria
from dashboard.components.feedback import skeleton
from dashboard.drilling import area_trail, drawn, led_to, map_section, paints
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.pages.quality import ids
from dashboard.pages.quality import view as quality_view
from dashboard.pages.quality.tables import areas_table, kinds_list, worklist
from dashboard.pages.quality.view import QualityView, read
from dashboard.sent.kinds import Clicks, View, whole_number
from layers.legends import legend
from registry.cleansing.odd_data import confirm_odd_data
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps

PATH = quality_view.PATH
_CONFIRMS = {"type": ids.CONFIRM_TYPE, "code": ALL, "row": ALL}


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    settings = deps_of_request().settings
    return html.Div(
        [
            dcc.Store(id=trail_of(ids.PAGE)),
            dcc.Store(id=ids.CHANGED),
            urlstate.view_store(ids.VIEW, QualityView.parse(query)),
            html.H1(words("nav.quality")),
            html.P(words("quality.intro"), className="ek-footnote"),
            html.Nav(
                skeleton(words("frame.loading"), lines=2),
                id=ids.KINDS,
                className="ek-tasks",
                **aria(label=words("quality.kinds")),
            ),
            map_section(ids.MAP, words, legend=ids.LEGEND, title=words("quality.map"), home=settings.home),
            html.Div(id=ids.TABLE, className="ek-cleanse-flow"),
            html.Div(id=ids.MESSAGE, role="status"),
            html.Div(id=ids.LIST, className="ek-cleanse-flow"),
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
        Output(ids.KINDS, "children"),
        Output(ids.TABLE, "children"),
        Output(ids.LIST, "children"),
        Output(trail_of(ids.PAGE), "data"),
        Input(ids.VIEW, "data"),
        Input(ids.CHANGED, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(view: View, _changed: object) -> tuple[object, ...]:
        words, state = current_words(), QualityView.parse(view)
        principal = deps.person()
        with deps.reading() as conn:
            found = read(conn, state, principal, words)
        if principal.sees_persons:
            deps.note_read("read", subject="worklist", facts={"list": state.kind, "area": state.area})
        return (
            drawn(found, words, page=ids.PAGE, home=deps.settings.home),
            legend(found.layer, words, over_map=True),
            kinds_list(state, found, words),
            areas_table(state, found, words),
            worklist(state, found, words, confirms=principal.may(Permission.CLEANSE)),
            area_trail(
                found, words, first="nav.quality", address=lambda code: state.but(area=code, page=1).address(PATH)
            ),
        )

    _steps(app)
    _confirming(app, deps)


def _steps(app: Dash) -> None:
    @app.callback(
        Output(ids.VIEW, "data"),
        Input(ids.MAP.picked, "data"),
        Input(ids.MAP.up, "data"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def step(picked: View | None, _up: object, view: View) -> object:
        return led_to(QualityView.parse(view), picked, up=ctx.triggered_id == ids.MAP.up, page=1)


def _confirming(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.MESSAGE, "children"),
        Output(ids.CHANGED, "data"),
        Input(_CONFIRMS, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.CLEANSE)
    def confirm(_clicks: Clicks) -> object:
        asked = pressed()
        if asked is None:
            return no_update, no_update
        with deps.writing() as session:
            confirm_odd_data(session, household_id=whole_number(asked["row"]), code=str(asked["code"]))
        return html.P(current_words()("quality.confirmed"), className="ek-flash"), mark()
