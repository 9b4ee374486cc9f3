"""Ids of the pages of boundaries."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

LIST: Final = "sempadan-list"
SHOWN: Final = "sempadan-shown"
CAME: Final = "sempadan-came"
CLOCK: Final = "sempadan-clock"
PROGRESS: Final = "sempadan-progress"
SAID: Final = "sempadan-said"
DONE: Final = "sempadan-done"
ASKED: Final = "sempadan-asked"
ACT: Final = "sempadan-act"

UPLOAD: Final = "sempadan-fail"
LOADED: Final = "sempadan-fail-loaded"
FILE_DONE: Final = "sempadan-fail-done"
FILE_CAME: Final = "sempadan-fail-came"
FILE_CLOCK: Final = "sempadan-fail-clock"
FILE_SAID: Final = "sempadan-fail-said"
FILE_PROGRESS: Final = "sempadan-fail-progress"
HEAD: Final = "sempadan-fail-head"
STATE: Final = "sempadan-fail-stated"
REPORT: Final = "sempadan-fail-report"
LEVEL: Final = "sempadan-fail-level"
SOURCE: Final = "sempadan-fail-source"
LICENCE: Final = "sempadan-fail-licence"
DATED: Final = "sempadan-fail-dated"
ACCURACY: Final = "sempadan-fail-accuracy"
PARTIAL: Final = "sempadan-fail-partial"
CHECKED: Final = "sempadan-fail-checked"
CHECK: Final = "sempadan-fail-check"
FILE_ACT: Final = "sempadan-fail-act"
MAP_PART: Final = "sempadan-fail-map-part"
WITHIN: Final = "sempadan-fail-within"
LEGEND: Final = "sempadan-fail-legend"
OUTLINE: Final = "sempadan-fail-outline"
MAP: Final = MapIds("sempadan-fail-map")
