"""The queue of cases: how many stand in each state, and the cases themselves, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard import urlstate
from dashboard.casework import state_name
from dashboard.components.aria import aria
from dashboard.components.feedback import skeleton
from dashboard.components.forms import ASKS
from dashboard.components.listing import Rows, Tab, answer_rows, shown, tabs
from dashboard.components.paged_grid import keep_ticked, paged_grid
from dashboard.components.sortable import page_of
from dashboard.components.sorting import Order, not_sorted
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.cases import ids, queue_assigning, queue_file
from dashboard.pages.cases.queue_view import QueueView
from dashboard.sent.kinds import RowsAsked, View
from dashboard.taking import file_buttons
from layers import numbers
from queries import cases
from queries.households import PAGE_ROWS
from registry.cases.models import CHANNELS
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.cases import CaseListRow, StateCountRow
    from words import Words

PATH: Final = "/kes"
NEW_PATH: Final = "/kes/baharu"
BLANK_PATH: Final = "/kes/borang.pdf"


_ORDERS: Final[dict[str, Callable[[CaseListRow], Any]]] = {
    "name": lambda row: row["head_name"],
    "state": lambda row: row["state_ms"],
    "area": lambda row: (row["district_name"], row["mukim_name"] or ""),
    "assigned": lambda row: row["assigned_name"],
    "due": lambda row: row["due_on"] if row["is_open"] else None,
}
"""What the queue is put in order by, for each column of its table."""


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words, view = current_words(), QueueView.parse(query)
    return html.Div(
        [
            dcc.Store(id=trail_of("cases"), data=[{"label": words("nav.cases")}]),
            *(dcc.Store(id=name) for name in (ids.READ, ids.TICKED, ids.ASSIGNED)),
            dcc.Download(id=ids.FILE),
            urlstate.view_store(ids.VIEW, view),
            html.Div([html.H1(words("nav.cases")), _ways_in(words)], className="ek-tasks-head ek-case-top"),
            html.Nav(
                skeleton(words("case.loading"), lines=2),
                id=ids.STATES,
                className="ek-tasks",
                **aria(label=words("case.states")),
            ),
            _filters(view, words),
            html.Div(
                [
                    html.P(id=ids.NOTE, role="status", className="ek-find-note"),
                    html.Div(file_buttons(ids.CSV, ids.XLSX, words), className="ek-actions"),
                ],
                className="ek-files",
            ),
            html.P(words("case.tick"), className="ek-footnote"),
            queue_assigning.section(words),
            html.Div(_grid(words), className="ek-results"),
        ],
        className="ek-page ek-households ek-cases",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    queue_file.register(app, deps)
    queue_assigning.register(app, deps)
    keep_ticked(app, ids.ROWS, ids.TICKED)
    app.clientside_callback(
        ClientsideFunction("ekasih_cases", "readAnew"),
        Output(ids.READ, "data"),
        Input(ids.VIEW, "data"),
        Input(ids.ASSIGNED, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_cases", "filter"),
        Output(ids.VIEW, "data"),
        Input(ids.FILTER_CHANNEL, "value"),
        Input(ids.FILTER_MINE, "checked"),
        Input(ids.FILTER_OVERDUE, "checked"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )

    @app.callback(Output(ids.STATES, "children"), Input(ids.VIEW, "data"), Input(ids.ASSIGNED, "data"))
    @requires(Permission.READ_PERSONS)
    def show_states(view: View, _assigned: object) -> Component:
        words, state = current_words(), QueueView.parse(view)
        with deps.reading() as conn:
            counted = cases.counts(conn, state.filters)
        return _states(state, counted, words)

    def give_rows(view: View, asked: RowsAsked) -> Rows:
        words, state, start = current_words(), QueueView.parse(view), asked.startRow
        order = Order.asked(asked, _ORDERS)
        with deps.reading() as conn:
            found, total = page_of(
                lambda limit, offset: cases.page(conn, state.filters, limit=limit, offset=offset),
                order,
                _ORDERS,
                start=start,
                rows=PAGE_ROWS,
            )
        deps.note_read("read", subject="worklist", facts={"list": "cases", **state.query()})
        message = shown(start, len(found), total, words, key="case.shown") if total else words("case.none")
        return [_row(row, words) for row in found], [message, *not_sorted(order, total, words)], total

    answer_rows(app, ids.ROWS, ids.NOTE, ids.VIEW, permission=Permission.READ_PERSONS, read=give_rows)


def _ways_in(words: Words) -> Component:
    links: list[Component] = [html.A(words("case.blank"), href=BLANK_PATH, className="ek-button", target="_blank")]
    if may(Permission.REGISTER):
        links.append(dcc.Link(words("case.new"), href=NEW_PATH, className="ek-button ek-button-main"))
    return html.Div(links, className="ek-case-ways")


def _states(view: QueueView, counted: list[StateCountRow], words: Words) -> Component:
    """A link for each state with its count, and one for all of them; the open one is marked."""
    total = sum(int(row["cases"]) for row in counted)
    named = [("", words("case.all"), total)]
    named += [(row["code"], state_name(row["name_ms"], row["name_en"], words), int(row["cases"])) for row in counted]
    return tabs([Tab(name, view.but(state=key).address(PATH), key == view.state, held) for key, name, held in named])


def _filters(view: QueueView, words: Words) -> Component:
    return html.Div(
        [
            dmc.Select(
                id=ids.FILTER_CHANNEL,
                label=words("case.channel"),
                data=[{"value": name, "label": words(f"case.channel_{name}")} for name in CHANNELS],
                value=view.channel or None,
                clearable=True,
                placeholder=words("search.all"),
                clearButtonProps={"aria-label": words("form.clear"), "tabIndex": -1},
            ),
            dmc.Checkbox(id=ids.FILTER_MINE, label=words("case.mine"), checked=bool(view.mine)),
            dmc.Checkbox(id=ids.FILTER_OVERDUE, label=words("case.only_overdue"), checked=bool(view.overdue)),
        ],
        className="ek-case-filters",
        role="group",
        **ASKS,
        **aria(label=words("search.filters")),
    )


def _row(found: CaseListRow, words: Words) -> dict[str, object]:
    area = ", ".join(dict.fromkeys(name for name in (found["mukim_name"], found["district_name"]) if name))
    return {
        "id": found["case_id"],
        "tick": f"{found['case_id']}:{found['version']}",
        "number": found["number"],
        "name": found["head_name"] or words("case.no_name"),
        "channel": words(f"case.channel_{found['channel']}"),
        "state": found["state"],
        "stateName": state_name(found["state_ms"], found["state_en"], words),
        "area": area,
        "assigned": found["assigned_name"] or "",
        "due": numbers.day(found["due_on"]) if found["is_open"] else "",
        "late": words("case.overdue") if found["overdue"] else "",
    }


def _grid(words: Words) -> Component:
    def column(field: str, key: str, renderer: str, **more: object) -> dict[str, object]:
        return {"field": field, "headerName": words(f"case.column_{key}"), "cellRenderer": renderer, **more}

    columns = [
        column("name", "case", "EkCase", flex=3, minWidth=200),
        column("state", "state", "EkCaseState", width=170),
        column("area", "area", "EkCaseArea", flex=2, minWidth=160),
        column("assigned", "assigned", "EkCaseOfficer", flex=2, minWidth=150),
        column("due", "due", "EkCaseDue", width=150),
    ]
    return paged_grid(ids.ROWS, columns, words, page_rows=PAGE_ROWS, ticks=True)
