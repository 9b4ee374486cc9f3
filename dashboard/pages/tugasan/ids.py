"""Ids of the worklist page."""

from __future__ import annotations

from typing import Final

VIEW: Final = "tugasan-view"
LISTS: Final = "tugasan-lists"
TITLE: Final = "tugasan-title"
NOTE: Final = "tugasan-note"
ROWS: Final = "tugasan-rows"
PLACES: Final = "tugasan-places"
READ: Final = "tugasan-read"
DOWNLOAD_BUTTON: Final = "tugasan-download-button"
DOWNLOAD: Final = "tugasan-download"
REVIEW: Final = "tugasan-review"
REVIEWED: Final = "tugasan-reviewed"
TOLD: Final = "tugasan-told"
