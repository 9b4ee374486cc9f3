"""The card of a household picked on the map, or the list of those that share its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html

from dashboard.components.aria import aria
from dashboard.components.badges import status_badge
from dashboard.components.detail_page import number_in
from dashboard.components.icons import icon
from dashboard.components.sentence import status_sentence
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.poverty_map import ids
from dashboard.pages.poverty_map.households import wanted_of
from dashboard.pages.poverty_map.view import MapView
from dashboard.sent.kinds import View
from layers import numbers
from poverty.lines import explain
from queries import households, map_points, maps
from registry.errors import NotFound
from registry.principals import Permission
from registry.status.explain import decision_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from registry.principals import Principal
    from words import Words


def register(app: Dash, deps: Deps) -> None:
    """Wire the card onto ``app``."""

    @app.callback(
        Output(ids.CARD, "children"),
        Output(ids.OPENED, "data"),
        Input(ids.MAP.point, "data"),
        Input(ids.CHANGED, "data"),
        State(ids.OPENED, "data"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_PERSONS)
    def open_card(picked: View | None, _changed: object, _opened: object, asked: View | None) -> tuple[Any, Any]:
        words = current_words()
        if not picked or picked.get("closed"):
            return None, None
        if "id" not in picked:
            return _neighbours(deps, picked, MapView.parse(asked or {}), words), None
        household_id = number_in(picked["id"])
        with deps.reading() as conn:
            record = None if household_id is None else households.record(conn, household_id)
        if record is None:
            raise NotFound
        deps.note_read("read", subject="household", subject_id=household_id)
        return card(record, words, movable=_may_move(deps.person(), record)), opened_of(record)


def opened_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """What the browser keeps of the household on the card: no more than moving it takes."""
    return {
        "id": record["household_id"],
        "version": record["version"],
        "longitude": round(record["longitude"], 6),
        "latitude": round(record["latitude"], 6),
    }


def card(record: Mapping[str, Any], words: Words, *, movable: bool) -> Component:
    """Head, size, status with its sentence, where the point comes from, and the way to the record."""
    where = [record["mukim_name"], record["district_name"]]
    line = [
        words.n("map.members", record["member_count"]),
        ", ".join(name for name in dict.fromkeys(where) if name),
        record["file_no"],
    ]
    move: list[Component] = []
    if movable:
        attributes: dict[str, Any] = {"data-ek-move": "true"}
        move.append(html.Button([icon("pin"), words("map.move")], type="button", className="ek-button", **attributes))
    return _box(
        [
            status_badge(record["status"], words),
            html.H3(record["head_name"]),
            html.P(" · ".join(line), className="ek-poverty-map-note"),
            html.P(status_sentence(explain(decision_of(record)), words)),
            html.P(_place_note(record, words), className="ek-poverty-map-note"),
            html.Div(
                [
                    dcc.Link(
                        words("map.open_record"),
                        href=f"/isi-rumah/{record['household_id']}",
                        className="ek-button ek-button-main",
                    ),
                    *move,
                ],
                className="ek-poverty-map-actions",
            ),
        ],
        words,
    )


def _neighbours(deps: Deps, picked: Mapping[str, Any], view: MapView, words: Words) -> Component:
    try:
        longitude, latitude = float(picked["longitude"]), float(picked["latitude"])
    except (KeyError, TypeError, ValueError):
        raise NotFound from None
    with deps.reading() as conn:
        as_of = maps.footing(conn, level=view.level, live=True).as_of
        found, total = map_points.at_place(conn, longitude=longitude, latitude=latitude, wanted=wanted_of(view, as_of))
    deps.note_read("read", subject="map", facts={"households": [household["id"] for household in found]})
    return _list(found, total, words)


def _list(found: Sequence[Mapping[str, Any]], total: int, words: Words) -> Component:
    """Everyone at one place: a button for each."""
    rows = []
    for household in found:
        attributes: dict[str, Any] = {"data-ek-household": str(household["id"])}
        inside = [
            html.Span(
                [html.Span(household["head_name"]), html.Span(household["file_no"], className="ek-poverty-map-note")]
            ),
            status_badge(household["status"], words),
        ]
        rows.append(html.Li(html.Button(inside, type="button", **attributes)))
    shown = words("map.shown_here", shown=numbers.count(len(found)), total=numbers.count(total))
    return _box(
        [
            html.H3(words("map.one_place")),
            html.P(shown, className="ek-poverty-map-note"),
            html.Ul(rows, className="ek-poverty-map-neighbours"),
        ],
        words,
    )


def _box(children: list[Component], words: Words) -> Component:
    attributes: dict[str, Any] = {"data-ek-close": "true"}
    close = html.Button(
        icon("close"),
        type="button",
        className="ek-icon-button ek-poverty-map-close",
        **attributes,
        **aria(label=words("map.close")),
    )
    return html.Section(
        [close, *children],
        id="poverty-map-card-box",
        className="ek-poverty-map-card",
        tabIndex=-1,
        **aria(label=words("map.card")),
    )


def _place_note(record: Mapping[str, Any], words: Words) -> str:
    method = words(f"method.{record['geom_method']}")
    metres = record["geom_accuracy_m"]
    distance = f"{numbers.count(metres)} m" if metres < 1000 else f"{numbers.decimal(metres / 1000, places=0)} km"  # noqa: PLR2004 - a kilometre
    return words("map.place_note", method=method, distance=distance)


def _may_move(person: Principal, record: Mapping[str, Any]) -> bool:
    return person.may(Permission.EDIT_HOUSEHOLDS) and person.covers(record["district_code"])
