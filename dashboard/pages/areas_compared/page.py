"""The page on which areas are held against each other: four views of one map and its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State, ctx, dcc, html, no_update
from flask import request

from dashboard import urlstate
from dashboard.areas import COUNTRY
from dashboard.components.aria import aria
from dashboard.components.feedback import skeleton
from dashboard.drilled_files import map_file
from dashboard.drilling import area_trail, drawn, led_to, map_section, paints
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.areas_compared import ids, parts
from dashboard.pages.areas_compared.access import access
from dashboard.pages.areas_compared.missed import missed
from dashboard.pages.areas_compared.pockets import pockets
from dashboard.pages.areas_compared.rates import rates
from dashboard.pages.areas_compared.view import ACCESS, MAP_ROUTE, MISSED, PATH, POCKETS, ComparedView, Shown, place_of
from dashboard.sent.kinds import Number, View
from dashboard.taking import TableAsked, file_buttons, file_to_keep, kind_pressed
from layers.footnote import footnote
from registry.db import FILE
from registry.errors import NotFound
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask, Response

    from dashboard.deps import Deps, Reads
    from registry.principals import Principal
    from words import Words

TITLE = "nav.areas_compared"


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    settings = deps_of_request().settings
    return html.Div(
        [
            dcc.Store(id=trail_of(ids.PAGE)),
            dcc.Download(id=ids.DOWNLOAD),
            urlstate.view_store(ids.VIEW, ComparedView.parse(query)),
            html.Div(
                [
                    html.H1(words(TITLE)),
                    html.Div(file_buttons(ids.CSV, ids.XLSX, words), className="ek-actions"),
                ],
                className="ek-tasks-head",
            ),
            html.Nav(id=ids.VIEWS, className="ek-tasks", **aria(label=words("compared.views"))),
            html.Div(skeleton(words("frame.loading"), lines=2), id=ids.CHOICES, className="ek-spaced"),
            map_section(
                ids.MAP,
                words,
                legend=ids.LEGEND,
                title=words("compared.map"),
                home=settings.home,
                also="ek-compared-map",
            ),
            html.Div(id=ids.NOTES, className="ek-spaced"),
            html.Div(id=ids.TABLE, className="ek-cleanse-flow"),
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
        Output(ids.VIEWS, "children"),
        Output(ids.CHOICES, "children"),
        Output(ids.NOTES, "children"),
        Output(ids.TABLE, "children"),
        Output(trail_of(ids.PAGE), "data"),
        Input(ids.VIEW, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(view: View) -> tuple[object, ...]:
        words, state = current_words(), ComparedView.parse(view)
        with deps.reading() as conn:
            found = shown(conn, state, deps.person(), words)
        return (
            drawn(found, words, page=ids.PAGE, home=deps.settings.home),
            parts.legend_of(found, words),
            parts.views(state, words),
            parts.choices(state, found, words),
            parts.notes(found, words),
            parts.table(state, found, words),
            area_trail(found, words, first=TITLE, address=lambda code: state.but(area=code).address(PATH)),
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
        return led_to(ComparedView.parse(view), picked, up=ctx.triggered_id == ids.MAP.up)

    _taking(app, deps)
    _register_map(app.server, deps)


def _taking(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.DOWNLOAD, "data"),
        Input(ids.CSV, "n_clicks"),
        Input(ids.XLSX, "n_clicks"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
        running=[(Output(name, "disabled"), True, False) for name in (ids.CSV, ids.XLSX)],
    )
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def take(csv: Number | None, xlsx: Number | None, view: View) -> object:
        if not csv and not xlsx:
            return no_update
        words, state, kind = current_words(), ComparedView.parse(view), kind_pressed(ids.XLSX)
        with deps.reading(patience=FILE) as conn:
            found = shown(conn, state, deps.person(), words)
        cells = [] if found.refused else found.table.cells
        notes = (*footnote(found.layer.source, words), *found.notes)
        asked = TableAsked(kind, f"kawasan-{state.view}-{found.within}", found.title, notes)
        return file_to_keep(asked, found.table.file_head, cells, words)


def _register_map(server: Flask, deps: Deps) -> None:
    @server.get(MAP_ROUTE)
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def compared_map() -> Response:
        words, asked = current_words(), request.args.to_dict()
        state = ComparedView.parse(asked)
        with deps.reading(patience=FILE) as conn:
            found = shown(conn, state, deps.person(), words)
        if found.refused:
            raise NotFound
        deps.note_read("export", subject="map", facts={"level": found.level, "within": found.within})
        area = found.lineage[-1]
        place = words("map.country") if area.code == COUNTRY else area.name
        hatched = [words("legend.unsure")] if any(found.layer.unsure) else []
        return map_file(
            found,
            asked.get("as", ""),
            deps.settings.home,
            words,
            title=f"{found.title}: {place}",
            name=f"ekasih-{state.view}-{area.name}-{found.layer.measure.key}",
            also=" · ".join([found.lead, *hatched]),
        )


def shown(conn: Reads, state: ComparedView, principal: Principal, words: Words) -> Shown:
    """The view that the address asks for, as the person asking may see it."""
    place = place_of(conn, state, principal)
    if state.view == MISSED:
        return missed(conn, place, words)
    if state.view == POCKETS:
        return pockets(conn, state, place, words)
    if state.view == ACCESS:
        return access(conn, place, words)
    return rates(conn, state, place, words)
