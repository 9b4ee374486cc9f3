"""Ids of the page of what would be."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

PAGE: Final = "what-if"
MAP: Final = MapIds(PAGE)
VIEW: Final = "what-if-view"
SAID: Final = "what-if-said"
FIGURES: Final = "what-if-figures"
LEGEND: Final = "what-if-legend"
TABLE: Final = "what-if-table"
LINES: Final = "what-if-lines"
MOVES: Final = "what-if-moves"
SAVED: Final = "what-if-saved"
NAME: Final = "what-if-name"
SHARED: Final = "what-if-shared"
SAVE: Final = "what-if-save"
DROP_TYPE: Final = "what-if-drop"
MESSAGE: Final = "what-if-message"
CHANGED: Final = "what-if-changed"


def field(name: str) -> str:
    """The field of what is supposed, by its name in the address."""
    return f"what-if-{name}"


def slider(name: str) -> str:
    """The slider beside such a field."""
    return f"what-if-slide-{name}"
