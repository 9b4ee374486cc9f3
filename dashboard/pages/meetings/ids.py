"""Ids of the pages of meetings."""

from __future__ import annotations

from typing import Final

LIST_KEY: Final = "meetings-key"
LIST: Final = "meetings-list"
PLANNED: Final = "meetings-planned"
AREA: Final = "meetings-area"
NUMBER: Final = "meetings-number"
HELD_ON: Final = "meetings-held-on"
PLACE: Final = "meetings-place"
MEMBERS: Final = "meetings-members"
PLAN: Final = "meetings-plan"
LIST_MESSAGE: Final = "meetings-told"

MEETING: Final = "meetings-one"
LOADED: Final = "meetings-one-loaded"
DONE: Final = "meetings-one-done"
CONTENT: Final = "meetings-one-content"
MESSAGE: Final = "meetings-one-message"
ACT: Final = "meetings-act"
CHOICE: Final = "meetings-choice"
REASON: Final = "meetings-reason"
EVERY: Final = "meetings-every"
FIELD: Final = "meetings-field"
