"""The page that finds a household: a question first, then rows; nothing is listed unasked."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, cast

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.areas import area_options
from dashboard.components.aria import aria
from dashboard.components.feedback import empty
from dashboard.components.forms import ASKS
from dashboard.components.listing import shown
from dashboard.components.paged_grid import keep_ticked, paged_grid
from dashboard.components.seen import Seen
from dashboard.components.sortable import page_of
from dashboard.components.sorting import MOST_SORTED, Order, not_sorted
from dashboard.guards import requires
from dashboard.household.ordering import by_index
from dashboard.household.results import ORDERS, row_of
from dashboard.household.searching import may_look_up, searched
from dashboard.i18n import current_language
from dashboard.pages.households import found_file, found_reviews, ids
from dashboard.pages.households.asked import STATUSES, Asked, filters_of
from dashboard.sent.kinds import Code, RowsAsked, View
from layers import numbers
from queries import households
from queries.households import PAGE_ROWS, Filters, Question
from queries.in_order import INDEXED, Ordering
from registry.households.rules import STRATA
from registry.principals import Permission
from registry.refusals import TooManyChecks
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from queries.row_types.households import BrowsedRow
    from queries.row_types.worklists import WorklistRow
    from words import Words

PATH = "/isi-rumah"


def layout(**query: object) -> Component:
    """The question, the filters beside it and the empty table; reads no database."""
    words = words_of(current_language())
    filters = filters_of(query)
    return html.Div(
        [
            dcc.Store(id=ids.FILTER_START, data=asdict(filters)),
            dcc.Store(id=ids.ASKED),
            dcc.Store(id=ids.ASKED_URL),
            dcc.Store(id=ids.HANDED),
            dcc.Store(id=ids.PURGED),
            dcc.Store(id=ids.PLACES),
            dcc.Store(id=ids.TICKED),
            html.H1(words("search.title")),
            html.Div([_question(words), _filters(filters, words)], className="ek-find", role="search", **ASKS),
            html.Div(id=ids.RESULTS_NOTE, role="status", className="ek-find-note"),
            html.Div(_before(words), id=ids.BEFORE),
            html.Div([found_file.buttons(words), _grid(words)], id=ids.RESULTS_BOX, className="ek-results is-hidden"),
        ],
        className="ek-page ek-households ek-find-page",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    _in_the_browser(app)
    found_file.register(app, deps)
    found_reviews.register(app, deps)

    @app.callback(Output(ids.FILTER_DISTRICT, "data"), Input(ids.FILTER_START, "data"))
    @requires(Permission.READ_PERSONS)
    def offer_districts(_start: object) -> list[dict[str, object]]:
        with deps.reading() as conn:
            found = households.districts(conn)
        return area_options((row["state_name"], row["code"], row["name"]) for row in found)

    @app.callback(
        Output(ids.FILTER_MUKIM, "data"), Output(ids.FILTER_MUKIM, "disabled"), Input(ids.FILTER_DISTRICT, "value")
    )
    @requires(Permission.READ_PERSONS)
    def offer_mukims(district: Code | None) -> tuple[list[dict[str, str]], bool]:
        if not district:
            return [], True
        with deps.reading() as conn:
            found = households.mukims(conn, str(district))
        return [{"value": row["code"], "label": row["name"]} for row in found], not found

    @app.callback(
        Output(ids.RESULTS, "getRowsResponse"),
        Output(ids.RESULTS_NOTE, "children"),
        Output(ids.BEFORE, "children"),
        Output(ids.RESULTS_BOX, "className"),
        Output(ids.PLACES, "data"),
        Input(ids.RESULTS, "getRowsRequest"),
        State(ids.ASKED, "data"),
        State(ids.PLACES, "data"),
    )
    @requires(Permission.READ_PERSONS)
    def give_rows(request: RowsAsked | None, asked: Asked | None, places: View | None) -> tuple[object, ...]:
        words = words_of(current_language())
        question, filters = (asked or Asked()).read()
        if request is None:
            return (no_update,) * 5
        if not (question.asks or filters.asks):
            return {"rowData": [], "rowCount": 0}, None, _before(words), "ek-results is-hidden", no_update
        start = request.startRow
        if not may_look_up(deps, question):
            refusal = html.Span(words(f"error.{TooManyChecks.key}"), role="alert")
            return {"rowData": [], "rowCount": 0}, refusal, None, "ek-results", no_update
        order = Order.asked(request, ORDERS)
        with deps.reading() as conn:
            found, kept = _found(conn, question, filters, request, places)
        facts = searched(question, filters, found.total, secret=deps.settings.secret_key)
        deps.note_read("search", subject="search", facts=facts)
        if not found.total and not start:
            return {"rowData": [], "rowCount": 0}, None, _nothing(words), "ek-results is-hidden", no_update
        rows = [row_of(row, question, words, found.matches.get(row["household_id"])) for row in found.rows]
        note = [*_note(found, start, words), *not_sorted(order, found.total, words, INDEXED)]
        return {"rowData": rows, "rowCount": found.total}, note, None, "ek-results", kept or no_update


def _found(
    conn: Reads, question: Question, filters: Filters, request: RowsAsked, places: View | None
) -> tuple[households.Found, dict[str, str] | None]:
    """The households of a page in the order asked for, as far as it can be had; and the pages seen with this one."""
    last, order, start = households.Found(), Order.asked(request, ORDERS), request.startRow

    def read(limit: int, offset: int) -> tuple[Sequence[BrowsedRow | WorklistRow], int]:
        nonlocal last
        last = households.find(conn, question, filters, offset=offset, limit=limit)
        return last.rows, last.total

    seen = Seen.of_list(f"{filters} {order}", places)
    reader = None
    if order is not None and not question.asks:
        statuses = (filters.status,) if filters.status else None
        asked = Ordering(order.column, order.descending, filters.district, filters.mukim, statuses, filters.strata)
        reader = by_index(conn, asked, order, seen)
    rows, total = page_of(read, order, ORDERS, start=start, rows=PAGE_ROWS, by_index=reader)
    by_place = reader is not None and total > MOST_SORTED and bool(rows)
    kept = seen.ending(start + len(rows), cast("WorklistRow", rows[-1])["place"]) if by_place else None
    return replace(last, rows=rows, total=total), kept


def _in_the_browser(app: Dash) -> None:
    """What needs no server: asking, which rows are ticked, the filters in the address, and reading the table anew."""
    keep_ticked(app, ids.RESULTS, ids.TICKED)
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "ask"),
        Output(ids.ASKED, "data"),
        Input(ids.SEARCH_BUTTON, "n_clicks"),
        Input(ids.SEARCH_INPUT, "n_submit"),
        Input(ids.FILTER_DISTRICT, "value"),
        Input(ids.FILTER_MUKIM, "value"),
        Input(ids.FILTER_STATUS, "value"),
        Input(ids.FILTER_STRATA, "value"),
        Input(ids.HANDED, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "keepFilters"), Output(ids.ASKED_URL, "data"), Input(ids.ASKED, "data")
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "readAnew"), Output(ids.PURGED, "data"), Input(ids.ASKED, "data")
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_households", "takeHanded"),
        Output(ids.HANDED, "data"),
        Output(ids.SEARCH_INPUT, "value"),
        Input(ids.FILTER_START, "data"),
    )


def _question(words: Words) -> Component:
    return html.Div(
        [
            dmc.TextInput(
                id=ids.SEARCH_INPUT,
                label=words("search.label"),
                description=words("search.hint"),
                size="md",
                className="ek-find-text",
                attributes={"input": {"autoComplete": "off", "spellCheck": "false", "enterKeyHint": "search"}},
            ),
            dmc.Button(words("search.button"), id=ids.SEARCH_BUTTON, size="md"),
        ],
        className="ek-find-question",
    )


def _filters(filters: Filters, words: Words) -> Component:
    choices = [
        (ids.FILTER_DISTRICT, "district", [], filters.district, True),
        (ids.FILTER_MUKIM, "mukim", [], filters.mukim, True),
        (
            ids.FILTER_STATUS,
            "status",
            [{"value": s, "label": words(f"status.{s}")} for s in STATUSES],
            filters.status,
            False,
        ),
        (
            ids.FILTER_STRATA,
            "strata",
            [{"value": s, "label": words(f"strata.{s}")} for s in STRATA],
            filters.strata,
            False,
        ),
    ]
    return html.Div(
        [
            dmc.Select(
                id=name,
                label=words(f"search.filter.{key}"),
                data=data,
                value=value,
                clearable=True,
                searchable=searchable,
                placeholder=words("search.all"),
                nothingFoundMessage=words("form.no_match"),
                clearButtonProps={"aria-label": words("form.clear"), "tabIndex": -1},
            )
            for name, key, data, value, searchable in choices
        ],
        className="ek-find-filters",
        role="group",
        **aria(label=words("search.filters")),
    )


def _grid(words: Words) -> Component:
    def column(field: str, key: str, renderer: str, **more: object) -> dict[str, object]:
        return {"field": field, "headerName": words(f"search.column.{key}"), "cellRenderer": renderer, **more}

    columns = [
        column("name", "name", "EkHousehold", flex=3, minWidth=150),
        column("status", "status", "EkStatus", width=150),
        column("perCapita", "per_capita", "EkPerCapita", width=212),
        column("area", "area", "EkArea", flex=2, minWidth=160),
        column("visited", "visited", "EkVisited", width=150),
    ]
    return paged_grid(ids.RESULTS, columns, words, page_rows=PAGE_ROWS, ticks=True)


def _note(found: households.Found, start: int, words: Words) -> list[Any]:
    """Which rows of how many are shown, and whether the names are only alike."""
    note: list[object] = [html.Span(shown(start, len(found.rows), found.total, words, key="search.shown"))]
    if found.alike:
        note.append(html.Span(words("search.alike"), className="ek-tag"))
    if found.more:
        note.append(html.Span(words("search.more", count=numbers.count(households.MOST_BEARERS)), className="ek-tag"))
    return note


def _before(words: Words) -> Component:
    """What stands there before anything was asked."""
    examples = [html.Li(words(f"search.example.{key}")) for key in ("name", "id_no", "file_no", "phone", "filter")]
    return html.Div(
        [html.H2(words("search.before")), html.P(words("search.before_note")), html.Ul(examples)], className="ek-ask"
    )


def _nothing(words: Words) -> Component:
    """What stands there when nothing was found."""
    return empty(words("search.nothing"), words("search.nothing_note"), image="search")
