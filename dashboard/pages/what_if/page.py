"""The page of what would be: what is supposed, in fields and in words, and what would come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.components.feedback import problem, skeleton
from dashboard.components.tables import STEP
from dashboard.drilling import area_trail, drawn, map_section, paints
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.pages.what_if import files, ids, parts, saved
from dashboard.pages.what_if import view as what_if_view
from dashboard.pages.what_if.form import form
from dashboard.pages.what_if.reading import place_of, read
from dashboard.pages.what_if.targeting_view import PATH as TARGETING
from dashboard.pages.what_if.texts import sentence
from dashboard.pages.what_if.view import FIELDS, WhatIfView
from dashboard.sent.kinds import View
from layers.legends import legend
from poverty.simulation import Scenario
from queries import simulations
from registry.aid_refusals import SimulationMaking
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.pages.what_if.reading import Read
    from words import Words

PATH = what_if_view.PATH
_SWITCHED: Final = {"anak_miskin": "checked"}


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words, view = current_words(), WhatIfView.parse(query)
    settings = deps_of_request().settings
    return html.Div(
        [
            dcc.Store(id=trail_of(ids.PAGE)),
            dcc.Store(id=ids.CHANGED),
            urlstate.view_store(ids.VIEW, view),
            html.H1(words("nav.what_if")),
            html.P(words("sim.nothing_written"), className="ek-what-if-note"),
            html.P(html.A(words("sim.target_way"), href=TARGETING, **STEP)),
            form(view, words),
            html.Div(skeleton(words("frame.loading"), lines=2), id=ids.SAID, role="status", className="ek-spaced"),
            html.Div(id=ids.FIGURES),
            map_section(ids.MAP, words, legend=ids.LEGEND, title=words("sim.map"), home=settings.home),
            html.Div(id=ids.TABLE, className="ek-cleanse-flow"),
            html.Div(id=ids.MOVES, className="ek-cleanse-flow"),
            saved.saved_form(words),
        ],
        className="ek-page ek-cleanse ek-what-if",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    paints(app, ids.MAP)
    fields = [(ids.field(name), _SWITCHED.get(name, "value")) for name in FIELDS]
    # not one callback that answers what it takes: the browser would go round in it
    app.clientside_callback(
        ClientsideFunction("ekasih_what_if", "settle"),
        Output(ids.VIEW, "data"),
        Input(ids.MAP.picked, "data"),
        Input(ids.MAP.up, "data"),
        *(Input(*one) for one in fields),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_what_if", "show"), Input(ids.VIEW, "data"), *(State(*one) for one in fields)
    )
    _showing(app, deps)
    _listing(app, deps)
    saved.register(app, deps)
    files.register_files(app.server, deps)


def _showing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.SAID, "children"),
        Output(ids.FIGURES, "children"),
        Output(ids.MAP.picture, "data"),
        Output(ids.LEGEND, "children"),
        Output(ids.TABLE, "children"),
        Output(ids.field("negeri"), "data"),
        Output(trail_of(ids.PAGE), "data"),
        Input(ids.VIEW, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(view: View) -> tuple[Any, ...]:
        words, state = current_words(), WhatIfView.parse(view)
        try:
            with deps.reading() as conn:
                found = read(conn, state, deps.person(), words)
                now = simulations.lines(conn, Scenario())
                then = simulations.lines(conn, state.scenario)
        except SimulationMaking:
            told = problem(words("sim.making"), words("error.simulation_making"))
            return told, None, no_update, None, None, no_update, no_update
        states = {row["state_code"]: row["state_name"] for row in now}
        return (
            [html.P(sentence(state.scenario, states, words), className="ek-lead"), html.H2(parts.title(found, words))],
            parts.figures(found, words),
            drawn(found, words, page=ids.PAGE, home=deps.settings.home),
            legend(found.layer, words, over_map=True),
            _below(state, found, [*parts.lines_table(now, then, words)], words),
            [{"value": code, "label": name} for code, name in states.items()],
            area_trail(found, words, first="nav.what_if", address=lambda code: state.but(area=code).address(PATH)),
        )


def _below(state: WhatIfView, found: Read, lines: list[Component], words: Words) -> list[Component]:
    """The areas, the lines that would be others, and for who sees persons the ways to the lists."""
    lists = [parts.ways(state, found, words)] if found.live and found.outcomes else []
    return [*parts.areas_table(state, found, words), *lines, *lists]


def _listing(app: Dash, deps: Deps) -> None:
    @app.callback(Output(ids.MOVES, "children"), Input(ids.VIEW, "data"))
    @requires(Permission.READ_AGGREGATES)
    def listed(view: View) -> Any:
        words, state, principal = current_words(), WhatIfView.parse(view), deps.person()
        if not state.senarai or not principal.sees_persons:
            return None
        try:
            with deps.reading() as conn:
                lineage, live = place_of(conn, state, principal)
                rows = (
                    simulations.moves(
                        conn,
                        state.scenario,
                        lineage[-1].code,
                        way=state.senarai,
                        after=state.selepas,
                        most=parts.ROWS + 1,
                    )
                    if live
                    else []
                )
        except SimulationMaking:
            return None
        facts = {"list": f"what_if_{state.senarai}", "area": lineage[-1].code, "rows": len(rows)}
        deps.note_read("read", subject="worklist", facts=facts)
        return parts.moves(state, rows, words)
