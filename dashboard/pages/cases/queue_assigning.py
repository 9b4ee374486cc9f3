"""Gives the cases that are ticked in the queue to an officer, for who may hand out work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html, no_update

from dashboard.casework import assigned_message, read_case
from dashboard.components.forms import SAVES
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.cases import ids
from dashboard.sent.kinds import Codes, Number
from queries import cases
from registry.principals import Permission
from registry.visits.visits import AssignCases, NothingChosen, assign_cases

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words


def section(words: Words) -> Component:
    """The officer to choose, the button and what came of it; hidden until rows are ticked."""
    officer = dmc.Select(
        id=ids.OFFICER,
        label=words("case.officer"),
        data=[],
        searchable=True,
        clearable=True,
        placeholder=words("form.choose"),
        nothingFoundMessage=words("form.no_match"),
        clearButtonProps={"aria-label": words("form.clear"), "tabIndex": -1},
        className="ek-visits-choice",
    )
    button = html.Button(words("case.assign_ticked"), id=ids.ASSIGN, type="button", className="ek-button", n_clicks=0)
    return html.Div(
        [
            html.Div([officer, button], id=ids.ASSIGNING, className="ek-visits-assign", hidden=True, **SAVES),
            html.Div(id=ids.ASSIGNED_MESSAGE, role="status"),
        ]
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the officers and the button onto ``app``."""

    @app.callback(
        Output(ids.OFFICER, "data"),
        Output(ids.ASSIGNING, "hidden"),
        Input(ids.TICKED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_PERSONS)
    def offer_officers(ticked: Codes | None) -> tuple[list[dict[str, str]], bool]:
        chosen = _cases(ticked)
        if not chosen or not may(Permission.ASSIGN):
            return [], True
        with deps.reading() as conn:
            districts = sorted({row["district_code"] for row in cases.of_numbers(conn, [case for case, _ in chosen])})
            lists = [cases.officers(conn, district) for district in districts]
        named = {row["user_id"]: row["display_name"] for found in lists for row in found}
        # who may take all of them
        able = set(named).intersection(*({row["user_id"] for row in found} for found in lists))
        return [{"value": str(user), "label": name} for user, name in named.items() if user in able], False

    @app.callback(
        Output(ids.ASSIGNED, "data"),
        Output(ids.ASSIGNED_MESSAGE, "children"),
        Input(ids.ASSIGN, "n_clicks"),
        State(ids.TICKED, "data"),
        State(ids.OFFICER, "value"),
        running=[(Output(ids.ASSIGN, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    @requires(Permission.ASSIGN)
    def assign(clicks: Number | None, ticked: Codes | None, officer: Number | None) -> tuple[object, object]:
        if not clicks:
            return no_update, no_update
        words = current_words()
        try:
            with deps.writing() as session:
                done = assign_cases(session, AssignCases(cases=_cases(ticked), officer=officer))
        except NothingChosen:
            return no_update, html.P(words("error.visit_nothing_chosen"), className="ek-case-problem")
        return clicks, assigned_message(done, words)


def _cases(ticked: list[str] | None) -> list[tuple[int, int]]:
    """The cases that are ticked, each at the version that the row showed."""
    return [pair for value in ticked or [] if (pair := read_case(value)) is not None]
