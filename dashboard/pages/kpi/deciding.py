"""Targets proposed from inside the own state, on the KPI page of the areas that they are of, and their decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard import acting
from dashboard.areas import COUNTRY
from dashboard.components.forms import SAVES
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.kpi import ids
from dashboard.proposed_targets import decided, known, proposal
from dashboard.sent.kinds import Clicks, Fields
from queries import kpi
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from registry.principals import Principal
    from words import Words

_BUTTON: Final = {"type": ids.DECIDE, "act": ALL, "proposal": ALL}
_ANSWER: Final = {"type": ids.DECIDE_ANSWER, "of": ALL}


def deciding(conn: Reads, area: str, principal: Principal, words: Words) -> list[Component]:
    """What waits for who is asking in an area and inside it; nothing where nothing does."""
    # who administers decides among the settings
    if not principal.may(Permission.DECIDE_TARGETS) or principal.may(Permission.ADMINISTER):
        return []
    of_others = [row for row in kpi.proposals(conn) if row["proposed_by"] != principal.user_id]
    waiting = [row for row in of_others if area == COUNTRY or row["area_code"].startswith(area)]
    if not waiting:
        return []
    about, me = known(conn, words), principal.user_id
    answer = dmc.TextInput(
        id={"type": ids.DECIDE_ANSWER, "of": "answer"},
        label=words("target.answer"),
        value="",
        attributes={"input": {"autoComplete": "off", "maxLength": 300}},
    )
    parts = [
        html.H2(words("propose.decide_title"), id="cadangan"),
        html.P(words("propose.decide_lead"), className="ek-kpi-note"),
        *(proposal(row, about, me=me, button=ids.DECIDE, words=words, heading=html.H3) for row in waiting),
        answer,
    ]
    return [html.Section(parts, className="ek-panel ek-kpi-propose", **SAVES)]


def register(app: Dash, deps: Deps) -> None:
    """Wire the decisions onto ``app``."""

    @app.callback(
        Output(ids.DECIDE_MESSAGE, "children"),
        Output(ids.DECIDED, "data"),
        Output(_ANSWER, "error"),
        Input(_BUTTON, "n_clicks"),
        State(_ANSWER, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.DECIDE_TARGETS)
    def decide(_clicks: Clicks, answers: Fields) -> tuple[Any, Any, list[Any]]:
        button = acting.pressed()
        if button is None:
            return no_update, no_update, [None] * len(answers)
        told, mark, missing = decided(deps, button, str(next(iter(answers), None) or ""), current_words())
        return told, mark, [missing] * len(answers)
