"""Ids of the page of poverty measured."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

PAGE: Final = "analysis"
MAP: Final = MapIds(PAGE)
VIEW: Final = "analysis-view"
TITLE: Final = "analysis-title"
MEASURES: Final = "analysis-measures"
LEGEND: Final = "analysis-legend"
AREAS: Final = "analysis-areas"
FIGURES: Final = "analysis-figures"
CSV: Final = "analysis-csv"
XLSX: Final = "analysis-xlsx"
FILE: Final = "analysis-file"
STRUCTURES: Final = "structures-list"
STRUCTURES_OPENED: Final = "structures-opened"
STRUCTURE_FILE: Final = "structures-add-file"
STRUCTURE_REASON: Final = "structures-add-reason"
STRUCTURE_LOOK: Final = "structures-add-look"
STRUCTURE_ADD: Final = "structures-add-add"
STRUCTURE_MESSAGE: Final = "structures-add-message"
