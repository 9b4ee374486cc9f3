"""Draws maps on screen with dash-leaflet; beside ``layers.legends`` the only module of ``layers`` that knows Dash."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import dash_leaflet as dl
from dash import dcc, html
from dash.development.base_component import Component

from layers.choropleth import ChoroplethLayer
from layers.hideouts import Hideout, hideout
from layers.numbers import Words
from layers.palettes import STATUS_COLOURS, TOKENS
from layers.rounds import Stop, numbered_sign, view_of

Bounds = Sequence[Sequence[float]]

# Latitude first, as Leaflet wants it. The first drawing moves the view to its own shapes.
MALAYSIA_CENTRE, MALAYSIA_ZOOM = (4.1, 109.5), 5.75
MIN_ZOOM, MAX_ZOOM = 4, 20
EMPTY: dict[str, Any] = {"type": "FeatureCollection", "features": []}

PIN = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="42" viewBox="0 0 32 42">'
    f'<path d="M16 1C7.7 1 1 7.7 1 16c0 10.5 15 25 15 25s15-14.5 15-25C31 7.7 24.3 1 16 1z" '
    f'fill="{TOKENS["accent"]}" stroke="{TOKENS["paper"]}" stroke-width="2"/>'
    f'<circle cx="16" cy="16" r="5.5" fill="{TOKENS["paper"]}"/></svg>'
)
PIN_ICON: dict[str, Any] = {"iconUrl": PIN, "iconSize": [32, 42], "iconAnchor": [16, 41]}

RING: dict[str, Any] = {
    "radius": 7, "color": TOKENS["ink"], "weight": 2, "dashArray": "3 3", "fillColor": TOKENS["paper"],
    "fillOpacity": 1, "interactive": False,
}  # fmt: skip
"""How the place where a household is until it is moved is marked."""


@dataclass(frozen=True, slots=True)
class MapIds:
    """The ids around one map, all from the page's name: ``poverty-map-map``, ``poverty-map-points`` and so on.

    ``picture`` is the store that asks for a drawing, see :func:`picture`; ``picked``, ``point`` and
    ``up`` are stores the browser writes: the area clicked (``code``), the household clicked (``id``, or
    ``longitude`` and ``latitude`` where several stand together), the wish to go one level up. ``status``
    says whether the last drawing worked.
    """

    page: str

    @property
    def map(self) -> str:
        """The Leaflet map (``bounds``, ``zoom``, ``clickData``)."""
        return f"{self.page}-map"

    @property
    def points(self) -> str:
        """Households in view (``data``, ``hideout``)."""
        return f"{self.page}-points"

    @property
    def picture(self) -> str:
        """What is to be drawn."""
        return f"{self.page}-picture"

    @property
    def status(self) -> str:
        """How the last drawing went: ``{"state": "ready" | "failed", "url": …}``."""
        return f"{self.page}-status"

    @property
    def picked(self) -> str:
        """The area clicked: ``{"code": …, "at": …}``."""
        return f"{self.page}-picked"

    @property
    def point(self) -> str:
        """The household clicked: ``{"id": …, "at": …}``."""
        return f"{self.page}-point"

    @property
    def up(self) -> str:
        """The wish to go up (right-click or backspace on the map): ``{"at": …}``."""
        return f"{self.page}-up"


def map_view(
    ids: MapIds,
    words: Words,
    *,
    land_url: str | None = None,
    tile_url: str | None = None,
    tile_attribution: str = "",
    more_layers: Sequence[Component] = (),
    label: str = "",
) -> Component:
    """Return the frame with the map, its layers and its stores; it fills whatever it is put into.

    Without ``tile_url`` nothing but the app's own files is asked for. ``land_url`` is a boundary file
    drawn in pale grey under the areas, so that a state drilled into keeps its neighbours. ``more_layers``
    are a page's own, drawn above all; ``label`` tells a map from another one on the page.
    Wire the drawing with ``ClientsideFunction("ekasih_map", "paint")`` from ``picture.data`` to ``status.data``: the
    coloured areas are a layer of Leaflet's that the script owns, for a component would be drawn last of all.
    """
    stores = [dcc.Store(id=name) for name in (ids.picture, ids.status, ids.picked, ids.point, ids.up)]
    leaflet = _leaflet(
        ids.map,
        [*_tiles(tile_url, tile_attribution), _points(ids), *more_layers, *_controls(tile_url)],
        # given as centre and zoom: started from bounds, the component fails on its first report of the view
        center=list(MALAYSIA_CENTRE),
        zoom=MALAYSIA_ZOOM,
        doubleClickZoom=False,
        zoomSnap=0.25,
        zoomDelta=0.5,
        wheelPxPerZoomLevel=120,
    )
    named = {"data-picked": ids.picked, "data-point": ids.point, "data-up": ids.up, **_land(land_url)}
    return _frame([leaflet, *stores], words, key=ids.page, label=label or words("map.label"), data=named)


def outlines(name: str) -> Component:
    """Return the layers of a set of outlines drawn over the areas of a map, by the address in the ``url`` of both.

    They are ``name`` and ``<name>-casing``, a pale line beneath it that makes it stand out on dark areas.
    """
    # without shapes of its own, since those would be drawn instead of what the address gives
    casing = dl.GeoJSON(
        id=f"{name}-casing", interactive=False, style={"color": TOKENS["paper"], "weight": 3, "fill": False}
    )
    lines = dl.GeoJSON(
        id=name,
        interactive=False,
        style={"color": TOKENS["ink"], "weight": 1.2, "dashArray": "5 4", "fill": False},
    )
    # above the areas, and not in the way of the pointer
    pane: Component = dl.Pane([casing, lines], name=f"{name}-pane", style={"zIndex": 450, "pointerEvents": "none"})
    return pane


def picture(
    layer: ChoroplethLayer,
    words: Words,
    *,
    page: str,
    url: str,
    bounds: Bounds | None = None,
    circles: bool = False,
) -> dict[str, Any]:
    """Return what the ``picture`` store takes: shapes by address, values and classes beside them.

    With ``circles`` the counts are drawn as such and the areas plain.
    Another address moves the view to the new shapes (or to ``bounds``); the same one keeps it.
    """
    corners = None if bounds is None else [list(corner) for corner in bounds]
    shown = hideout(layer, words, circles=circles)
    return {"key": page, "url": url, "hideout": shown, "bounds": corners}


def points_hideout(words: Words) -> Hideout:
    """Return what the browser needs to draw households: a colour and a word for each status."""
    return {
        "statuses": dict(STATUS_COLOURS),
        "words": {
            "cluster": words("map.cluster"),
            "statuses": {status: words(f"status.{status}") for status in STATUS_COLOURS},
        },
    }


def place_view(
    map_id: str,
    marker_id: str,
    words: Words,
    *,
    latitude: float,
    longitude: float,
    accuracy_m: float | None = None,
    draggable: bool = False,
    former: str = "",
    land_url: str | None = None,
    zoom: int = 13,
) -> Component:
    """Return a small map with one household's place (degrees, WGS84) and a circle for its accuracy.

    Where ``draggable``, a moved marker reports its new ``position`` as ``[latitude, longitude]``; a click
    on the map reports ``clickData.latlng``, for whoever cannot drag. Offer fields to type in beside it.
    ``former`` names the place as it is now, which stays marked there, among the boundaries, while the pin moves on.
    """
    place = [latitude, longitude]
    circle = [_accuracy(place, accuracy_m)] if accuracy_m else []
    if former:
        circle += [_edges(land_url), _former(place, former)] if land_url else [_former(place, former)]
    marker = _pin(marker_id, place, words, draggable=draggable)
    leaflet = _leaflet(
        map_id,
        [*circle, marker, *_controls(None)],
        center=place,
        zoom=zoom,
        # nobody asks where it looks, and a map taken away at once would tell it too late
        trackViewport=False,
    )
    return _frame([leaflet], words, key=map_id, label=words("place.label"), data=_land(land_url))


def _edges(url: str) -> Component:
    """The boundaries that a household is moved among, dashed above the ground."""
    style = {"color": TOKENS["ink"], "weight": 1.2, "dashArray": "5 4", "fill": False}
    lines: Component = dl.GeoJSON(url=url, interactive=False, style=style)
    return lines


def _former(place: list[float], told: str) -> Component:
    """A ring where a household is until it is moved."""
    said = dl.Tooltip(told, permanent=True, direction="bottom", offset=[0, 8], interactive=False)
    ring: Component = dl.CircleMarker(said, center=place, eventHandlers={}, **RING)
    return ring


def route_view(map_id: str, stops: Sequence[Stop], words: Words, *, land_url: str | None = None) -> Component:
    """Return a map of a round: numbered stops in their order, joined by a line as the crow flies.

    The same list belongs beside it in words; the map alone is no way to read it.
    """
    places = [[stop.latitude, stop.longitude] for stop in stops]
    line = dl.Polyline(positions=places, color=TOKENS["accent"], weight=2, opacity=0.7, interactive=False)
    signs = [_sign(f"{map_id}-{number}", number, stop) for number, stop in enumerate(stops, start=1)]
    centre, zoom = view_of(stops) or (MALAYSIA_CENTRE, MALAYSIA_ZOOM)
    # the first stops lie on top where several are at one place
    layers = [line, *reversed(signs), *_controls(None)]
    leaflet = _leaflet(map_id, layers, center=list(centre), zoom=zoom, zoomSnap=0.25, trackViewport=False)
    return _frame([leaflet], words, key=map_id, label=words("route.label"), data=_land(land_url))


def _sign(name: str, number: int, stop: Stop) -> Component:
    label = f"{number}. {stop.name}"
    icon = {"iconUrl": numbered_sign(number), "iconSize": [28, 28], "iconAnchor": [14, 14]}
    marker: Component = dl.Marker(
        id=name,
        position=[stop.latitude, stop.longitude],
        title=label,
        alt=label,
        keyboard=False,
        icon=icon,
        eventHandlers={},
    )
    return marker


def _leaflet(name: str, children: list[Component], **choices: Any) -> Component:
    leaflet: Component = dl.Map(
        children,
        id=name,
        preferCanvas=True,
        zoomControl=False,
        attributionControl=False,
        minZoom=MIN_ZOOM,
        maxZoom=MAX_ZOOM,
        # a null here stops the map from starting at all
        eventHandlers={},
        # old machines draw by processor; and a map taken away in mid-zoom ends in a script error
        zoomAnimation=False,
        markerZoomAnimation=False,
        fadeAnimation=False,
        className="ek-map",
        **choices,
    )
    return leaflet


def _frame(children: list[Component], words: Words, *, key: str, label: str, data: dict[str, str]) -> Component:
    told: dict[str, Any] = {
        "data-ek-map": key,
        "data-label": label,
        "data-zoom-in": words("map.zoom_in"),
        "data-zoom-out": words("map.zoom_out"),
        **data,
    }
    return html.Div(children, className="ek-map-frame", **told)


def _pin(name: str, place: list[float], words: Words, *, draggable: bool) -> Component:
    marker: Component = dl.Marker(
        id=name,
        position=place,
        draggable=draggable,
        keyboard=True,
        title=words("place.marker"),
        alt=words("place.marker"),
        icon=PIN_ICON,
        eventHandlers={"dragend": {"variable": "ekasih.map.dragged"}},
    )
    return marker


def _accuracy(place: list[float], metres: float) -> Component:
    circle: Component = dl.Circle(
        center=place, radius=metres, color=TOKENS["accent"], weight=1, fillOpacity=0.08, interactive=False
    )
    return circle


def _land(url: str | None) -> dict[str, str]:
    """The attribute that the script reads the land beneath the areas from."""
    return {"data-land": url} if url else {}


def _points(ids: MapIds) -> Component:
    households: Component = dl.GeoJSON(
        id=ids.points,
        data=EMPTY,
        hideout={},
        pointToLayer={"variable": "ekasih.map.pointToLayer"},
        onEachFeature={"variable": "ekasih.map.eachPoint"},
    )
    return households


def _tiles(url: str | None, attribution: str) -> list[Component]:
    # TileLayer without an address asks OpenStreetMap, so there is none unless one was set
    return [dl.TileLayer(url=url, attribution=attribution, opacity=0.6)] if url else []


def _controls(tile_url: str | None) -> list[Component]:
    controls = [dl.ZoomControl(position="topright"), dl.ScaleControl(position="bottomright", imperial=False)]
    if tile_url:
        controls.append(dl.AttributionControl(position="bottomright", prefix=""))
    return controls
