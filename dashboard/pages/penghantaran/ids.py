"""Ids of the pages of deliveries."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

VIEW: Final = "penghantaran-view"
LIST: Final = "penghantaran-list"

UPLOAD: Final = "penghantaran-satu"
LOADED: Final = "penghantaran-satu-loaded"
DONE: Final = "penghantaran-satu-done"
CAME: Final = "penghantaran-satu-came"
CONTENT: Final = "penghantaran-satu-content"
SAID: Final = "penghantaran-satu-said"
FOUND: Final = "penghantaran-satu-found"
PROGRESS: Final = "penghantaran-satu-progress"
CLOCK: Final = "penghantaran-satu-clock"
MAP_PART: Final = "penghantaran-satu-map"
LEGEND: Final = "penghantaran-satu-legend"
ACT: Final = "penghantaran-act"
MAP: Final = MapIds("penghantaran-map")
