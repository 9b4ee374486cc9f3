"""The mark of a protected place on a record: whether it is set, and the press that sets it or takes it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard.acting import pressed
from dashboard.components.detail_page import done, sentence
from dashboard.components.forms import SAVES
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.households import ids
from dashboard.sent.kinds import Clicks, Number, Text
from registry.aid.protecting import ProtectPlace, protect_place
from registry.errors import DatabaseAway, RegistryError
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words


def card(words: Words, *, protected: bool) -> Component:
    """Whether the place is protected, with the form of who may say so."""
    return html.Div(
        [
            html.Div(_body(words, protected=protected), id=ids.PROTECTED),
            html.Div(id=ids.PROTECT_MESSAGE, role="status"),
        ]
    )


def _body(words: Words, *, protected: bool) -> list[Any]:
    state = "protected" if protected else "open"
    said = html.P(words(f"protect.is_{state}"), className="ek-agreement is-far" if protected else "ek-footnote")
    if not may(Permission.SETTLE_AID):
        return [said]
    act = "unprotect" if protected else "protect"
    reason = dmc.Textarea(
        id=ids.PROTECT_REASON,
        label=words("protect.reason"),
        attributes={"input": {"maxLength": 500}},
        autosize=True,
        minRows=1,
        value="",
    )
    button = html.Button(
        words(f"protect.act_{act}"),
        id={"type": ids.PROTECT, "act": act},
        type="button",
        className="ek-button",
        n_clicks=0,
    )
    return [said, html.Div([reason, html.Div(button, className="ek-actions")], className="ek-column-form", **SAVES)]


def register(app: Dash, deps: Deps) -> None:
    """Wire the callback of the mark onto ``app``."""

    @app.callback(
        Output(ids.PROTECTED, "children"),
        Output(ids.PROTECT_MESSAGE, "children"),
        Input({"type": ids.PROTECT, "act": ALL}, "n_clicks"),
        State(ids.PROTECT_REASON, "value"),
        State(ids.HOUSEHOLD, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.SETTLE_AID)
    def protect(_clicks: Clicks, reason: Text | None, household_id: Number | None) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None or household_id is None:
            return no_update, no_update
        wanted = asked["act"] == "protect"
        command = ProtectPlace(household_id=household_id, protect=wanted, reason=reason or "")
        try:
            with deps.writing() as session:
                protect_place(session, command)
        except DatabaseAway:
            raise
        except RegistryError as error:
            refusal = html.P(sentence(error.key, error.values, words), className="ek-refused", role="alert")
            return no_update, refusal
        return _body(words, protected=wanted), done(words("protect.did_protect" if wanted else "protect.did_unprotect"))
