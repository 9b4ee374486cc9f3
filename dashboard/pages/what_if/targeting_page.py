"""The page of whom the conditions of a programme or target group would reach; exact, for who sees the persons alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import Dash, Input, Output, dcc, html
from flask import Response, request

from dashboard import urlstate
from dashboard.areas import COUNTRY
from dashboard.components.feedback import empty, skeleton
from dashboard.components.tables import STEP
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.household.texts import today
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.what_if import targeting_parts as parts
from dashboard.pages.what_if.targeting_reading import read
from dashboard.pages.what_if.targeting_view import PATH, TargetingView
from dashboard.pages.what_if.view import PATH as SUPPOSING
from dashboard.sent.kinds import View
from layers.footnote import footnote
from registry.db import FILE
from registry.principals import Permission
from reports.spreadsheet import csv_file

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask

    from dashboard.deps import Deps
    from dashboard.pages.what_if.targeting_reading import Reached
    from words import Words

TITLE: Final = "nav.targeting"
_VIEW, _BODY = "targeting-view", "targeting-body"


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("targeting")),
            urlstate.view_store(_VIEW, TargetingView.parse(query)),
            html.H1(words(TITLE)),
            html.P(words("sim.nothing_written"), className="ek-what-if-note"),
            html.P(html.A(words("sim.target_back"), href=SUPPOSING, **STEP)),
            html.Div(skeleton(words("frame.loading"), lines=6), id=_BODY, className="ek-cleanse-flow"),
        ],
        className="ek-page ek-cleanse ek-what-if",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, _VIEW)
    _register_file(app.server, deps)

    @app.callback(Output(_BODY, "children"), Output(trail_of("targeting"), "data"), Input(_VIEW, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(view: View) -> tuple[object, ...]:
        words, principal = current_words(), deps.person()
        trail: list[dict[str, str]] = [{"label": words(TITLE)}]
        if not principal.sees_persons:
            return empty(words("sim.target_persons_only"), words("sim.target_persons_only_hint")), trail
        state = TargetingView.parse(view)
        with deps.reading() as conn:
            found = read(conn, state, principal, today(), words)
        return [parts.form(found, words), *parts.answer(found, words)], [*trail, *_lineage(found, words)]


def _lineage(found: Reached, words: Words) -> list[dict[str, str]]:
    """The areas down to the one looked at, which leads nowhere."""
    steps = [
        {
            "label": words("map.country") if area.code == COUNTRY else area.name,
            "href": found.view.but(area=area.code).address(PATH),
        }
        for area in found.lineage
    ]
    steps[-1].pop("href")
    return steps


def _register_file(server: Flask, deps: Deps) -> None:
    @server.get(parts.ROUTE)
    @requires(Permission.READ_PERSONS)
    @limited(DOWNLOADS)
    def targeting_file() -> Response:
        words, state = current_words(), TargetingView.parse(request.args.to_dict())
        with deps.reading(patience=FILE) as conn:
            found = read(conn, state, deps.person(), today(), words)
        deps.note_read("export", subject="targeting", facts={"within": found.area.code, "chosen": state.chosen})
        notes = [[note] for note in (*parts.notes_of(found, words), *footnote(found.source, words))]
        content = csv_file(parts.head(words, state), [*parts.written(found), [], *notes])
        answer = Response(content, mimetype="text/csv")
        answer.headers["Content-Disposition"] = f'attachment; filename="ekasih-sasaran-{found.area.code}.csv"'
        return answer
