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
