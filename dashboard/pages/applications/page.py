"""The worklist of applications for aid: what waits for the own step, what is open, late or closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import ASKS
from dashboard.components.listing import Tab, pager, shown_of, tabs
from dashboard.components.sortable import Heads, order_field, order_of, ordered, page_of
from dashboard.components.tables import exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.applications import ids
from dashboard.pages.applications.parts import NEW_PATH, PATH, address, named, rm, state_tag
from dashboard.sent.kinds import Code, View
from dashboard.urlstate import UrlState, choice, code, whole
from layers import numbers
from queries import applications
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.applications import ApplicationListRow
    from words import Words

ROWS: Final = 25
_FAR: Final = 100_000
_ORDERS: Final[dict[str, Callable[[ApplicationListRow], Any]]] = {
    "nombor": lambda row: row["number"],
    "nama": lambda row: row["for_name"].casefold(),
    "bantuan": lambda row: row["kind_ms"].casefold(),
    "agensi": lambda row: row["agency_ms"].casefold(),
    "daerah": lambda row: row["district_name"],
    "amaun": lambda row: row["amount_rm"] or row["amount_asked_rm"],
    "keadaan": lambda row: row["state"],
    "tempoh": lambda row: row["due_on"],
}
"""What the list is put in order by, for each column."""


@dataclass(frozen=True)
class ApplicationsView(UrlState):
    """Which list, of which programme, which page of it, in which order."""

    which: str = choice(*applications.LISTS, name="senarai")
    programme: str = code("", name="program")
    page: int = whole(1, at_least=1, at_most=_FAR, name="halaman")
    order: str = order_field(*_ORDERS)


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    state = ApplicationsView.parse(query)
    programme = dmc.Select(
        id=ids.PROGRAMME,
        label=words("application.programme"),
        data=[],
        value=state.programme or None,
        placeholder=words("application.all_programmes"),
        clearable=True,
        searchable=True,
        nothingFoundMessage=words("form.no_match"),
    )
    return html.Div(
        [
            dcc.Store(id=trail_of("applications"), data=[{"label": words("nav.applications")}]),
            urlstate.view_store(ids.VIEW, state),
            html.Div(
                [
                    html.H1(words("nav.applications")),
                    dcc.Link(words("application.new"), href=NEW_PATH, className="ek-button ek-button-main"),
                ],
                className="ek-part-head",
            ),
            html.Nav(id=ids.TABS, className="ek-tasks", **aria(label=words("application.lists"))),
            html.Div(programme, className="ek-column-form", role="search", **ASKS),
            html.Div(skeleton(words("application.loading"), lines=6), id=ids.LIST),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)

    @app.callback(
        Output(ids.LIST, "children"),
        Output(ids.TABS, "children"),
        Output(ids.PROGRAMME, "data"),
        Input(ids.VIEW, "data"),
    )
    @requires(Permission.APPLY_AID)
    def show(view: View) -> tuple[object, object, list[dict[str, str]]]:
        state, words = ApplicationsView.parse(view), current_words()
        with deps.reading() as conn:
            found, total = page_of(
                lambda limit, offset: applications.listed(
                    conn, which=state.which, programme=state.programme or None, limit=limit, offset=offset
                ),
                order_of(state.order),
                _ORDERS,
                start=(state.page - 1) * ROWS,
                rows=ROWS,
            )
            counts = applications.counts(conn)
            kinds = applications.open_kinds(conn)
        deps.note_read("read", subject="worklist", facts={"list": "applications", "which": state.which})
        offered = {row["programme_code"]: named(row, "programme", words) for row in kinds}
        chosen = [{"value": one, "label": name} for one, name in sorted(offered.items(), key=lambda item: item[1])]
        known = {"menunggu": int(counts["waiting"]), "lewat": int(counts["late"])}
        return _list(found, total, state, words), _tabs(state, known, words), chosen

    @app.callback(
        Output(ids.VIEW, "data"),
        Input(ids.PROGRAMME, "value"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.APPLY_AID)
    def choose(programme: Code | None, view: View) -> dict[str, str]:
        return ApplicationsView.parse(view).but(programme=programme or "", page=1).query()


def _tabs(state: ApplicationsView, counts: dict[str, int], words: Words) -> Component:
    return tabs(
        [
            Tab(
                words(f"application.list_{name}"),
                state.but(which=name, page=1, order="").address(PATH),
                name == state.which,
                counts.get(name),
            )
            for name in applications.LISTS
        ]
    )


def _list(found: list[ApplicationListRow], total: int, state: ApplicationsView, words: Words) -> Component:
    if not found:
        return empty(words("application.none"), words("application.none_hint"))
    head = [
        words(f"application.{name}")
        for name in ("number", "for_name", "kind", "agency", "district", "amount", "state", "due_on")
    ]
    start = (state.page - 1) * ROWS
    by = Heads(tuple(_ORDERS), state.order, lambda to: state.but(order=to, page=1).address(PATH), total)
    return html.Div(
        [
            shown_of(start, len(found), total, words, key="application.shown"),
            ordered(
                head,
                [_row(row, words) for row in found],
                words,
                name="applications",
                label=words("nav.applications"),
                by=by,
            ),
            pager(state.page, ROWS, total, lambda to: state.but(page=to).address(PATH), words),
        ]
    )


def _row(row: ApplicationListRow, words: Words) -> list[object]:
    amount = row["amount_rm"] if row["amount_rm"] is not None else row["amount_asked_rm"]
    return [
        dcc.Link(row["number"], href=address(row["number"])),
        row["for_name"],
        [named(row, "kind", words), html.Br(), html.Small(named(row, "programme", words))],
        named(row, "agency", words),
        row["district_name"],
        exactly(rm(amount, words), int(amount * 100)),
        html.Span(state_tag(row["state"], words, late=row["late"])),
        numbers.day(row["due_on"]) if row["due_on"] else "—",
    ]
