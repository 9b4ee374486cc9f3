"""Ids of the pages of visits."""

from __future__ import annotations

from typing import Final

OPENED: Final = "lawatan-opened"
HERE: Final = "lawatan-here"
HERE_BUTTON: Final = "lawatan-here-button"
HERE_NOTE: Final = "lawatan-here-note"
ROUND: Final = "lawatan-round"
ROUND_MAP: Final = "lawatan-round-map"
OUTBOX: Final = "lawatan-outbox"
OUTBOX_SHOWN: Final = "lawatan-outbox-shown"
WAITING: Final = "lawatan-waiting"

DISTRICT: Final = "lawatan-district"
CASES: Final = "lawatan-cases"
CASES_TYPE: Final = "lawatan-mukim"
ALL_TYPE: Final = "lawatan-whole-mukim"
OFFICER: Final = "lawatan-officer"
ASSIGN: Final = "lawatan-assign"
ASSIGNED: Final = "lawatan-assigned"
TOLD: Final = "lawatan-told"

CASE: Final = "lawatan-case"
SHAPE: Final = "lawatan-shape"
DRAWN: Final = "lawatan-drawn"
LOADED: Final = "lawatan-loaded"
HOST: Final = "lawatan-host"


def cases_of(mukim: str) -> dict[str, str]:
    """The boxes of the cases of a mukim."""
    return {"type": CASES_TYPE, "mukim": mukim}


def whole_mukim(mukim: str) -> dict[str, str]:
    """The box that ticks all cases of a mukim."""
    return {"type": ALL_TYPE, "mukim": mukim}
