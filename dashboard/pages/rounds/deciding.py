"""The decision on one household of a round: what was frozen beside today, and the presses that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard.acting import answered, pressed
from dashboard.components.detail_page import done, number_in
from dashboard.components.forms import SAVES
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.rounds import ids, view
from dashboard.pages.rounds.parts import refused, tags
from dashboard.sent.kinds import Clicks, Code, Text
from layers import numbers
from queries import rounds
from registry.principals import Permission
from registry.rounds.rounds import DecideRound, decide_round, keep_unmarked

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.rounds import RoundHouseholdRow, RoundNowRow
    from words import Words

_LONGEST: Final = 1_000
_ALL: Final = "semua"


def register(app: Dash, deps: Deps) -> None:
    """Wire the callbacks of the decision onto ``app``."""

    @app.callback(Output(ids.PANEL, "children"), Input(ids.CHOSEN, "data"), State(ids.NUMBER, "data"))
    @requires(Permission.CHECK_AID)
    def show_panel(chosen: Code | None, number: Code | None) -> object:
        household, words = number_in(chosen), current_words()
        if household is None or not number:
            return None
        with deps.reading() as conn:
            row = rounds.household(conn, number, household)
            now = rounds.now(conn, number, [household]) if row else {}
        return _panel(row, now.get(household), words) if row else None

    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.SAID, "children"),
        Input({"type": ids.DECIDE_TYPE, "decision": ALL}, "n_clicks"),
        State({"type": ids.REASON, "name": ALL}, "value"),
        State(ids.CHOSEN, "data"),
        State(ids.NUMBER, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.CHECK_AID)
    def decide(
        clicks: Clicks, reasons: list[Text | None], chosen: Code | None, number: Code | None
    ) -> tuple[object, object]:
        asked, words, household = pressed(), current_words(), number_in(chosen)
        if asked is None or not number or (household is None and asked["decision"] != _ALL):
            return no_update, no_update
        decision = str(asked["decision"])
        reason = str(next(iter(reasons), "") or "")[:_LONGEST]

        def act(session: Writes) -> dict[str, object]:
            if decision == _ALL:
                return {"kept": keep_unmarked(session, number)}
            command = DecideRound(number=number, household_id=household or 0, decision=decision, reason=reason)
            return {"decision": decide_round(session, command)}

        def message(result: dict[str, Any]) -> Component:
            if "kept" in result:
                return done(words.n("round.kept", int(result["kept"])))
            return done(words(f"round.did_{result['decision']}"))

        return answered(
            deps,
            f"round {number} {household} {decision} {sum(click or 0 for click in clicks)} {len(reason)}",
            act,
            message=message,
            refused=lambda error: refused(error, words),
        )


def _panel(row: RoundHouseholdRow, now: RoundNowRow | None, words: Words) -> Component:
    second = row["decision"] is not None
    facts = [
        (words("round.frozen"), [words(f"status.{row['status']}"), " ", *tags(row["findings"], words)]),
        (words("round.today"), view.changes(row, now, words)),
        (words("round.why"), words("round.why_claim" if row["claimed"] else "round.why_application")),
        (words("round.last_visit"), numbers.day(row["last_visit_on"])),
    ]
    if second:
        facts.append((words("round.proposed"), f"{row['reason']} ({row['decided_by'] or ''})"))
    listed = html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="ek-case-facts")
    presses = ("sahkan", "tolak") if second else ("kekal", "gugur", "siasat")
    reason = dmc.Textarea(
        id={"type": ids.REASON, "name": "reason"}, label=words("round.reason"), value="", autosize=True, minRows=2,
        description=words("round.reason_second" if second else "round.reason_hint"),
        attributes={"input": {"maxLength": _LONGEST}},
    )  # fmt: skip
    buttons = [_button(decision, words, main=decision in {"kekal", "sahkan"}) for decision in presses]
    note = [html.P(words("round.own_proposal"), className="ek-footnote")] if second and row["own"] else []
    return html.Section(
        [
            html.H2(words("round.decide_on", name=row["head_name"], number=row["file_no"])),
            listed,
            *note,
            html.Div([reason, html.Div(buttons, className="ek-actions")], className="ek-column-form", **SAVES),
        ],
        className="ek-panel",
    )


def _button(decision: str, words: Words, *, main: bool) -> Component:
    return html.Button(
        words(f"round.press_{decision}"),
        id=ids.decide(decision),
        type="button",
        className="ek-button ek-button-main" if main else "ek-button",
        n_clicks=0,
    )
