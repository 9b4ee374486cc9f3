"""Why not? On a record: every programme that is open, with the conditions that the household does not meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.guards import requires
from dashboard.household import texts
from dashboard.household.conditions import standings
from dashboard.household.given import name_of
from dashboard.i18n import current_words
from dashboard.pages.households import ids
from dashboard.sent.kinds import Number
from queries import households
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.household.conditions import Standing
    from words import Words


def question(words: Words) -> Component:
    """The button, and the place of its answer."""
    return html.Div(
        [
            html.P(words("programme.why_lead"), className="ek-footnote"),
            html.Button(
                words("programme.why_button"), id=ids.WHY_NOT, type="button", className="ek-button", n_clicks=0
            ),
            html.Div(id=ids.WHY_NOT_ANSWER, role="status"),
        ],
        className="ek-why-not",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the callback of the question onto ``app``."""

    @app.callback(
        Output(ids.WHY_NOT_ANSWER, "children"),
        Input(ids.WHY_NOT, "n_clicks"),
        State(ids.HOUSEHOLD, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_PERSONS)
    def why_not(clicks: Number | None, household_id: Number | None) -> object:
        if not clicks or household_id is None:
            return no_update
        words = current_words()
        with deps.reading() as conn:
            record = households.record(conn, household_id)
            members = households.members(conn, household_id) if record is not None else []
            if not members:
                return html.P(words("error.not_found"))
            found = standings(conn, household_id, members, texts.today(), words)
        if not found:
            return html.P(words("programme.why_none"), className="ek-none")
        met_first = sorted(found, key=lambda one: len(one.failing) > 0)
        return html.Ul([html.Li(_item(one, words)) for one in met_first], className="ek-programme-list")


def _item(one: Standing, words: Words) -> list[Component]:
    name = name_of(one.programme, "programme", words)
    agency = name_of(one.programme, "agency", words)
    head = html.P(
        [
            dcc.Link(name, href=f"/program-bantuan/{one.programme['programme_id']}"),
            html.Small(" · ".join(part for part in (agency, one.member) if part)),
        ]
    )
    if not one.failing:
        return [head, html.P(words("programme.why_meets"), className="ek-tag")]
    return [head, html.Ul([html.Li(text) for text in one.failing])]
