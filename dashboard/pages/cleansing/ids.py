"""Ids of the cleansing page."""

from __future__ import annotations

from typing import Final

VIEW: Final = "cleansing-view"
BODY: Final = "cleansing-body"
TABS: Final = "cleansing-tabs"
MESSAGE: Final = "cleansing-message"
CHANGED: Final = "cleansing-changed"
ACT_TYPE: Final = "cleansing-act"
FIELD_TYPE: Final = "cleansing-field"


def act(name: str, row: str) -> dict[str, str]:
    """A button: what it does, and to what."""
    return {"type": ACT_TYPE, "act": name, "row": row}


def field(name: str) -> dict[str, str]:
    """Something that is chosen or typed."""
    return {"type": FIELD_TYPE, "name": name}
