"""Ids of the page of requests for changes."""

from __future__ import annotations

from typing import Final

VIEW: Final = "changes-view"
LIST: Final = "changes-list"
NOTE: Final = "changes-note"
TABS: Final = "changes-tabs"
DONE: Final = "changes-done"
MESSAGE: Final = "changes-message"
ROWS: Final = "changes-rows"
ROWS_NOTE: Final = "changes-rows-note"
TICKED: Final = "changes-ticked"
READ: Final = "changes-read"
CSV: Final = "changes-csv"
XLSX: Final = "changes-xlsx"
FILE: Final = "changes-file"
REASON_TYPE: Final = "changes-reason"
ACT_TYPE: Final = "changes-act"


def reason(request: int) -> dict[str, str | int]:
    """The reason for a decision on a request."""
    return {"type": REASON_TYPE, "request": request}


def act(request: int, action: str) -> dict[str, str | int]:
    """The button that approves, refuses or withdraws a request."""
    return {"type": ACT_TYPE, "request": request, "action": action}
