"""The targets that wait on the page of settings: what they would do, and their approval by somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard import acting
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.administration import ids
from dashboard.proposed_targets import decided, known, proposal
from dashboard.sent.kinds import Clicks, Text
from queries import kpi
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

_BUTTON: Final = {"type": ids.PROPOSAL_TYPE, "act": ALL, "proposal": ALL}


def section(words: Words) -> Component:
    """The proposals that wait, and what is answered to them."""
    return html.Div(
        [
            html.H3(words("target.waiting_title")),
            html.Div(id=ids.PROPOSALS),
            dmc.TextInput(
                id=ids.PROPOSAL_ANSWER,
                label=words("target.answer"),
                value="",
                attributes={"input": {"autoComplete": "off", "maxLength": 300}},
            ),
            html.Div(id=ids.PROPOSAL_MESSAGE, role="status"),
        ],
        className="ek-admin-waiting",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the proposals onto ``app``."""

    @app.callback(
        Output(ids.PROPOSALS, "children"), Input(ids.TARGETS_SAVED, "data"), Input(ids.PROPOSAL_DECIDED, "data")
    )
    @requires(Permission.ADMINISTER)
    def show_proposals(_saved: object, _decided: object) -> object:
        words = current_words()
        with deps.reading() as conn:
            waiting = kpi.proposals(conn)
            about = known(conn, words)
        me = deps.person().user_id
        if not waiting:
            return html.P(words("target.none_waiting"))
        return [proposal(row, about, me=me, button=ids.PROPOSAL_TYPE, words=words) for row in waiting]

    @app.callback(
        Output(ids.PROPOSAL_MESSAGE, "children"),
        Output(ids.PROPOSAL_DECIDED, "data"),
        Output(ids.PROPOSAL_ANSWER, "error"),
        Input(_BUTTON, "n_clicks"),
        State(ids.PROPOSAL_ANSWER, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def decide(_clicks: Clicks, answer: Text | None) -> tuple[Any, Any, Any]:
        button, words = acting.pressed(), current_words()
        return (no_update, no_update, None) if button is None else decided(deps, button, answer or "", words)
