"""Where a project is, how that is known and by whom; and where it is put: by a press on the map, typed, or by GPS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components.detail_page import number_in
from dashboard.components.forms import SAVES
from dashboard.pages.projects import ids
from layers import numbers, screen
from registry.errors import InvalidInput
from registry.projects.projects import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from queries.row_types.projects import ProjectRow
    from words import Words

_METHODS = ("peta", "ditaip", "gps")


def section(row: ProjectRow, words: Words, land: str | None, *, moves: bool) -> list[Component]:
    """The place on a small map with what is known of it; and, for who works on it, where else it may be put."""
    latitude, longitude = row["latitude"], row["longitude"]
    parts: list[Component] = []
    if latitude is None or longitude is None:
        drawn = screen.route_view("projects-place-map", [], words, land_url=land)
        parts = [html.P(words("project.no_place"), className="ek-footnote")]
    else:
        drawn = screen.place_view(
            "projects-place-map",
            "projects-place-marker",
            words,
            latitude=latitude,
            longitude=longitude,
            accuracy_m=row["place_accuracy_m"],
            land_url=land,
            zoom=12,
        )
        parts = [html.P(" · ".join(_known(row, words)), className="ek-footnote")]
        if row["inside"] is False:
            parts.append(html.P(words("project.odd_outside"), className="ek-tag ek-tag-late"))
    if latitude is not None or moves:
        parts.insert(0, html.Div(drawn, className="ek-visit-map"))
    return [*parts, _moving(row, words)] if moves else parts


def _known(row: ProjectRow, words: Words) -> list[str]:
    """Where it is in degrees, how that is known, how exactly, by whom and since when."""
    metres = row["place_accuracy_m"]
    told = [
        f"{row['latitude']:.5f}, {row['longitude']:.5f}",
        words(f"project.method_{row['place_method']}"),
        words("project.accuracy_of", metres=metres) if metres is not None else "",
        row["placed_by"] or "",
        numbers.moment(row["placed_at"]) if row["placed_at"] else "",
    ]
    return [part for part in told if part]


def _moving(row: ProjectRow, words: Words) -> Component:
    """The form: the script fills it in where somebody presses on the map above, or lets the device say where it is."""
    area = row["geometry"] == "poligon"
    fields: list[Component] = []
    if not area:
        fields = [_text(name, words) for name in ("latitude", "longitude", "accuracy")]
    if row["geometry"] != "titik":
        fields.append(
            dmc.Textarea(
                id=ids.field("place", "polygon"),
                label=words("project.polygon"),
                description=words("project.polygon_hint"),
                value="",
                autosize=True,
                minRows=2,
                maxRows=6,
            )
        )
    fields.append(
        dmc.Select(
            id=ids.field("place", "method"),
            label=words("project.method"),
            data=[{"value": one, "label": words(f"project.method_{one}")} for one in _METHODS],
            value="ditaip",
        )
    )
    located: dict[str, Any] = {"data-ek-project-locate": "1"}
    undone: dict[str, Any] = {"data-ek-project-draws": "area" if area else "point"}
    told = words("project.undo") if area else words("project.locate")
    buttons = [
        html.Button(told, type="button", className="ek-button", **(undone if area else located | undone)),
        dmc.Button(words("project.place_save"), id=ids.act("place"), variant="default"),
    ]
    lead = html.P(words("project.draw_area" if area else "project.draw_point"), className="ek-footnote")
    body = html.Div([lead, *fields, html.Div(buttons, className="ek-actions")])
    moved: Component = html.Details(
        [html.Summary(words("project.place_change")), body],
        className="ek-screen-only",
        **SAVES,
    )
    return moved


def _text(name: str, words: Words) -> Component:
    field: Component = dmc.TextInput(id=ids.field("place", name), label=words(f"project.{name}"), value="")
    return field


def place_of(given: Mapping[str, str]) -> Place:
    """The place that was drawn, typed, or told by a device.

    Raises:
        InvalidInput: it is none.

    """
    method = given.get("method", "")
    method = method if method in _METHODS else "ditaip"
    if given.get("polygon"):
        return Place(polygon=given["polygon"], method=method)
    try:
        latitude, longitude = (float(given.get(name, "").replace(",", ".")) for name in ("latitude", "longitude"))
    except ValueError:
        raise InvalidInput({"place": "invalid"}) from None
    return Place(latitude=latitude, longitude=longitude, method=method, accuracy_m=number_in(given.get("accuracy")))
