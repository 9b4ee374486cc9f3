"""The page of visits: one's own round in its order, and for who leads, the cases that wait for an officer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import dcc, html

from dashboard.casework import ROUND_PATH
from dashboard.components.feedback import empty
from dashboard.frame_ids import trail_of
from dashboard.guards import may
from dashboard.i18n import current_words
from dashboard.pages.visits import assigning, ids, round_file, round_of_day
from registry.principals import Permission

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.deps import Deps

PATH: Final = ROUND_PATH


def layout(**_query: object) -> Component:
    """The page's skeleton, with what the person asking has to do with visits; reads no database."""
    words = current_words()
    parts = [
        *([round_of_day.section(words)] if may(Permission.VISIT) else []),
        *([assigning.section(words)] if may(Permission.ASSIGN) else []),
    ]
    if not parts:
        parts = [empty(words("visit.nothing_for_you"), words("visit.nothing_for_you_note"))]
    return html.Div(
        [
            dcc.Store(id=trail_of("visits"), data=[{"label": words("nav.visits")}]),
            dcc.Store(id=ids.OPENED, data=1),
            html.H1(words("nav.visits")),
            *parts,
        ],
        className="ek-page ek-households ek-cases ek-visits-page",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    round_of_day.register(app, deps)
    round_file.register(app, deps)
    assigning.register(app, deps)
