"""Takes a household out of the counts from its record, and brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html, no_update

from dashboard.components.forms import SAVES
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.households import ids
from dashboard.sent.kinds import Code, Number, Seen, Text
from layers import numbers
from registry.cases.exits import exit_household, reinstate_household
from registry.errors import InvalidInput, StaleRecord
from registry.households.commands import ExitHousehold, ReinstateHousehold
from registry.households.models import EXIT_REASONS
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.households import WholeRecord
    from words import Words

_BACK = "reinstate"


def form(record: WholeRecord, words: Words) -> Component:
    """The reason and a note; for a household that has exited, why it comes back."""
    exited = record.household["exited_on"] is not None
    options = [{"value": reason, "label": words(f"exit.reason.{reason}")} for reason in EXIT_REASONS]
    if exited:
        options = [{"value": _BACK, "label": words("exit.back")}]
    message = words("exit.since", date=numbers.day(record.household["exited_on"])) if exited else words("exit.lead")
    return html.Div(
        [
            html.P(message),
            dmc.Select(
                id=ids.EXIT_REASON,
                data=options,
                value=_BACK if exited else None,
                label=words("exit.reason"),
                placeholder=words("form.choose"),
                allowDeselect=False,
            ),
            dmc.TextInput(id=ids.EXIT_NOTE, label=words("field.exit_note"), value=""),
            html.Div(id=ids.EXIT_MESSAGE, role="status"),
            dmc.Button(words("exit.undo" if exited else "exit.do"), id=ids.EXIT_SAVE, variant="light"),
        ],
        **SAVES,
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the exit onto ``app``."""

    @app.callback(
        Output(ids.EXITED, "data"),
        Output(ids.EXIT_MESSAGE, "children"),
        Input(ids.EXIT_SAVE, "n_clicks"),
        State(ids.EXIT_REASON, "value"),
        State(ids.EXIT_NOTE, "value"),
        State(ids.HOUSEHOLD, "data"),
        State(ids.LOADED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.CLEANSE)
    def leave(
        clicks: Number | None,
        reason: Code | None,
        note: Text | None,
        household_id: Number | None,
        loaded: Seen | None,
    ) -> tuple[object, object]:
        if not clicks or household_id is None or not loaded:
            return no_update, no_update
        words, at = current_words(), {"household_id": household_id, "version": loaded.version}
        try:
            with deps.writing() as session:
                if reason == _BACK:
                    saved = reinstate_household(session, ReinstateHousehold(**at, note=note or ""))
                else:
                    saved = exit_household(session, ExitHousehold(**at, reason=reason or "", note=note))
        except InvalidInput:
            return no_update, html.P(words("exit.incomplete"), className="ek-agreement is-far", role="alert")
        except StaleRecord:
            return no_update, html.P(words("error.stale"), className="ek-agreement is-far", role="alert")
        return {"version": saved.version}, None
