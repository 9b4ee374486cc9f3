"""Ids of the worklist page."""

from __future__ import annotations

from typing import Final

VIEW: Final = "tasks-view"
LISTS: Final = "tasks-lists"
TITLE: Final = "tasks-title"
NOTE: Final = "tasks-note"
DISTRICT: Final = "tasks-district"
TICKED: Final = "tasks-ticked"
ROWS: Final = "tasks-rows"
PLACES: Final = "tasks-places"
READ: Final = "tasks-read"
CSV: Final = "tasks-csv"
XLSX: Final = "tasks-xlsx"
DOWNLOAD: Final = "tasks-download"
REVIEW: Final = "tasks-review"
REVIEWED: Final = "tasks-reviewed"
MESSAGE: Final = "tasks-told"
ACCEPT: Final = "tasks-accept"
ACCEPTING: Final = "tasks-accepting"
ACCEPTED: Final = "tasks-accepted"
ACCEPT_MESSAGE: Final = "tasks-accept-told"
