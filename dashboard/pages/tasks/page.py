"""The worklist page: the lists with their counts, and the households of one, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.areas import area_options, by_catchment
from dashboard.components.aria import aria
from dashboard.components.feedback import skeleton
from dashboard.components.forms import ASKS
from dashboard.components.listing import Tab, shown, tabs
from dashboard.components.paged_grid import keep_ticked, paged_grid
from dashboard.components.seen import Seen
from dashboard.components.sortable import page_of
from dashboard.components.sorting import MOST_SORTED, Order, not_sorted
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.household.filed import file_head, file_row
from dashboard.household.ordering import by_index
from dashboard.household.results import ORDERS, row_of
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.tasks import ids, mukims, reviews
from dashboard.sent.kinds import Ends, Number, RowsAsked, View
from dashboard.taking import TableAsked, file_buttons, file_to_keep, kind_pressed
from dashboard.urlstate import UrlState, choice, code
from layers import numbers
from queries import worklists
from queries.households import PAGE_ROWS, Question, area_name, districts
from queries.in_order import INDEXED, Ordering
from queries.worklists import BY_THE_LINE, LISTS, Place
from registry.db import FILE
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from queries.row_types.worklists import WorklistRow
    from reports.spreadsheet import Cell
    from words import Words

PATH = "/tugasan"
_OF_STATUS: dict[str, tuple[str, ...]] = {"tegar": ("tegar",), "miskin": ("tegar", "miskin")}
_STORES = (
    trail_of("tasks"), ids.READ, ids.PLACES, ids.REVIEWED, ids.TICKED, ids.ACCEPTING, ids.ACCEPTED,
)  # fmt: skip
_OF_THE_LIST: dict[str, object] = {"wrapText": True, "cellClass": "ek-tasks-why", "sortable": False}


@dataclass(frozen=True)
class TaskView(UrlState):
    """Which list, of which district; without one it is the whole territory."""

    name: str = choice(LISTS[0], *LISTS[1:], name="senarai")
    area: str = code("", pattern=r"\d{4}", name="in")

    @property
    def district(self) -> str | None:
        """The district asked for."""
        return self.area or None


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words, view = current_words(), TaskView.parse(query)
    return html.Div(
        [
            *(dcc.Store(id=name) for name in _STORES),
            dcc.Download(id=ids.DOWNLOAD),
            urlstate.view_store(ids.VIEW, view),
            html.H1(words("nav.tasks")),
            html.Nav(
                skeleton(words("tasks.loading"), lines=2),
                id=ids.LISTS,
                className="ek-tasks",
                **aria(label=words("nav.tasks")),
            ),
            html.Div(
                [
                    html.H2(id=ids.TITLE),
                    html.Div(
                        [
                            reviews.button(words),
                            mukims.button(words),
                            *file_buttons(ids.CSV, ids.XLSX, words),
                        ],
                        className="ek-actions",
                    ),
                ],
                className="ek-tasks-head",
            ),
            html.Div(_district(view, words), className="ek-case-filters", **ASKS),
            html.Div(id=ids.MESSAGE, role="status"),
            html.Div(id=ids.ACCEPT_MESSAGE, role="status"),
            html.P(words("tasks.tick"), className="ek-footnote"),
            html.P(id=ids.NOTE, role="status", className="ek-find-note"),
            html.Div(_grid(words), className="ek-results"),
        ],
        className="ek-page ek-households",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    reviews.register(app, deps)
    mukims.register(app, deps)
    _in_the_browser(app)

    @app.callback(Output(ids.DISTRICT, "data"), Input(ids.DISTRICT, "id"))
    @requires(Permission.READ_PERSONS)
    def offer_districts(_once: object) -> list[dict[str, object]]:
        with deps.reading() as conn:
            found = districts(conn)
        return area_options((row["state_name"], row["code"], row["name"]) for row in found)

    @app.callback(
        Output(ids.LISTS, "children"),
        Output(ids.TITLE, "children"),
        Output(trail_of("tasks"), "data"),
        Output(ids.REVIEW, "hidden"),
        Output(ids.ACCEPT, "hidden"),
        Input(ids.VIEW, "data"),
        Input(ids.ACCEPTED, "data"),
    )
    @requires(Permission.READ_PERSONS)
    def show_lists(view: View, _accepted: object) -> tuple[Component, str, list[dict[str, str]], bool, bool]:
        words, state = current_words(), TaskView.parse(view)
        with deps.reading() as conn:
            counted = worklists.counts(conn, district=state.district)
            place = area_name(conn, state.area) if state.area else None
        mine = "catchments" if by_catchment(deps.person().territory) else "territory"
        trail = [{"label": words("nav.tasks")}, {"label": place or words(f"tasks.{mine}")}]
        offered = (reviews.offered(state.name, deps.person()), mukims.offered(state.name, deps.person()))
        return _lists(state, counted, words), words(f"tasks.{state.name}"), trail, not offered[0], not offered[1]

    @app.callback(
        Output(ids.ROWS, "getRowsResponse"),
        Output(ids.NOTE, "children"),
        Output(ids.PLACES, "data"),
        Input(ids.ROWS, "getRowsRequest"),
        State(ids.VIEW, "data"),
        State(ids.PLACES, "data"),
    )
    @requires(Permission.READ_PERSONS)
    def give_rows(request: RowsAsked | None, view: View, places: View | None) -> tuple[object, object, object]:
        if request is None:
            return no_update, no_update, no_update
        words, state, start = current_words(), TaskView.parse(view), request.startRow
        order = Order.asked(request, ORDERS)
        with deps.reading() as conn:
            found, total, kept = _page(conn, state, order, start, places)
        deps.note_read("read", subject="worklist", facts={"list": state.name, "district": state.district})
        rows = _rows(state, found, words, accepts=mukims.offered(state.name, deps.person()))
        message = shown(start, len(found), total, words, key="search.shown") if total else words("tasks.none")
        note = [message, *not_sorted(order, total, words, _indexed(state))]
        return {"rowData": rows, "rowCount": total}, note, kept or no_update

    @app.callback(
        Output(ids.DOWNLOAD, "data"),
        Input(ids.CSV, "n_clicks"),
        Input(ids.XLSX, "n_clicks"),
        State(ids.VIEW, "data"),
        State(ids.TICKED, "data"),
        prevent_initial_call=True,
        running=[(Output(name, "disabled"), True, False) for name in (ids.CSV, ids.XLSX)],
    )
    @requires(Permission.READ_PERSONS)
    @limited(DOWNLOADS)
    def download(csv: Number | None, xlsx: Number | None, view: View, ticked: Ends | None) -> object:
        if not csv and not xlsx:
            return no_update
        words, state, kind = current_words(), TaskView.parse(view), kind_pressed(ids.XLSX)
        asked = TableAsked(kind, f"tugasan-{state.name}-{state.area or 'semua'}", words(f"tasks.{state.name}"))
        with deps.reading(patience=FILE) as conn:
            rows = _written_out(conn, state, ticked or [], words)
            file = file_to_keep(asked, file_head(words, "gap", "why"), rows, words)
        facts = {"list": state.name, "district": state.district, "as": kind, "rows": len(ticked or []) or None}
        deps.note_read("export", subject="worklist", facts=facts)
        return file


def _indexed(state: TaskView) -> Sequence[str]:
    """By which columns a list is put in order however long it is: those of a status are parts of an index."""
    return INDEXED if state.name in _OF_STATUS else ()


def _page(
    conn: Reads, state: TaskView, order: Order | None, start: int, places: View | None
) -> tuple[list[WorklistRow], int, dict[str, str] | None]:
    """The rows from one on, the list's total, and the pages seen with this one where the next may go on from it."""
    seen = Seen.of_list(f"{state.name} {state.area} {order or ''}", places)

    def read(limit: int, offset: int) -> tuple[list[WorklistRow], int]:
        before, place = seen.nearest(offset, Place.parse) if offset and state.name not in BY_THE_LINE else (0, None)
        return worklists.page(
            conn, state.name, district=state.district, limit=limit, after=place, offset=offset - before
        )

    statuses = _OF_STATUS.get(state.name)
    asked = Ordering(order.column, order.descending, state.district, statuses=statuses) if order and statuses else None
    reader = by_index(conn, asked, order, seen) if asked else None
    found, total = page_of(read, order, ORDERS, start=start, rows=PAGE_ROWS, by_index=reader)
    # in an order that was made here the last row of a page is no place in the list
    placed = found and (order is None or total > MOST_SORTED)
    return found, total, seen.ending(start + len(found), found[-1]["place"]) if placed else None


def _in_the_browser(app: Dash) -> None:
    """What needs no server: reading anew, which rows are ticked, which district."""
    app.clientside_callback(
        ClientsideFunction("ekasih_tasks", "readAnew"),
        Output(ids.READ, "data"),
        Input(ids.VIEW, "data"),
        Input(ids.REVIEWED, "data"),
        Input(ids.ACCEPTED, "data"),
    )

    keep_ticked(app, ids.ROWS, ids.TICKED)
    app.clientside_callback(
        ClientsideFunction("ekasih_tasks", "narrow"),
        Output(ids.VIEW, "data"),
        Input(ids.DISTRICT, "value"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )


def _district(view: TaskView, words: Words) -> Component:
    """Which district's work is listed; all of the own where none is chosen."""
    select: Component = dmc.Select(
        id=ids.DISTRICT,
        label=words("search.filter.district"),
        data=[],
        value=view.district,
        clearable=True,
        searchable=True,
        placeholder=words("search.all"),
        nothingFoundMessage=words("form.no_match"),
        clearButtonProps={"aria-label": words("form.clear"), "tabIndex": -1},
    )
    return select


def _lists(state: TaskView, counted: dict[str, int], words: Words) -> Component:
    """A link for each list with its count; the open one is marked."""
    return tabs(
        [
            Tab(words(f"tasks.{name}"), state.but(name=name).address(PATH), name == state.name, counted[name])
            for name in LISTS
        ]
    )


def _rows(state: TaskView, found: list[WorklistRow], words: Words, *, accepts: bool) -> list[dict[str, object]]:
    """The rows as the table draws them: why each is on the list, and what may be accepted of it."""
    return [
        {
            **row_of(row, Question(), words),
            "why": _why(state.name, row, words),
            **mukims.in_row(row, words, accepts=accepts),
        }
        for row in found
    ]


def _why(name: str, row: WorklistRow, words: Words) -> str:
    """What there is to do about a household, in the list's own terms; and whether somebody is at it already."""
    message = _reason(name, row, words)
    return f"{message} · {words('tasks.case_open')}" if row["case_open"] else message


def _reason(name: str, row: WorklistRow, words: Words) -> str:
    match name:
        case "due":
            message = words("tasks.why_due", date=numbers.day(row["next_review_on"]))
        case "unvisited":
            seen = row["visited_on"]
            message = words("tasks.why_unvisited", date=numbers.day(seen)) if seen else words("tasks.why_never")
        case "quality":
            message = ", ".join(words(f"flag.{flag}") for flag in row["flags"])
        case "died" | "moved":
            message = words(f"tasks.why_{name}")
        case "exited":
            reason = words(f"exit.reason.{row['exit_reason'] or 'other'}")
            message = words("exit.badge", date=numbers.day(row["exited_on"]), reason=reason)
        case "unplaced":
            message = words("tasks.why_unplaced", method=words(f"method.{row['geom_method']}"))
        case mukims.LIST:
            message = mukims.reason(row, words)
        case _:
            message = words("tasks.why_poor", amount=numbers.money(row["gap_rm"]))
    return message


def _written_out(conn: Reads, state: TaskView, ticked: list[int], words: Words) -> Iterator[list[Cell]]:
    """The whole list, a row at a time; or of its rows those that are ticked."""
    whole = worklists.whole(conn, state.name, district=state.district)
    for row in worklists.of_households(conn, ticked) if ticked else whole:
        yield [*file_row(row, words), row["gap_rm"], _why(state.name, row, words)]


def _grid(words: Words) -> Component:
    def column(field: str, key: str, renderer: str | None, **more: object) -> dict[str, object]:
        drawn = {"cellRenderer": renderer} if renderer else {}
        return {"field": field, "headerName": words(key), **drawn, **more}

    columns = [
        column("name", "search.column.name", "EkHousehold", flex=3, minWidth=150),
        column("why", "tasks.column_why", "EkTaskWhy", flex=4, minWidth=128, **_OF_THE_LIST),
        column("status", "search.column.status", "EkStatus", width=150),
        column("perCapita", "search.column.per_capita", "EkPerCapita", width=212),
        column("area", "search.column.area", "EkArea", flex=2, minWidth=160),
    ]
    return paged_grid(ids.ROWS, columns, words, page_rows=PAGE_ROWS, ticks=True)
