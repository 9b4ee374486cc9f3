"""Ids of the pages of boundaries."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

LIST: Final = "boundaries-list"
SHOWN: Final = "boundaries-shown"
CAME: Final = "boundaries-came"
CLOCK: Final = "boundaries-clock"
PROGRESS: Final = "boundaries-progress"
MESSAGE: Final = "boundaries-message"
DONE: Final = "boundaries-done"
ASKED: Final = "boundaries-asked"
ACT: Final = "boundaries-act"

UPLOAD: Final = "boundaries-file"
LOADED: Final = "boundaries-file-loaded"
FILE_DONE: Final = "boundaries-file-done"
FILE_CAME: Final = "boundaries-file-came"
FILE_CLOCK: Final = "boundaries-file-clock"
FILE_MESSAGE: Final = "boundaries-file-message"
FILE_PROGRESS: Final = "boundaries-file-progress"
HEAD: Final = "boundaries-file-head"
STATE: Final = "boundaries-file-stated"
REPORT: Final = "boundaries-file-report"
LEVEL: Final = "boundaries-file-level"
SOURCE: Final = "boundaries-file-source"
LICENCE: Final = "boundaries-file-licence"
DATED: Final = "boundaries-file-dated"
ACCURACY: Final = "boundaries-file-accuracy"
PARTIAL: Final = "boundaries-file-partial"
HOLDS: Final = "boundaries-file-holds"
CHECKED: Final = "boundaries-file-checked"
CHECK: Final = "boundaries-file-check"
FILE_ACT: Final = "boundaries-file-act"
MAP_PART: Final = "boundaries-file-map-part"
WITHIN: Final = "boundaries-file-within"
LEGEND: Final = "boundaries-file-legend"
OUTLINE: Final = "boundaries-file-outline"
MAP: Final = MapIds("boundaries-file-map")

CATCHMENT: Final = "catchment"
CATCHMENT_MAP: Final = MapIds("catchment")
CATCHMENT_OPENED: Final = "catchment-opened"
CATCHMENT_WHICH: Final = "catchment-which"
CATCHMENT_CODE: Final = "catchment-code"
CATCHMENT_NAME: Final = "catchment-name"
CATCHMENT_STATE: Final = "catchment-state"
CATCHMENT_PARTS: Final = "catchment-parts"
CATCHMENT_POLYGON: Final = "catchment-polygon"
CATCHMENT_SOURCE: Final = "catchment-source"
CATCHMENT_DATED: Final = "catchment-dated"
CATCHMENT_ACCURACY: Final = "catchment-accuracy"
CATCHMENT_PROPOSE: Final = "catchment-propose"
CATCHMENT_MESSAGE: Final = "catchment-message"
