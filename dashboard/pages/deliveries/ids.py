"""Ids of the pages of deliveries."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

VIEW: Final = "deliveries-view"
LIST: Final = "deliveries-list"

UPLOAD: Final = "deliveries-one"
LOADED: Final = "deliveries-one-loaded"
DONE: Final = "deliveries-one-done"
CAME: Final = "deliveries-one-came"
CONTENT: Final = "deliveries-one-content"
MESSAGE: Final = "deliveries-one-message"
FOUND: Final = "deliveries-one-found"
PROGRESS: Final = "deliveries-one-progress"
CLOCK: Final = "deliveries-one-clock"
MAP_PART: Final = "deliveries-one-map"
LEGEND: Final = "deliveries-one-legend"
ACT: Final = "deliveries-act"
MAP: Final = MapIds("deliveries-map")
