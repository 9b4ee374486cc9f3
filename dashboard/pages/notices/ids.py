"""The ids of the page of community leaders."""

from __future__ import annotations

from typing import Final

VIEW: Final = "notices-view"
KEY: Final = "notices-key"
DISTRICT_TYPE: Final = "notices-field"
SEND_TYPE: Final = "notices-send"
MESSAGE: Final = "notices-message"
SENT: Final = "notices-sent"
LIST: Final = "notices-list"


def field(name: str) -> dict[str, str]:
    """A field of a notice."""
    return {"type": DISTRICT_TYPE, "name": name}
