"""Wires the map page: what is drawn, what a step does, what the address keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard import urlstate
from dashboard.pages.poverty_map import card, drawing, households, ids, moving, timeline

if TYPE_CHECKING:
    from dashboard.deps import Deps

_CHOICES = (ids.MEASURE, ids.STRATA, ids.LEVEL, ids.MONTH, ids.SCHEME, ids.CLASSES)


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    drawing.register(app, deps)
    households.register(app, deps)
    card.register(app, deps)
    moving.register(app, deps)
    timeline.register(app.server, deps)
    urlstate.follow(app, ids.VIEW)
    _arriving(app)
    _steps(app)
    _basemap(app)
    _households(app)


def _arriving(app: Dash) -> None:
    """Where a step that was taken in the table leads the keyboard."""
    app.clientside_callback(
        ClientsideFunction("ekasih_poverty_map", "arrive"),
        Output(ids.ARRIVED, "data"),
        Input(ids.PANEL, "children"),
        prevent_initial_call=True,
    )


def _steps(app: Dash) -> None:
    """The choices, and the steps in and out of areas."""
    app.clientside_callback(
        ClientsideFunction("ekasih_poverty_map", "choose"),
        *(Output(name, "value") for name in _CHOICES),
        Output(ids.CHIPS, "value"),
        Output(ids.HOUSEHOLDS, "checked"),
        Input(ids.VIEW, "data"),
        *(Input(name, "value") for name in _CHOICES),
        Input(ids.CHIPS, "value"),
        Input(ids.HOUSEHOLDS, "checked"),
        Input(ids.STEP, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_poverty_map", "take"),
        Output(ids.STEPPED, "data"),
        Input(ids.MAP.picked, "data"),
        Input(ids.MAP.up, "data"),
        prevent_initial_call=True,
    )


def _basemap(app: Dash) -> None:
    """The choice of the basemap and the view agree; it is laid beneath the map, or taken away."""
    app.clientside_callback(
        ClientsideFunction("ekasih_basemap", "follow"),
        Output(ids.BASEMAP, "checked"),
        Input(ids.VIEW, "data"),
        Input(ids.BASEMAP, "checked"),
    )


def _households(app: Dash) -> None:
    """What the browser asks about households in view, and how it keeps the place of one that is being moved."""
    app.clientside_callback(
        ClientsideFunction("ekasih_poverty_map", "ask"),
        Output(ids.ASKED, "data"),
        Output(ids.BOX, "hidden"),
        Output(ids.BOX, "className"),
        Input(ids.STEP, "data"),
        Input(ids.MAP.map, "bounds"),
        Input(ids.MAP.map, "zoom"),
        State(ids.VIEW, "data"),
        State(ids.ASKED, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_poverty_map", "place"),
        Output(ids.PLACE, "data"),
        Output(ids.LATITUDE, "value"),
        Output(ids.LONGITUDE, "value"),
        Input(ids.PLACE, "data"),
        Input(ids.LATITUDE, "value"),
        Input(ids.LONGITUDE, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_poverty_map", "settle"),
        Output(ids.HELD, "data"),
        Input(ids.CANCEL, "n_clicks"),
        Input(ids.CHANGED, "data"),
        Input(ids.OPENED, "data"),
        prevent_initial_call=True,
    )
