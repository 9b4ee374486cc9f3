"""Ids of the page of double aid."""

from __future__ import annotations

from typing import Final

VIEW: Final = "double-aid-view"
MONTHS: Final = "double-aid-months"
LIST: Final = "double-aid-list"
DONE: Final = "double-aid-done"
MESSAGE: Final = "double-aid-message"
CSV: Final = "double-aid-csv"
XLSX: Final = "double-aid-xlsx"
DOWNLOAD: Final = "double-aid-download"
FINDING: Final = "double-aid-finding"
SETTLE: Final = "double-aid-settle"


def finding(pair: int) -> dict[str, str | int]:
    """How a pair is settled."""
    return {"type": FINDING, "pair": pair}


def settle(pair: int) -> dict[str, str | int]:
    """The button that keeps it."""
    return {"type": SETTLE, "pair": pair}
