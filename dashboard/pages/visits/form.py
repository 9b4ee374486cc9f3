"""The visit form on screen: hands it to the browser, which draws it, keeps it on the device and sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import ClientsideFunction, Dash, Input, Output, dcc, html, no_update

from dashboard.casework import ROUND_PATH
from dashboard.components.detail_page import number_in
from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.visits import ids, sending
from dashboard.pages.visits.shape import shape_of
from dashboard.sent.kinds import Number
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps

PATH: Final = "/lawatan/<case_id>"


def layout(case_id: object = None, **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.CASE, data=number_in(case_id)),
            dcc.Store(id=ids.SHAPE),
            dcc.Store(id=ids.DRAWN),
            dcc.Store(id=trail_of("visits-one"), data=[]),
            html.Div(skeleton(words("case.loading"), block=True), id=ids.LOADED),
            html.Div(id=ids.HOST, className="ek-drawn ek-visits", **SAVES),
        ],
        className="ek-page ek-cases",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks, and the routes that take what it sends, onto ``app``."""
    sending.register(app.server, deps)
    app.clientside_callback(
        ClientsideFunction("ekasih_visits", "draw"), Output(ids.DRAWN, "data"), Input(ids.SHAPE, "data")
    )

    @app.callback(
        Output(ids.SHAPE, "data"),
        Output(ids.LOADED, "children"),
        Output(trail_of("visits-one"), "data"),
        Input(ids.CASE, "data"),
    )
    @requires(Permission.VISIT)
    def give_form(case_id: Number | None) -> tuple[object, object, object]:
        words, principal = current_words(), deps.person()
        shape = None
        if case_id is not None:
            with deps.reading() as conn:
                shape = shape_of(conn, case_id, principal, words)
        if shape is None:
            return None, html.P(words("case.not_found")), no_update
        deps.note_read("read", subject="case", subject_id=case_id)
        trail = [{"label": words("nav.visits"), "href": ROUND_PATH}, {"label": shape["number"]}]
        return shape, None, trail
