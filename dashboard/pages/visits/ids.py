"""Ids of the pages of visits."""

from __future__ import annotations

from typing import Final

OPENED: Final = "visits-opened"
HERE: Final = "visits-here"
HERE_BUTTON: Final = "visits-here-button"
HERE_NOTE: Final = "visits-here-note"
ROUND: Final = "visits-round"
ROUND_CSV: Final = "visits-round-csv"
ROUND_XLSX: Final = "visits-round-xlsx"
ROUND_FILE: Final = "visits-round-file"
ROUND_MAP: Final = "visits-round-map"
OUTBOX: Final = "visits-outbox"
OUTBOX_SHOWN: Final = "visits-outbox-shown"
WAITING: Final = "visits-waiting"

DISTRICT: Final = "visits-district"
CASES: Final = "visits-cases"
CASES_TYPE: Final = "visits-mukim"
ALL_TYPE: Final = "visits-whole-mukim"
OFFICER: Final = "visits-officer"
ASSIGN: Final = "visits-assign"
ASSIGNED: Final = "visits-assigned"
MESSAGE: Final = "visits-told"

CASE: Final = "visits-case"
SHAPE: Final = "visits-shape"
DRAWN: Final = "visits-drawn"
LOADED: Final = "visits-loaded"
HOST: Final = "visits-host"


def cases_of(mukim: str) -> dict[str, str]:
    """The boxes of the cases of a mukim."""
    return {"type": CASES_TYPE, "mukim": mukim}


def whole_mukim(mukim: str) -> dict[str, str]:
    """The box that ticks all cases of a mukim."""
    return {"type": ALL_TYPE, "mukim": mukim}
