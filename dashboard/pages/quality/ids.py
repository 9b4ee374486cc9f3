"""Ids of the data-quality page."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

PAGE: Final = "quality"
MAP: Final = MapIds(PAGE)
VIEW: Final = "quality-view"
KINDS: Final = "quality-kinds"
LEGEND: Final = "quality-legend"
TABLE: Final = "quality-table"
LIST: Final = "quality-list"
MESSAGE: Final = "quality-message"
CHANGED: Final = "quality-changed"
CONFIRM_TYPE: Final = "quality-confirm"


def confirm(code: str, household_id: int) -> dict[str, str]:
    """The button that says of a household that what looks odd is right."""
    return {"type": CONFIRM_TYPE, "code": code, "row": str(household_id)}
