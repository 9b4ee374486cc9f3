"""The queue of cases: how many stand in each state, and the cases themselves, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.feedback import skeleton
from dashboard.components.paged_grid import paged_grid
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.pages.kes import ids
from dashboard.urlstate import UrlState, choice, code
from layers import numbers
from queries import cases
from queries.cases import QueueFilters
from queries.households import PAGE_ROWS
from registry.models.cases import CHANNELS
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.i18n import Words

PATH: Final = "/kes"
NEW_PATH: Final = "/kes/baharu"
BLANK_PATH: Final = "/kes/borang.pdf"


@dataclass(frozen=True)
class QueueView(UrlState):
    """Which part of the queue; everything where nothing is chosen."""

    state: str = code("", pattern=r"[a-z_]{1,20}", name="keadaan")
    channel: str = choice("", *CHANNELS, name="saluran")
    mine: str = choice("", "1", name="saya")
    overdue: str = choice("", "1", name="lewat")

    @property
    def filters(self) -> QueueFilters:
        """As the queue is asked for."""
        return QueueFilters(self.state or None, self.channel or None, mine=bool(self.mine), overdue=bool(self.overdue))


def layout(**query: Any) -> Component:
    """The page's skeleton; reads no database."""
    words, view = current_words(), QueueView.parse(query)
    return html.Div(
        [
            dcc.Store(id=trail_of("kes"), data=[{"label": words("nav.cases")}]),
            dcc.Store(id=ids.READ),
            urlstate.view_store(ids.VIEW, view),
            html.Div([html.H1(words("nav.cases")), _ways_in(words)], className="ek-tasks-head ek-case-top"),
            html.Nav(
                skeleton(words("case.loading"), lines=2),
                id=ids.STATES,
                className="ek-tasks",
                **aria(label=words("case.states")),
            ),
            _filters(view, words),
            html.P(id=ids.NOTE, role="status", className="ek-find-note"),
            html.Div(_grid(words), className="ek-results"),
        ],
        className="ek-page ek-isirumah ek-kes",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    app.clientside_callback(
        ClientsideFunction("ekasih_kes", "readAnew"), Output(ids.READ, "data"), Input(ids.VIEW, "data")
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_kes", "filter"),
        Output(ids.VIEW, "data"),
        Input(ids.FILTER_CHANNEL, "value"),
        Input(ids.FILTER_MINE, "checked"),
        Input(ids.FILTER_OVERDUE, "checked"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )

    @app.callback(Output(ids.STATES, "children"), Input(ids.VIEW, "data"))
    @requires(Permission.READ_PERSONS)
    def show_states(view: dict[str, str]) -> Component:
        words, state = current_words(), QueueView.parse(view)
        with deps.reading() as conn:
            counted = cases.counts(conn, state.filters)
        return _states(state, counted, words)

    @app.callback(
        Output(ids.ROWS, "getRowsResponse"),
        Output(ids.NOTE, "children"),
        Input(ids.ROWS, "getRowsRequest"),
        State(ids.VIEW, "data"),
    )
    @requires(Permission.READ_PERSONS)
    def give_rows(request: dict[str, Any] | None, view: dict[str, str]) -> tuple[Any, Any]:
        if request is None:
            return no_update, no_update
        words, state = current_words(), QueueView.parse(view)
        start = max(0, int(request.get("startRow") or 0))
        with deps.reading() as conn:
            found, total = cases.page(conn, state.filters, limit=PAGE_ROWS, offset=start)
        deps.note_read("read", subject="worklist", facts={"list": "cases", **state.query()})
        return {"rowData": [_row(row, words) for row in found], "rowCount": total}, _note(start, found, total, words)


def state_name(row: dict[str, Any], words: Words, *, column: str = "state") -> str:
    """A state as the register calls it, in the reader's language."""
    return str(row[f"{column}_{'en' if words.language == 'en' else 'ms'}"])


def _ways_in(words: Words) -> Component:
    principal = deps_of_request().principal()
    links: list[Component] = [html.A(words("case.blank"), href=BLANK_PATH, className="ek-button", target="_blank")]
    if principal is not None and principal.may(Permission.REGISTER):
        links.append(dcc.Link(words("case.new"), href=NEW_PATH, className="ek-button ek-button-main"))
    return html.Div(links, className="ek-case-ways")


def _states(view: QueueView, counted: list[dict[str, Any]], words: Words) -> Component:
    """A link for each state with its count, and one for all of them; the open one is marked."""
    total = sum(int(row["cases"]) for row in counted)
    named = [("", words("case.all"), total)]
    named += [(row["code"], state_name(row, words, column="name"), int(row["cases"])) for row in counted]
    items = [
        html.Li(
            html.A(
                [html.Span(numbers.count(cases_in), className="ek-tasks-count"), html.Span(name)],
                href=view.but(state=key).address(PATH),
                className="ek-tasks-link",
                **_leads(open_now=key == view.state),
            )
        )
        for key, name, cases_in in named
    ]
    return html.Ul(items)


def _leads(*, open_now: bool) -> dict[str, Any]:
    """What makes a link a step within the page, and says whether it leads to where one is."""
    return {"data-ek-go": "1"} | ({"aria-current": "true"} if open_now else {})


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
        **aria(label=words("search.filters")),
    )


def _row(found: dict[str, Any], words: Words) -> dict[str, Any]:
    area = ", ".join(dict.fromkeys(name for name in (found["mukim_name"], found["district_name"]) if name))
    return {
        "id": found["case_id"],
        "number": found["number"],
        "name": found["head_name"] or words("case.no_name"),
        "channel": words(f"case.channel_{found['channel']}"),
        "state": found["state"],
        "stateName": state_name(found, words),
        "area": area,
        "assigned": found["assigned_name"] or "",
        "due": numbers.day(found["due_on"]) if found["is_open"] else "",
        "late": words("case.overdue") if found["overdue"] else "",
    }


def _note(start: int, found: list[dict[str, Any]], total: int, words: Words) -> str:
    if not total:
        return words("case.none")
    shown = {"first": numbers.count(start + 1), "last": numbers.count(start + len(found))}
    return words("case.shown", **shown, total=numbers.count(total))


def _grid(words: Words) -> Component:
    def column(field: str, key: str, renderer: str, **more: Any) -> dict[str, Any]:
        return {"field": field, "headerName": words(f"case.column_{key}"), "cellRenderer": renderer, **more}

    columns = [
        column("name", "case", "EkCase", flex=3, minWidth=200),
        column("state", "state", "EkCaseState", width=170),
        column("area", "area", "EkCaseArea", flex=2, minWidth=160),
        column("assigned", "assigned", "EkCaseOfficer", flex=2, minWidth=150),
        column("due", "due", "EkCaseDue", width=150),
    ]
    return paged_grid(ids.ROWS, columns, words, page_rows=PAGE_ROWS)
