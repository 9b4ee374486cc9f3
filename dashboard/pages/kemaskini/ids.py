"""Ids of the page of requests for changes."""

from __future__ import annotations

from typing import Final

VIEW: Final = "kemaskini-view"
LIST: Final = "kemaskini-list"
NOTE: Final = "kemaskini-note"
TABS: Final = "kemaskini-tabs"
DONE: Final = "kemaskini-done"
SAID: Final = "kemaskini-said"
REASON_TYPE: Final = "kemaskini-reason"
ACT_TYPE: Final = "kemaskini-act"


def reason(request: int) -> dict[str, str | int]:
    """The reason for a decision on a request."""
    return {"type": REASON_TYPE, "request": request}


def act(request: int, action: str) -> dict[str, str | int]:
    """The button that approves, refuses or withdraws a request."""
    return {"type": ACT_TYPE, "request": request, "action": action}
