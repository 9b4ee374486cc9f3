"""Ids of the pages of meetings."""

from __future__ import annotations

from typing import Final

LIST_KEY: Final = "mesyuarat-key"
LIST: Final = "mesyuarat-list"
PLANNED: Final = "mesyuarat-planned"
AREA: Final = "mesyuarat-area"
NUMBER: Final = "mesyuarat-number"
HELD_ON: Final = "mesyuarat-held-on"
PLACE: Final = "mesyuarat-place"
MEMBERS: Final = "mesyuarat-members"
PLAN: Final = "mesyuarat-plan"
TOLD: Final = "mesyuarat-told"

MEETING: Final = "mesyuarat-satu"
LOADED: Final = "mesyuarat-satu-loaded"
DONE: Final = "mesyuarat-satu-done"
CONTENT: Final = "mesyuarat-satu-content"
SAID: Final = "mesyuarat-satu-said"
ACT: Final = "mesyuarat-act"
CHOICE: Final = "mesyuarat-choice"
REASON: Final = "mesyuarat-reason"
EVERY: Final = "mesyuarat-every"
FIELD: Final = "mesyuarat-field"
