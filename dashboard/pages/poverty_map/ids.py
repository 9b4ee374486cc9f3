"""Ids of the map page."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

PAGE: Final = "poverty-map"
MAP: Final = MapIds(PAGE)

VIEW: Final = "poverty-map-view"
STEP: Final = "poverty-map-step"
STEPPED: Final = "poverty-map-stepped"
ARRIVED: Final = "poverty-map-arrived"
CHANGED: Final = "poverty-map-changed"
MEASURE: Final = "poverty-map-measure"
LEVEL: Final = "poverty-map-level"
STRATA: Final = "poverty-map-strata"
MONTH: Final = "poverty-map-month"
SCHEME: Final = "poverty-map-scheme"
CLASSES: Final = "poverty-map-classes"
BASEMAP: Final = "poverty-map-basemap"
LEGEND: Final = "poverty-map-legend"
PANEL: Final = "poverty-map-panel"
MOST: Final = "poverty-map-most"
TABLE: Final = "poverty-map-table"
UNBOUNDED: Final = "poverty-map-unbounded"
TROUBLE: Final = "poverty-map-trouble"

BOX: Final = "poverty-map-households-box"
HOUSEHOLDS: Final = "poverty-map-households"
CHIPS: Final = "poverty-map-chips"
ASKED: Final = "poverty-map-asked"
SHOWN: Final = "poverty-map-shown"
CARD: Final = "poverty-map-card"
OPENED: Final = "poverty-map-opened"
PLACE_LAYER: Final = "poverty-map-place-layer"
PLACE_MARKER: Final = "poverty-map-place-marker"
PLACE: Final = "poverty-map-place"
LATITUDE: Final = "poverty-map-latitude"
ACCURACY: Final = "poverty-map-accuracy"
LONGITUDE: Final = "poverty-map-longitude"
EDITOR: Final = "poverty-map-editor"
REFUSED: Final = "poverty-map-refused"
CONFLICT: Final = "poverty-map-conflict"
FLASH: Final = "poverty-map-flash"
COMPARED: Final = "poverty-map-compared"
SAVE: Final = "poverty-map-save"
CANCEL: Final = "poverty-map-cancel"
HELD: Final = "poverty-map-held"
DRAW: Final = "poverty-map-draw"
DRAWN: Final = "poverty-map-drawn"
COUNTED: Final = "poverty-map-counted"
