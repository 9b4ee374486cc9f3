"""Visits to the sites of projects: the sites that are taken along, and the form that works without a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.projects import ids, site_sending
from dashboard.pages.projects.parts import PATH, SITES_PATH, known_number
from dashboard.pages.projects.site_shape import taken_along
from dashboard.sent.kinds import Code
from queries import projects
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps

__all__ = ["SITES_PATH", "layout", "register"]


def layout(projek: object = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.projects"), "href": PATH}, {"label": words("site.title")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("projects-sites"), data=trail),
            dcc.Store(id=ids.SITE_ASKED, data=known_number(str(projek)) or ""),
            dcc.Store(id=ids.SITES),
            dcc.Store(id=ids.SITES_DRAWN),
            html.Div(skeleton(words("project.loading"), block=True, lines=6), id=ids.SITES_LOADED),
            html.Div(id="visits-host", className="ek-drawn ek-visits", **SAVES),
        ],
        className="ek-page ek-cases",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks, and the route that takes what it sends, onto ``app``."""
    site_sending.register(app.server, deps)
    app.clientside_callback(
        ClientsideFunction("ekasih_sites", "draw"), Output(ids.SITES_DRAWN, "data"), Input(ids.SITES, "data")
    )

    @app.callback(Output(ids.SITES, "data"), Output(ids.SITES_LOADED, "children"), Input(ids.SITE_ASKED, "data"))
    @requires(Permission.OPEN_PROJECTS)
    def take_along(asked: Code) -> tuple[Any, Any]:
        words, opened = current_words(), known_number(asked)
        with deps.reading() as conn:
            found = projects.sites(conn)
            if opened and all(row["number"] != opened for row in found):
                found = [*(row for row in projects.sites(conn, number=opened) if row["own"]), *found]
        deps.note_read("read", subject="project", facts={"list": "sites", "rows": len(found)})
        return taken_along(found, deps.person(), words, opened=opened), None
