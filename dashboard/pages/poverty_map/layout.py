"""The skeleton of the map page: choices above, the map, the panel beside it; reads no database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_leaflet as dl
import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.boundary_files import land_url
from dashboard.components.aria import aria
from dashboard.components.feedback import skeleton
from dashboard.components.forms import ASKS
from dashboard.components.icons import icon
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request
from dashboard.i18n import current_words
from dashboard.pages.poverty_map import ids
from dashboard.pages.poverty_map.moving import editor
from dashboard.pages.poverty_map.tools import time_bar, tools
from dashboard.pages.poverty_map.view import CLASSES, FILTERS, MapView
from dashboard.urlstate import view_store
from layers.breaks import Scheme
from layers.measures import AID, MEASURES, Kind
from layers.screen import map_view
from registry.areas.basemaps import drawn_basemap
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from words import Words

PATH = "/"
TITLE = "nav.map"
PERMISSION = Permission.READ_AGGREGATES

_KINDS = (Kind.COUNT, Kind.RATE, Kind.CHANGE, Kind.COST)


def layout(**query: Any) -> Component:
    """The page of an address."""
    words = current_words()
    view = MapView.parse(query)
    return html.Div(
        [
            *_stores(view),
            html.H1(words("map.title"), className="ek-sr"),
            _toolbar(view, words),
            html.Div([_map(words), _panel(words)], className="ek-poverty-map-body"),
        ],
        className="ek-poverty-map",
    )


def _stores(view: MapView) -> list[Component]:
    names = (
        ids.STEP,
        ids.STEPPED,
        ids.ARRIVED,
        ids.CHANGED,
        ids.ASKED,
        ids.OPENED,
        ids.PLACE,
        ids.DRAWN,
        ids.REFUSED,
        ids.CONFLICT,
        ids.HELD,
    )
    return [
        view_store(ids.VIEW, view),
        dcc.Store(id=trail_of(ids.PAGE)),
        *(dcc.Store(id=name) for name in names),
    ]


def _toolbar(view: MapView, words: Words) -> Component:
    others = [
        _select(ids.STRATA, words("map.strata"), _strata(words), view.strata),
        _select(
            ids.LEVEL, words("map.level"), [{"value": view.level, "label": words(f"level.{view.level}")}], view.level
        ),
        _select(ids.MONTH, words("map.month"), _months(view, words), view.month_text or "now"),
        _select(ids.SCHEME, words("map.scheme"), _schemes(words), view.scheme),
        _select(ids.CLASSES, words("map.classes"), [str(k) for k in CLASSES], str(view.k)),
        _basemap(view, words),
    ]
    toggle: Any = {"data-ek-toggle": "poverty-map-choices", **aria(expanded=False, controls="poverty-map-choices")}
    return html.Div(
        [
            _select(ids.MEASURE, words("map.measure"), _measures(words), view.measure, wide=True),
            html.Button(words("map.choices"), type="button", className="ek-button ek-poverty-map-more", **toggle),
            html.Div(others, id="poverty-map-choices", className="ek-poverty-map-choices"),
        ],
        className="ek-poverty-map-toolbar",
        role="group",
        **ASKS,
        **aria(label=words("map.choose")),
    )


def _select(name: str, label: str, data: Any, value: str, *, wide: bool = False) -> Component:
    field: Component = dmc.Select(
        id=name,
        label=label,
        data=data,
        value=value,
        className="ek-poverty-map-select ek-poverty-map-select-wide" if wide else "ek-poverty-map-select",
        comboboxProps={"withinPortal": True},
        maxDropdownHeight=420,
    )
    return field


def _measures(words: Words) -> list[dict[str, Any]]:
    groups = {
        words(f"kind.{kind}"): [key for key, measure in MEASURES.items() if measure.kind is kind and key not in AID]
        for kind in _KINDS
    }
    groups[words("nav.group_aid")] = list(AID)
    return [
        {"group": name, "items": [{"value": key, "label": words(f"measure.{key}")} for key in keys]}
        for name, keys in groups.items()
    ]


def _strata(words: Words) -> list[dict[str, str]]:
    return [{"value": name, "label": words(f"strata.{name}")} for name in ("all", "urban", "rural")]


def _schemes(words: Words) -> list[dict[str, str]]:
    return [{"value": scheme, "label": words(f"scheme.{scheme}")} for scheme in Scheme]


def _months(view: MapView, words: Words) -> list[dict[str, str]]:
    now = {"value": "now", "label": words("map.now")}
    if not view.month_text:
        return [now]
    year, month = view.month_text.split("-")
    return [now, {"value": view.month_text, "label": f"{month}/{year}"}]


def _basemap(view: MapView, words: Words) -> Component:
    """The choice of the basemap, where the installation has one and the view can have it."""
    switch = dmc.Switch(
        id=ids.BASEMAP,
        label=words("map.basemap"),
        checked=view.basemap == "1",
        size="sm",
    )
    none = drawn_basemap(deps_of_request().settings.home) is None
    return html.Div(switch, className="ek-basemap-choice", hidden=none or view.in_frames)


def _map(words: Words) -> Component:
    settings = deps_of_request().settings
    frame = map_view(
        ids.MAP,
        words,
        land_url=land_url(settings.home),
        tile_url=settings.tile_url,
        tile_attribution=words("map.tiles") if settings.tile_url else "",
        more_layers=[dl.LayerGroup(id=ids.PLACE_LAYER)],
    )
    return html.Section(
        [
            html.H2(words("map.map"), className="ek-sr"),
            tools(words),
            time_bar(words),
            _households(words),
            html.Div(
                [
                    frame,
                    html.Details(
                        [html.Summary(words("legend.title")), html.Div(id=ids.LEGEND)],
                        open=True,
                        className="ek-legend-below",
                    ),
                    _trouble(words),
                    html.Div(
                        [
                            html.Div(id=ids.CARD),
                            editor(words),
                            html.P(id=ids.FLASH, role="status", className="ek-poverty-map-flash"),
                        ],
                        className="ek-poverty-map-card-place",
                    ),
                ],
                className="ek-poverty-map-stage",
            ),
        ],
        className="ek-poverty-map-map",
        **aria(label=words("map.map")),
    )


def _trouble(words: Words) -> Component:
    """What is said where the boundaries did not come; the figures beside the map are right all the same."""
    attributes: dict[str, Any] = {"data-ek-reload": "true"}
    again = html.Button(words("frame.try_again"), type="button", className="ek-button", **attributes)
    return html.Div(
        [icon("alert"), html.P(words("map.no_shapes")), again],
        id=ids.TROUBLE,
        className="ek-poverty-map-trouble",
        hidden=True,
        role="alert",
    )


def _households(words: Words) -> Component:
    """What is said and chosen about households on the map; shown where they may be."""
    chips = dmc.ChipGroup(
        [dmc.Chip(words(f"map.only_{name}"), value=name, size="sm", variant="outline") for name in FILTERS],
        id=ids.CHIPS,
        multiple=True,
        value=[],
    )
    attributes: Any = aria(pressed=False)
    draw = html.Button(
        [icon("edit"), words("map.draw")], id=ids.DRAW, type="button", className="ek-button", **attributes
    )
    return html.Div(
        [
            dmc.Switch(
                id=ids.HOUSEHOLDS, label=words("map.show_households"), size="sm", className="ek-poverty-map-switch"
            ),
            html.Div(
                [
                    html.Div(chips, role="group", className="ek-poverty-map-chips", **aria(label=words("map.filter"))),
                    html.Div(
                        [html.P(id=ids.SHOWN, role="status"), draw, *_drawing(words)], className="ek-poverty-map-shown"
                    ),
                    html.Div(id=ids.COUNTED, role="status"),
                ],
                className="ek-poverty-map-tools",
            ),
        ],
        id=ids.BOX,
        className="ek-poverty-map-households",
        hidden=True,
        **ASKS,
    )


def _drawing(words: Words) -> list[Component]:
    """What is offered while a shape is drawn; the whole view counts as one for who draws nothing."""
    actions = (
        ("done", words("map.draw_done"), True),
        ("view", words("map.draw_view"), False),
        ("clear", words("map.draw_clear"), True),
    )
    buttons: list[Component] = []
    for name, label, hidden in actions:
        attributes: Any = {"data-ek-drawing": name, "hidden": hidden}
        buttons.append(html.Button(label, type="button", className="ek-button ek-poverty-map-drawing", **attributes))
    return buttons


def _panel(words: Words) -> Component:
    return html.Aside(
        [
            html.Div(skeleton(words("map.loading"), lines=6), id=ids.PANEL),
            html.Div(id=ids.MOST, className="ek-poverty-map-most"),
            html.P(id=ids.UNBOUNDED, className="ek-poverty-map-note"),
            html.Div(
                html.Table(id=ids.TABLE, className="ek-table ek-poverty-map-table"),
                className="ek-poverty-map-table-box",
            ),
        ],
        className="ek-poverty-map-panel",
        **aria(label=words("map.panel")),
    )
