"""Ids of the page of what aid reached whom."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

PAGE: Final = "reach"
MAP: Final = MapIds(PAGE)
VIEW: Final = "reach-view"
TITLE: Final = "reach-title"
MEASURES: Final = "reach-measures"
LEGEND: Final = "reach-legend"
TABLE: Final = "reach-table"
CUTS: Final = "reach-cuts"
