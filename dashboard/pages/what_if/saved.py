"""Scenarios that were named: kept, opened again, dropped, and up to four of them side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard.acting import mark, pressed
from dashboard.components.forms import SAVES
from dashboard.components.tables import STEP, ruled
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.what_if import ids
from dashboard.pages.what_if.reading import outcomes_of, place_of
from dashboard.pages.what_if.texts import sentence
from dashboard.pages.what_if.view import PATH, WhatIfView
from dashboard.sent.kinds import Clicks, Number, Scalar, Text, View, whole_number
from layers import numbers
from poverty.simulation import Scenario, total
from queries import simulations
from registry.aid_refusals import SimulationMaking
from registry.errors import InvalidInput
from registry.principals import Permission
from registry.simulations.saving import LONGEST_NAME, Keep, drop_simulation, keep_simulation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from queries.row_types.simulations import SimulationRow
    from registry.principals import Principal
    from words import Words

MOST: Final = 4
_COLUMNS: Final = ("scenario", "supposed", "before", "after", "in", "out", "gap", "paid")
_SHOWN: Final = {"senarai": "", "selepas": 0, "banding": ""}
"""What of the page is no part of a scenario."""


def saved_form(words: Words) -> Component:
    """Where a scenario is named, and what was named."""
    form = html.Div(
        [
            dmc.TextInput(
                id=ids.NAME, label=words("sim.name"), value="", attributes={"input": {"maxLength": LONGEST_NAME}}
            ),
            dmc.Switch(id=ids.SHARED, label=words("sim.shared"), checked=False),
            html.Button(words("sim.save"), id=ids.SAVE, type="button", className="ek-button ek-button-main"),
        ],
        className="ek-what-if-save",
        **SAVES,
    )
    return html.Section(
        [html.H2(words("sim.saved")), form, html.Div(id=ids.MESSAGE, role="status"), html.Div(id=ids.SAVED)],
        className="ek-cleanse-flow",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire scenarios that are named onto ``app``."""

    @app.callback(Output(ids.SAVED, "children"), Input(ids.VIEW, "data"), Input(ids.CHANGED, "data"))
    @requires(Permission.READ_AGGREGATES)
    def saved(view: View, _changed: object) -> Any:
        words, state, principal = current_words(), WhatIfView.parse(view), deps.person()
        with deps.reading() as conn:
            rows = simulations.saved(conn)
            chosen = [row for row in rows if row["id"] in state.compared][:MOST]
            try:
                beside = _compared(conn, chosen, state, principal, words) if len(chosen) > 1 else []
            except SimulationMaking:
                beside = [html.P(words("error.simulation_making"))]
        return [*_list(rows, state, words), *beside]

    @app.callback(
        Output(ids.MESSAGE, "children"),
        Output(ids.CHANGED, "data"),
        Input(ids.SAVE, "n_clicks"),
        Input({"type": ids.DROP_TYPE, "number": ALL}, "n_clicks"),
        State(ids.NAME, "value"),
        State(ids.SHARED, "checked"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def keep(_save: Number | None, _drops: Clicks, name: Text | None, shared: Scalar, view: View) -> Any:
        words, button = current_words(), pressed()
        if button is None:
            return no_update, no_update
        if button != ids.SAVE:
            with deps.writing() as session:
                drop_simulation(session, whole_number(button["number"]))
            return words("sim.dropped"), mark()
        state = WhatIfView.parse(view).but(**_SHOWN)
        try:
            with deps.writing() as session:
                keep_simulation(session, Keep(name or "", state.query(), state.area or "MY", shared=bool(shared)))
        except InvalidInput as refusal:
            return words(f"problem.{refusal.problems['name']}"), no_update
        return words("sim.kept"), mark()


def _list(rows: Sequence[SimulationRow], state: WhatIfView, words: Words) -> list[Component]:
    if not rows:
        return [html.P(words("sim.saved_none"), className="ek-footnote")]
    head = [words(f"sim.column_{name}") for name in ("scenario", "made_by", "made_on", "shared", "do")]
    table = [
        [
            html.A(row["name"], href=WhatIfView.parse(row["asked"]).address(PATH), **STEP),
            row["made_by_name"],
            numbers.day(row["made_at"]),
            words("sim.is_shared" if row["shared"] else "sim.is_own"),
            html.Div(
                [_beside(row, state, words), *([_drop(row, words)] if row["own"] else [])], className="ek-actions"
            ),
        ]
        for row in rows
    ]
    return [ruled(head, table, label=words("sim.saved"), named=True)]


def _beside(row: SimulationRow, state: WhatIfView, words: Words) -> Component:
    """Puts a scenario beside the others, or takes it away again."""
    taken = row["id"] in state.compared
    others = [number for number in state.compared if number != row["id"]]
    chosen = others if taken else [*others, row["id"]][-MOST:]
    address = state.but(banding="-".join(map(str, chosen))).address(PATH)
    link: Component = html.A(
        words("sim.not_beside" if taken else "sim.beside", name=row["name"]),
        href=address,
        className="ek-button",
        **STEP,
    )
    return link


def _drop(row: SimulationRow, words: Words) -> Component:
    return html.Button(
        words("sim.drop", name=row["name"]),
        id={"type": ids.DROP_TYPE, "number": str(row["id"])},
        type="button",
        className="ek-button",
    )


def _compared(
    conn: Reads, chosen: Sequence[SimulationRow], state: WhatIfView, principal: Principal, words: Words
) -> list[Component]:
    """What would come of each scenario in the area looked at, one below the other."""
    lineage, live = place_of(conn, state, principal)
    states: Mapping[str, str] = {row["state_code"]: row["state_name"] for row in simulations.lines(conn, Scenario())}
    table = []
    for row in chosen:
        scenario = WhatIfView.parse(row["asked"]).scenario
        found, _month = outcomes_of(conn, scenario, lineage[-1].code, live=live)
        whole = total(found.values())
        table.append([
            row["name"],
            sentence(scenario, states, words),
            numbers.count(whole.poor(after=False)),
            numbers.count(whole.poor(after=True)),
            numbers.count(whole.entering),
            numbers.count(whole.leaving),
            numbers.money(whole.gap_after_rm - whole.gap_before_rm, sen=False),
            numbers.money(whole.paid_rm, sen=False),
        ])  # fmt: skip
    title = words("sim.compared", area=words("map.country") if lineage[-1].code == "MY" else lineage[-1].name)
    head = [words(f"sim.column_{name}") for name in _COLUMNS]
    return [html.H3(title), ruled(head, table, label=title, named=True)]
