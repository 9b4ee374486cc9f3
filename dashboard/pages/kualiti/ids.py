"""Ids of the data-quality page."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

PAGE: Final = "kualiti"
MAP: Final = MapIds(PAGE)
VIEW: Final = "kualiti-view"
KINDS: Final = "kualiti-kinds"
LEGEND: Final = "kualiti-legend"
TABLE: Final = "kualiti-table"
LIST: Final = "kualiti-list"
MESSAGE: Final = "kualiti-message"
CHANGED: Final = "kualiti-changed"
CONFIRM_TYPE: Final = "kualiti-confirm"


def confirm(code: str, household_id: int) -> dict[str, str]:
    """The button that says of a household that what looks odd is right."""
    return {"type": CONFIRM_TYPE, "code": code, "row": str(household_id)}
