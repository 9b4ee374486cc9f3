"""The tools above the map: finding an area, where the halves of the country are drawn, sharing it, taking it away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.aria import aria
from dashboard.components.icons import icon
from dashboard.pages.poverty_map.reading import DOWNLOAD_ROUTE
from dashboard.pages.poverty_map.view import DATES_PATH

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from words import Words

FILES: Final = ("a4", "a3", "png", "svg", "html", "xlsx", "csv")
"""What the map can be taken away as; the picture of points is made from the SVG in the browser."""
_TIME: Final = {
    "play": "play",
    "pause": "pause",
    "back": "back",
    "next": "next",
    "slider": "slider",
    "speed": "speed",
    "times": "times",
    "loop": "loop",
    "scale": "scale",
    "scaleAll": "scale_all",
    "scaleOne": "scale_one",
    "none": "none",
    "failed": "failed",
    "many": "at_a_glance",
    "anyDay": "any_day",
}
"""The words that the script needs, by its names for them."""

_LEADS: Final[dict[str, Any]] = {"data-ek-map-dates": ""}
"""The script puts the view into its address."""


def tools(words: Words) -> Component:
    """The row of buttons above the map."""
    return html.Div(
        [
            _tool("find", [icon("search"), words("map.find_area")]),
            _tool("position", words("map.true_position"), pressed=False),
            _tool("time", [icon("calendar"), words("time.open")], pressed=False),
            html.A(words("time.two_dates"), href=DATES_PATH, className="ek-button ek-poverty-map-tool", **_LEADS),
            _tool("bubbles", words("map.bubbles"), pressed=False),
            _tool("whole", words("map.full_screen"), pressed=False),
            _tool("share", words("map.share")),
            _taking(words),
            html.Span(id="poverty-map-shared", role="status", className="ek-poverty-map-note", **_said(words)),
        ],
        className="ek-poverty-map-tool-row",
        role="group",
        **aria(label=words("map.tools")),
    )


def time_bar(words: Words) -> Component:
    """Where the slider over the months stands once it is wanted; the script fills it, which costs a page nothing."""
    told = {name: words(f"time.{key}") for name, key in _TIME.items()}
    attributes: dict[str, Any] = {
        "data-words": json.dumps(told),
        "data-dates": DATES_PATH,
        **aria(label=words("time.open")),
    }
    return html.Div(id="poverty-map-time", className="ek-time", hidden=True, role="group", **attributes)


def _said(words: Words) -> dict[str, Any]:
    """What is said once the address is copied, or cannot be."""
    return {"data-done": words("map.shared"), "data-failed": words("map.not_shared")}


def _taking(words: Words) -> Component:
    """The files that can be had; each address is that of the view, which the browser puts in."""
    links = []
    for kind in FILES:
        attributes: dict[str, Any] = {"data-ek-map-file": kind, "data-ek-route": DOWNLOAD_ROUTE}
        links.append(html.Li(html.A(words(f"map.file_{kind}"), href=DOWNLOAD_ROUTE, download="", **attributes)))
    return html.Details(
        [html.Summary([icon("download"), words("map.download")], className="ek-button"), html.Ul(links)],
        className="ek-poverty-map-files",
    )


def _tool(name: str, label: Any, *, pressed: bool | None = None) -> Component:
    attributes: dict[str, Any] = {"data-ek-map-tool": name}
    if pressed is not None:
        attributes.update(aria(pressed=pressed))
    return html.Button(label, type="button", className="ek-button ek-poverty-map-tool", **attributes)
