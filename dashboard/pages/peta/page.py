"""Wires the map page: what is drawn, what a step does, what the address keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard import urlstate
from dashboard.pages.peta import drawing, ids

if TYPE_CHECKING:
    from dashboard.deps import Deps

_CHOICES = (ids.MEASURE, ids.STRATA, ids.LEVEL, ids.MONTH, ids.SCHEME, ids.CLASSES)


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    drawing.register(app, deps)
    urlstate.follow(app, ids.VIEW)
    _in_the_browser(app)


def _in_the_browser(app: Dash) -> None:
    """What needs no server: painting, the choices, steps in and out, the table."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("ekasih_map", "paint"),
        Output(ids.MAP.areas, "data"),
        Output(ids.MAP.areas, "hideout"),
        Output(ids.MAP.map, "viewport"),
        Output(ids.MAP.status, "data"),
        Input(ids.MAP.picture, "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("ekasih_peta", "choose"),
        Output(ids.VIEW, "data"),
        *(Output(name, "value") for name in _CHOICES),
        Output(ids.CHIPS, "value"),
        Output(ids.HOUSEHOLDS, "checked"),
        Input(ids.VIEW, "data"),
        *(Input(name, "value") for name in _CHOICES),
        Input(ids.CHIPS, "value"),
        Input(ids.HOUSEHOLDS, "checked"),
        Input(ids.STEP, "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("ekasih_peta", "take"),
        Output(ids.STEPPED, "data"),
        Input(ids.MAP.picked, "data"),
        Input(ids.MAP.up, "data"),
        Input(ids.STEP, "data"),
        State(ids.VIEW, "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("ekasih_peta", "table"),
        Output(ids.TABLE, "children"),
        Input(ids.ROWS, "data"),
        Input(ids.SORT, "data"),
        State(ids.VIEW, "data"),
    )
