"""Ids of the map page."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

PAGE: Final = "peta"
MAP: Final = MapIds(PAGE)

VIEW: Final = "peta-view"
STEP: Final = "peta-step"
STEPPED: Final = "peta-stepped"
ROWS: Final = "peta-rows"
SORT: Final = "peta-sort"
CHANGED: Final = "peta-changed"
MEASURE: Final = "peta-measure"
LEVEL: Final = "peta-level"
STRATA: Final = "peta-strata"
MONTH: Final = "peta-month"
SCHEME: Final = "peta-scheme"
CLASSES: Final = "peta-classes"
LEGEND: Final = "peta-legend"
PANEL: Final = "peta-panel"
TABLE: Final = "peta-table"
UNBOUNDED: Final = "peta-unbounded"
TROUBLE: Final = "peta-trouble"
DOWNLOAD: Final = "peta-download"

BOX: Final = "peta-households-box"
HOUSEHOLDS: Final = "peta-households"
CHIPS: Final = "peta-chips"
ASKED: Final = "peta-asked"
SHOWN: Final = "peta-shown"
CARD: Final = "peta-card"
OPENED: Final = "peta-opened"
PLACE_LAYER: Final = "peta-place-layer"
PLACE_MARKER: Final = "peta-place-marker"
PLACE: Final = "peta-place"
LATITUDE: Final = "peta-latitude"
LONGITUDE: Final = "peta-longitude"
EDITOR: Final = "peta-editor"
REFUSED: Final = "peta-refused"
CONFLICT: Final = "peta-conflict"
FLASH: Final = "peta-flash"
COMPARED: Final = "peta-compared"
SAVE: Final = "peta-save"
CANCEL: Final = "peta-cancel"
HELD: Final = "peta-held"
DRAW: Final = "peta-draw"
DRAWN: Final = "peta-drawn"
COUNTED: Final = "peta-counted"
