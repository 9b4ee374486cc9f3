"""The cases that wait for an officer, by mukim, and giving many of them away at once."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.casework import assigned_message, read_case, state_name
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.visits import ids
from dashboard.sent.kinds import Code, Codes, Number
from layers import numbers
from queries import cases, visits
from registry.principals import Permission
from registry.visits.visits import AssignCases, NothingChosen, assign_cases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.visits import UnassignedRow
    from words import Words

_REST: Final = "-"


def section(words: Words) -> Component:
    """The frame: which district, the cases, the officer, and the button."""
    title_id = "visits-agihan"
    return html.Section(
        [
            dcc.Store(id=ids.ASSIGNED),
            html.H2(words("visit.assigning"), id=title_id),
            html.P(words("visit.assigning_note"), className="ek-footnote"),
            dmc.Select(
                id=ids.DISTRICT,
                label=words("field.district_code"),
                data=[],
                searchable=True,
                placeholder=words("form.choose"),
                nothingFoundMessage=words("form.no_match"),
                className="ek-visits-choice",
            ),
            html.Div(skeleton(words("case.loading"), lines=4), id=ids.CASES),
            html.Div(
                [
                    dmc.Select(
                        id=ids.OFFICER,
                        label=words("case.officer"),
                        data=[],
                        searchable=True,
                        placeholder=words("form.choose"),
                        nothingFoundMessage=words("form.no_match"),
                        className="ek-visits-choice",
                    ),
                    dmc.Button(words("visit.assign"), id=ids.ASSIGN),
                ],
                className="ek-visits-assign",
            ),
            html.Div(id=ids.MESSAGE, role="status", className="ek-case-flash"),
        ],
        className="ek-part ek-visits-assigning",
        **SAVES,
        **aria(labelledby=title_id),
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the assigning onto ``app``."""
    app.clientside_callback(
        ClientsideFunction("ekasih_visits", "whole"),
        Output({"type": ids.CASES_TYPE, "mukim": MATCH}, "value"),
        Input({"type": ids.ALL_TYPE, "mukim": MATCH}, "checked"),
        State({"type": ids.ALL_TYPE, "mukim": MATCH}, "value"),
        prevent_initial_call=True,
    )
    _reading(app, deps)
    _giving(app, deps)


def _reading(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.DISTRICT, "data"),
        Output(ids.DISTRICT, "value"),
        Input(ids.OPENED, "data"),
        Input(ids.ASSIGNED, "data"),
        State(ids.DISTRICT, "value"),
    )
    @requires(Permission.ASSIGN)
    def offer_districts(
        _opened: object, _assigned: object, chosen: Code | None
    ) -> tuple[list[dict[str, str]], str | None]:
        # what is chosen is said anew after each assigning, so that its cases are read again
        with deps.reading() as conn:
            found = visits.waiting_districts(conn)
        offered = [{"value": row["code"], "label": f"{row['name']} ({numbers.count(row['cases'])})"} for row in found]
        codes = [row["code"] for row in found]
        return offered, chosen if chosen in codes else next(iter(codes), None)

    @app.callback(
        Output(ids.CASES, "children"),
        Output(ids.OFFICER, "data"),
        Input(ids.DISTRICT, "value"),
    )
    @requires(Permission.ASSIGN)
    def show_cases(district: Code | None) -> tuple[Component, list[dict[str, str]]]:
        words = current_words()
        if not district:
            return empty(words("visit.none_unassigned")), []
        with deps.reading() as conn:
            found, total = visits.unassigned(conn, district)
            officers = cases.officers(conn, district)
        deps.note_read("read", subject="worklist", facts={"list": "unassigned", "district": district})
        offered = [{"value": str(row["user_id"]), "label": row["display_name"]} for row in officers]
        return cases_by_mukim(found, total, words), offered


def _giving(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.ASSIGNED, "data"),
        Output(ids.MESSAGE, "children"),
        Input(ids.ASSIGN, "n_clicks"),
        State({"type": ids.CASES_TYPE, "mukim": ALL}, "value"),
        State(ids.OFFICER, "value"),
        running=[(Output(ids.ASSIGN, "loading"), True, False)],
        prevent_initial_call=True,
    )
    @requires(Permission.ASSIGN)
    def assign(clicks: Number | None, ticked: list[Codes | None], officer: Number | None) -> tuple[object, object]:
        if not clicks:
            return no_update, no_update
        words = current_words()
        chosen = [pair for values in ticked for value in values or [] if (pair := read_case(value)) is not None]
        try:
            with deps.writing() as session:
                done = assign_cases(session, AssignCases(cases=chosen, officer=officer))
        except NothingChosen:
            return no_update, html.P(words("error.visit_nothing_chosen"), className="ek-case-problem")
        return clicks, assigned_message(done, words)


def cases_by_mukim(found: Sequence[UnassignedRow], total: int, words: Words) -> Component:
    """A group of boxes for each mukim, with one that ticks them all."""
    if not found:
        return empty(words("visit.none_unassigned"))
    groups = [
        _mukim(code or _REST, list(rows), words) for code, rows in groupby(found, key=lambda row: row["mukim_code"])
    ]
    shown = words("visit.unassigned_line", n=numbers.count(len(found)), total=numbers.count(total))
    return html.Div([html.P(shown, className="ek-footnote"), *groups])


def _mukim(code: str, rows: list[UnassignedRow], words: Words) -> Component:
    name = rows[0]["mukim_name"] or words("visit.no_mukim")
    values = [f"{row['case_id']}:{row['version']}" for row in rows]
    whole = dmc.Checkbox(
        id=ids.whole_mukim(code),
        label=words("visit.whole_mukim", n=numbers.count(len(rows))),
        value=",".join(values),
        checked=False,
        className="ek-visits-whole",
    )
    boxes = [dmc.Checkbox(label=_label(row, words), value=value) for row, value in zip(rows, values, strict=True)]
    return html.Fieldset(
        [
            html.Legend(name),
            whole,
            dmc.CheckboxGroup(boxes, id=ids.cases_of(code), value=[], className="ek-visits-boxes"),
        ],
        className="ek-drawn-row",
    )


def _label(row: UnassignedRow, words: Words) -> str:
    facts = [row["head_name"] or words("case.no_name"), row["number"], row["village"]]
    if row["state"] != "received":
        facts.append(state_name(row["state_ms"], row["state_en"], words))
    facts.append(words("case.overdue") if row["overdue"] else words("case.due", date=numbers.day(row["due_on"])))
    return " · ".join(fact for fact in facts if fact)
