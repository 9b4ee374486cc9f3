"""Ids of the page of the map at two dates."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

PAGE: Final = "map-dates"
ONE: Final = MapIds("map-dates-one")
OTHER: Final = MapIds("map-dates-other")
VIEW: Final = "map-dates-view"
TITLE: Final = "map-dates-title"
MODES: Final = "map-dates-modes"
MEASURE: Final = "map-dates-measure"
LEVEL: Final = "map-dates-level"
FIRST: Final = "map-dates-first"
SECOND: Final = "map-dates-second"
ONE_LEGEND: Final = "map-dates-one-legend"
OTHER_LEGEND: Final = "map-dates-other-legend"
SIDES: Final = "map-dates-sides"
OTHER_SIDE: Final = "map-dates-other-side"
MANY: Final = "map-dates-many"
ROWS: Final = "map-dates-rows"
TABLE: Final = "map-dates-table"
DRAWN: Final = "map-dates-drawn"
FILES: Final = "map-dates-files"
NOTE: Final = "map-dates-note"
