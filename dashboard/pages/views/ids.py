"""Ids of the page of kept views."""

from __future__ import annotations

from typing import Any, Final

VIEW: Final = "views-view"
BODY: Final = "views-body"
DONE: Final = "views-done"
MESSAGE: Final = "views-message"
KEY: Final = "views-key"
ACT: Final = "views-act"
FIELD: Final = "views-field"


def act(name: str, number: int = 0) -> dict[str, str]:
    """The id of a button: what it does, and to which view or presentation."""
    return {"type": ACT, "act": name, "number": str(number)}


def field(name: str) -> dict[str, Any]:
    """The id of a field of the one form that is open."""
    return {"type": FIELD, "name": name}
