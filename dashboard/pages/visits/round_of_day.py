"""An officer's round: the visits that wait, nearest after nearest, numbered on a map and in the list beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.boundary_files import land_under
from dashboard.casework import visit_path
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.sortable import sortable
from dashboard.components.tables import OPENS, STEP
from dashboard.guards import requires
from dashboard.household import texts
from dashboard.i18n import current_words
from dashboard.pages.visits import ids
from dashboard.pages.visits.shape import device_words
from dashboard.pages.visits.stops import in_turn, place_of, read_place
from dashboard.sent.kinds import View
from dashboard.taking import file_buttons
from geo.route import Point, length_m
from layers import numbers, screen
from layers.rounds import Stop
from queries import visits
from registry.households import rules
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.visits import RoundRow
    from words import Words

_ROUGH_M = 1_000


def section(words: Words) -> Component:
    """The frame of the round: what waits on this device, where to begin, the map and the list."""
    title_id = "visits-pusingan"
    return html.Section(
        [
            dcc.Store(id=ids.HERE),
            dcc.Store(id=ids.OUTBOX),
            dcc.Store(id=ids.OUTBOX_SHOWN),
            html.H2(words("visit.round"), id=title_id),
            html.Div(id=ids.WAITING, className="ek-visits-waiting"),
            html.Div(
                [
                    html.Button(words("visit.from_here"), id=ids.HERE_BUTTON, type="button", className="ek-button"),
                    *file_buttons(ids.ROUND_CSV, ids.ROUND_XLSX, words),
                    html.P(id=ids.HERE_NOTE, role="status", className="ek-footnote"),
                ],
                className="ek-case-ways",
            ),
            html.Div(skeleton(words("case.loading"), block=True), id=ids.ROUND),
            dcc.Download(id=ids.ROUND_FILE),
        ],
        **aria(labelledby=title_id),
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the round onto ``app``."""
    app.clientside_callback(
        ClientsideFunction("ekasih_visits", "here"),
        Output(ids.HERE, "data"),
        Input(ids.HERE_BUTTON, "n_clicks"),
        State(ids.OUTBOX, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_visits", "outbox"), Output(ids.OUTBOX_SHOWN, "data"), Input(ids.OUTBOX, "data")
    )

    @app.callback(
        Output(ids.ROUND, "children"),
        Output(ids.OUTBOX, "data"),
        Input(ids.OPENED, "data"),
        Input(ids.HERE, "data"),
        State(ids.OUTBOX, "data"),
    )
    @requires(Permission.VISIT)
    def show_round(_opened: object, here: View | None, known: object) -> tuple[Component, object]:
        words, principal = current_words(), deps.person()
        with deps.reading() as conn:
            found, total = visits.own_round(conn)
        deps.note_read("read", subject="worklist", facts={"list": "round"})
        device = no_update if known else {"user": principal.user_id, "words": device_words(words)}
        return round_of(deps, found, total, read_place(here), words), device


def round_of(deps: Deps, found: Sequence[RoundRow], total: int, start: Point | None, words: Words) -> Component:
    """The round with its map, its length and its list; what to do where nothing waits."""
    if not found:
        return empty(words("visit.none_waiting"), words("visit.none_waiting_note"))
    ordered = in_turn(found, start)
    known = [(row, place) for row in ordered if (place := place_of(row)) is not None]
    way = length_m([*([start] if start else []), *(place for _row, place in known)])
    shown = words(
        "visit.round_line",
        n=numbers.count(len(found)),
        total=numbers.count(total),
        km=numbers.decimal(Decimal(str(way)) / 1000, places=1),
    )
    stops = [Stop(*place, row["head_name"] or row["number"]) for row, place in known]
    chart = (
        screen.route_view(
            ids.ROUND_MAP,
            stops,
            words,
            land_url=land_under(deps.settings.home, {row["district_code"] for row, _place in known}),
        )
        if stops
        else None
    )
    heads = [words(f"visit.column_{name}") for name in ("stop", "household", "place", "phone", "due")]
    rows = [_stop(number, row, words) for number, row in enumerate(ordered, start=1)]
    listed = html.Div(
        sortable(heads, rows, words, name="visits-round", label=words("visit.stops")), className="ek-visits-stops"
    )
    return html.Div(
        [
            html.P(shown, className="ek-footnote"),
            html.Div(
                [*([html.Div(chart, className="ek-visits-map")] if chart is not None else []), listed],
                className="ek-visits-body",
            ),
        ]
    )


def _stop(number: int, row: RoundRow, words: Words) -> list[Any]:
    """A visit to make: its turn, whom, where, and by when."""
    late = [html.Span(words("case.overdue"), className="ek-tag ek-late")] if row["overdue"] else []
    link = html.A(row["head_name"] or words("case.no_name"), href=visit_path(row["case_id"]), **OPENS, **STEP)
    place: list[Component] = [
        html.Span(texts.names(row["address"], row["village"], row["mukim_name"], row["district_name"]))
    ]
    if row["latitude"] is None:
        place.append(html.Span(words("visit.no_place"), className="ek-footnote"))
    elif row["accuracy_m"] is not None and row["accuracy_m"] > _ROUGH_M:
        rough = words("visit.rough", distance=texts.distance(row["accuracy_m"]))
        place.append(html.Span(rough, className="ek-footnote"))
    return [
        html.Span(str(number), className="ek-visits-number"),
        html.Div([html.Div([link, *late], className="ek-visits-name"), html.Span(row["number"])]),
        html.Div(place, className="ek-row-two"),
        html.A(row["phone"], href=f"tel:{rules.digits(row['phone'])}") if row["phone"] else "",
        numbers.day(row["due_on"]),
    ]
