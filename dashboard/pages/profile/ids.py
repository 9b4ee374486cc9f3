"""Ids of the profile of an area."""

from __future__ import annotations

from typing import Any, Final

AREA: Final = "profile-area"
BODY: Final = "profile-body"
NOTES: Final = "profile-notes"
DONE: Final = "profile-done"
MESSAGE: Final = "profile-message"
KEY: Final = "profile-key"
ACT: Final = "profile-act"
FIELD: Final = "profile-field"


def act(name: str, note: int = 0, version: int = 0) -> dict[str, str]:
    """The id of a button: what it does, and to which note as it was seen."""
    return {"type": ACT, "act": name, "note": str(note), "version": str(version)}


def field(name: str) -> dict[str, Any]:
    """The id of a field of the form of a note."""
    return {"type": FIELD, "name": name}
