"""Ids of the pages of aid that is held."""

from __future__ import annotations

from typing import Final

VIEW: Final = "held-aid-view"
COUNTS: Final = "held-aid-counts"
LIST: Final = "held-aid-list"
AGENCY: Final = "held-aid-agency"
DISTRICT: Final = "held-aid-district"

ROW: Final = "held-aid-row"
LOADED: Final = "held-aid-loaded"
DONE: Final = "held-aid-done"
MESSAGE: Final = "held-aid-message"
CONTENT: Final = "held-aid-content"
PERSONS: Final = "held-aid-persons"
IN_THE_WAY: Final = "held-aid-in-the-way"
FIND: Final = "held-aid-find"
FIND_TEXT: Final = "held-aid-find-text"
FOUND: Final = "held-aid-found"
STEP: Final = "held-aid-step"
FIELD: Final = "held-aid-field"


def field(name: str) -> dict[str, str]:
    """A field of what is sent with a press: the person, a reason, what an override needs."""
    return {"type": FIELD, "name": name}
