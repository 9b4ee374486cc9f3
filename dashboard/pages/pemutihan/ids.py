"""Ids of the cleansing page."""

from __future__ import annotations

from typing import Final

VIEW: Final = "pemutihan-view"
BODY: Final = "pemutihan-body"
TABS: Final = "pemutihan-tabs"
MESSAGE: Final = "pemutihan-message"
CHANGED: Final = "pemutihan-changed"
ACT_TYPE: Final = "pemutihan-act"
FIELD_TYPE: Final = "pemutihan-field"


def act(name: str, row: str) -> dict[str, str]:
    """A button: what it does, and to what."""
    return {"type": ACT_TYPE, "act": name, "row": row}


def field(name: str) -> dict[str, str]:
    """Something that is chosen or typed."""
    return {"type": FIELD_TYPE, "name": name}
