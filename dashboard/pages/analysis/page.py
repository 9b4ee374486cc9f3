"""The page of poverty measured: a map by area, the area's figures, inequality, deprivation, and a file of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, ctx, dcc, html, no_update
from flask import request

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.drilled_files import map_file
from dashboard.drilling import area_trail, drawn, led_to, map_section, paints
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.analysis import files, ids, parts
from dashboard.pages.analysis import view as analysis_view
from dashboard.pages.analysis.view import MAP_ROUTE, AnalysisView, Nothing, read
from dashboard.sent.kinds import Number, View
from dashboard.taking import file_buttons, kind_pressed
from layers import numbers
from layers.legends import legend
from registry.errors import NotFound
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask, Response

    from dashboard.deps import Deps

PATH = analysis_view.PATH


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    settings = deps_of_request().settings
    return html.Div(
        [
            dcc.Store(id=trail_of(ids.PAGE)),
            urlstate.view_store(ids.VIEW, AnalysisView.parse(query)),
            dcc.Download(id=ids.FILE),
            html.H1(words("nav.analysis")),
            html.P(words("analysis.intro"), className="ek-footnote"),
            html.Div(skeleton(words("frame.loading"), lines=2), id=ids.TITLE, className="ek-spaced"),
            html.Div(file_buttons(ids.CSV, ids.XLSX, words), className="ek-actions"),
            html.Nav(id=ids.MEASURES, className="ek-tasks", **aria(label=words("reach.measures"))),
            map_section(ids.MAP, words, legend=ids.LEGEND, title=words("reach.map"), home=settings.home),
            html.Div(id=ids.FIGURES, className="ek-cleanse-flow"),
            html.Div(id=ids.AREAS, className="ek-cleanse-flow"),
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
        Output(ids.FIGURES, "children"),
        Output(ids.AREAS, "children"),
        Output(trail_of(ids.PAGE), "data"),
        Input(ids.VIEW, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(view: View) -> tuple[object, ...]:
        words, state = current_words(), AnalysisView.parse(view)
        with deps.reading() as conn:
            found = read(conn, state, deps.person(), words)
        if isinstance(found, Nothing):
            none = empty(words("analysis.no_month"), words("analysis.no_month_hint"))
            return None, [], none, [], [], [], [{"label": words("nav.analysis")}]
        return (
            drawn(found, words, page=ids.PAGE, home=deps.settings.home),
            legend(found.layer, words, over_map=True),
            parts.heading(state, found, words),
            parts.measures(state, words),
            parts.figures(state, found, words),
            parts.areas_table(state, found, words),
            area_trail(found, words, first="nav.analysis", address=lambda code: state.but(area=code).address(PATH)),
        )

    _moving(app)
    _taking(app, deps)
    _register_map(app.server, deps)


def _moving(app: Dash) -> None:
    @app.callback(
        Output(ids.VIEW, "data"),
        Input(ids.MAP.picked, "data"),
        Input(ids.MAP.up, "data"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def step(picked: View | None, _up: object, view: View) -> object:
        return led_to(AnalysisView.parse(view), picked, up=ctx.triggered_id == ids.MAP.up)


def _taking(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.FILE, "data"),
        Input(ids.CSV, "n_clicks"),
        Input(ids.XLSX, "n_clicks"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def take(csv: Number | None, xlsx: Number | None, view: View) -> Any:
        if not (csv or xlsx):
            return no_update
        words, state = current_words(), AnalysisView.parse(view)
        with deps.reading() as conn:
            found = read(conn, state, deps.person(), words)
        if isinstance(found, Nothing):
            return no_update
        deps.note_read("export", subject="poverty_measures", facts={"level": found.level, "within": found.area.code})
        return files.as_file(state, found, words, kind=kind_pressed(ids.XLSX))


def _register_map(server: Flask, deps: Deps) -> None:
    @server.get(MAP_ROUTE)
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def analysis_map() -> Response:
        words, asked = current_words(), request.args.to_dict()
        state = AnalysisView.parse(asked)
        with deps.reading() as conn:
            found = read(conn, state, deps.person(), words)
        if isinstance(found, Nothing):
            raise NotFound
        deps.note_read("export", subject="map", facts={"level": found.level, "within": found.within})
        title = words("analysis.title", area=parts.place(found, words), month=numbers.month(found.month, words))
        return map_file(
            found,
            asked.get("as", ""),
            deps.settings.home,
            words,
            title=f"{words('nav.analysis')}: {title}",
            name=f"ekasih-analisis-{state.measure}-{found.area.name}-{found.month:%Y-%m}-{state.basis}",
            also=words(f"analysis.basis_{state.basis}"),
        )
