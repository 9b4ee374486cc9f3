"""The mukim that a record's own point proposes, and the button that declares it."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.households import ids
from dashboard.pages.households.messages import saved_message
from dashboard.pages.households.rights import may_edit_at_once
from dashboard.sent.kinds import Code, Number, Seen
from registry.errors import StaleRecord
from registry.households.proposing import AcceptMukim, accept_mukim
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.households import RecordRow
    from registry.errors import RegistryError
    from words import Words


def proposal(household: RecordRow, words: Words) -> list[Component]:
    """Which mukim the point lies in, that its boundary is approximate, and the way to declare it; else nothing."""
    mukim, code = household["proposed_mukim_name"], household["proposed_mukim_code"]
    if mukim is None or code is None:
        return []
    kind = "approximate" if household["proposed_approximate"] else "known"
    parts: list[Component] = [html.P(words(f"mukim.proposed_{kind}", mukim=mukim))]
    if may_edit_at_once():
        parts += [
            dcc.Store(id=ids.MUKIM_OFFERED, data=code),
            html.Button(words("mukim.accept", mukim=mukim), id=ids.MUKIM_ACCEPT, className="ek-button", n_clicks=0),
        ]
    return [html.Div(parts, className="ek-agreement is-near ek-place-mukim")]


def register(app: Dash, deps: Deps) -> None:
    """Wire the button onto ``app``."""

    @app.callback(
        Output(ids.MUKIM_ACCEPTED, "data"),
        Output(ids.MUKIM_MESSAGE, "children"),
        Input(ids.MUKIM_ACCEPT, "n_clicks"),
        State(ids.MUKIM_OFFERED, "data"),
        State(ids.HOUSEHOLD, "data"),
        State(ids.LOADED, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.MUKIM_ACCEPT, "disabled"), True, False)],
    )
    @requires(Permission.EDIT_HOUSEHOLDS)
    def accept(
        clicks: Number | None, mukim: Code | None, household_id: Number | None, loaded: Seen | None
    ) -> tuple[object, object]:
        if not clicks or not mukim or household_id is None or not loaded:
            return no_update, no_update
        words = current_words()
        command = AcceptMukim(household_id=household_id, version=loaded.version, mukim_code=mukim)
        return answered(
            deps,
            secrets.token_hex(16),
            lambda session: asdict(accept_mukim(session, command)),
            message=lambda done: saved_message(done, words),
            refused=lambda error: _refused(error, words),
        )


def _refused(error: RegistryError, words: Words) -> Component:
    key = "error.stale" if isinstance(error, StaleRecord) else "problem.mukim_not_proposed"
    return html.P(words(key), className="ek-agreement is-far", role="alert")
