"""Ids of the page on which areas are held against each other."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

PAGE: Final = "areas-compared"
MAP: Final = MapIds(PAGE)
VIEW: Final = "areas-compared-view"
VIEWS: Final = "areas-compared-views"
CHOICES: Final = "areas-compared-choices"
LEGEND: Final = "areas-compared-legend"
TABLE: Final = "areas-compared-table"
NOTES: Final = "areas-compared-notes"
CSV: Final = "areas-compared-csv"
XLSX: Final = "areas-compared-xlsx"
DOWNLOAD: Final = "areas-compared-download"
