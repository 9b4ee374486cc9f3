"""Opens reviews for the households that are due, from their worklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import Dash, Input, Output, State, html, no_update

from dashboard.guards import requires
from dashboard.household.reviewing import opened_message
from dashboard.i18n import current_words
from dashboard.pages.tasks import ids
from dashboard.sent.kinds import Ends, Number, View
from queries import worklists
from registry.cases.exits import open_reviews
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from registry.principals import Principal
    from words import Words

_AT_ONCE: Final = 100
_SOUGHT: Final = 1_000


def button(words: Words) -> Component:
    """Opens reviews; hidden until the list and who is asking are known."""
    return html.Button(words("tasks.review"), id=ids.REVIEW, className="ek-button", n_clicks=0, hidden=True)


def offered(name: str, who: Principal) -> bool:
    """Whether reviews can be opened from a list by somebody."""
    return name == "due" and who.may(Permission.ASSIGN)


def register(app: Dash, deps: Deps) -> None:
    """Wire the button onto ``app``."""

    @app.callback(
        Output(ids.REVIEWED, "data"),
        Output(ids.MESSAGE, "children"),
        Input(ids.REVIEW, "n_clicks"),
        State(ids.VIEW, "data"),
        State(ids.TICKED, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.REVIEW, "disabled"), True, False)],
    )
    @requires(Permission.ASSIGN)
    def review(clicks: Number | None, view: View, ticked: Ends | None) -> tuple[object, object]:
        if not clicks:
            return no_update, no_update
        if ticked:
            with deps.writing() as session:
                return clicks, opened_message(open_reviews(session, ticked), current_words())
        with deps.writing() as session:
            found, _total = worklists.page(
                session.connection(), "due", district=str(view.get("in") or "") or None, limit=_SOUGHT
            )
            unseen = [row["household_id"] for row in found if not row["case_open"]]
            opened = open_reviews(session, unseen[:_AT_ONCE])
        return clicks, opened_message(opened, current_words())
