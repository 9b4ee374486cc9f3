"""Opens reviews for the households that are ticked among those found, where who looks may hand out work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State, html, no_update

from dashboard.guards import may, requires
from dashboard.household.reviewing import opened_message
from dashboard.i18n import current_words
from dashboard.pages.households import ids
from dashboard.sent.kinds import Ends, Number
from registry.cases.exits import open_reviews
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words


def button(words: Words) -> list[Component]:
    """Opens reviews for the ticked rows; none for who may not."""
    hidden = not may(Permission.ASSIGN)
    label = words("search.review_ticked")
    return [html.Button(label, id=ids.REVIEW, type="button", className="ek-button", n_clicks=0, hidden=hidden)]


def register(app: Dash, deps: Deps) -> None:
    """Wire the button onto ``app``."""

    @app.callback(
        Output(ids.REVIEWED, "children"),
        Input(ids.REVIEW, "n_clicks"),
        State(ids.TICKED, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.REVIEW, "disabled"), True, False)],
    )
    @requires(Permission.ASSIGN)
    def review(clicks: Number | None, ticked: Ends | None) -> object:
        if not clicks:
            return no_update
        words = current_words()
        if not ticked:
            return html.P(words("search.tick_first"))
        with deps.writing() as session:
            opened = open_reviews(session, ticked)
        return opened_message(opened, words, none="search.review_none")
