"""An area of a form: drawn on its map, typed corner by corner, or pasted; assets/js/pages/targets.js draws it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard.components.aria import aria

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from words import Words

_STEPS: Final = ("draw", "done", "undo", "clear")
_TOLD: Final = (
    "drawing", "area", "few", "crossing", "degrees", "foreign", "between", "corner", "latitude", "longitude", "add",
    "remove",
)  # fmt: skip
"""What the script of the page says, in its own words."""


def tools(words: Words) -> Component:
    """The buttons above the map; all stand there always, so that the map stays where it is while one draws."""
    return html.Div([_button(name, words) for name in _STEPS], className="ek-actions ek-targets-tools")


def said() -> Component:
    """Where the script says how to draw, how large the area is, and what is wrong with it."""
    says: Any = {"data-ek-drawn-says": "1"}
    wrong: Any = {"data-ek-drawn-wrong": "1"}
    return html.Div(
        [
            html.P(role="status", className="ek-footnote", **says),
            html.P(role="alert", **wrong),
        ],
        className="ek-targets-said",
    )


def corners(words: Words, *, page: str) -> Component:
    """The corners as degrees to be typed, and the area as GeoJSON (``<page>-polygon``), folded away."""
    said = json.dumps({name: words(f"target.draw_{name}") for name in _TOLD})
    told: Any = {"data-ek-draws-for": page, "data-words": said}
    title = f"{page}-corners-title"
    return html.Section(
        [
            html.H3(words("target.draw_corners"), id=title),
            html.P(words("target.draw_corners_hint"), className="ek-footnote"),
            html.Div(id=f"{page}-corners", className="ek-corners", **told),
            html.Details(
                [
                    html.Summary(words("target.polygon")),
                    dmc.Textarea(
                        id=f"{page}-polygon", label=words("target.polygon_label"),
                        description=words("target.polygon_hint"), value="", autosize=True, minRows=2, maxRows=8,
                        debounce=True,
                    ),
                ]
            ),
            dcc.Store(id=f"{page}-drawn"),
        ],
        className="ek-spaced",
        **aria(labelledby=title),
    )  # fmt: skip


def register(app: Dash, *, page: str) -> None:
    """Draw what was pasted, or is a draft's."""
    app.clientside_callback(
        ClientsideFunction("ekasih_targets", "shape"),
        Output(f"{page}-drawn", "data"),
        Input(f"{page}-polygon", "value"),
    )


def _button(name: str, words: Words) -> Component:
    marked: Any = {"data-ek-draws": name, "hidden": name == "done", "disabled": name in {"undo", "clear"}}
    return html.Button(words(f"target.draw_{name}"), type="button", className="ek-button", **marked)
