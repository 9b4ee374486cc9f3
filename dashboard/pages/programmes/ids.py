"""Ids of the pages of programmes of aid."""

from __future__ import annotations

from typing import Final

LIST: Final = "programmes-list"
OPENED: Final = "programmes-opened"
NEW_AGENCY: Final = "programmes-new-agency"
NEW_NEED: Final = "programmes-new-need"
NEW_FIELD: Final = "programmes-new"
ADD: Final = "programmes-add"
ADDED: Final = "programmes-added"
ADD_MESSAGE: Final = "programmes-add-message"
PLACE_ACT: Final = "programmes-place-act"
PLACE_FIELD: Final = "programmes-place"
PLACED: Final = "programmes-placed"
PLACE_MESSAGE: Final = "programmes-place-message"

PROGRAMME: Final = "programmes-one"
LOADED: Final = "programmes-one-loaded"
DONE: Final = "programmes-one-done"
MESSAGE: Final = "programmes-one-message"
CONTENT: Final = "programmes-one-content"
STEP: Final = "programmes-step"
FIELD: Final = "programmes-field"
CONDITION: Final = "programmes-condition"
KEPT: Final = "programmes-kept"


def step(act: str) -> dict[str, str]:
    """A button of the page of one programme."""
    return {"type": STEP, "act": act}


def field(name: str) -> dict[str, str]:
    """A field of a new rate, or the day of new conditions."""
    return {"type": FIELD, "name": name}


def new(name: str) -> dict[str, str]:
    """A field of a new programme."""
    return {"type": NEW_FIELD, "name": name}


def place(act: str, name: str) -> dict[str, str]:
    """A field of an office or a need, in the form of what is done to it."""
    return {"type": PLACE_FIELD, "act": act, "name": name}


def condition(row: int, name: str) -> dict[str, str | int]:
    """One field of one condition."""
    return {"type": CONDITION, "row": row, "name": name}
