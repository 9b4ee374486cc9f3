"""The ids of the board of an office."""

from __future__ import annotations

from typing import Final

VIEW: Final = "office-view"
BODY: Final = "office-body"
LIST_VIEW: Final = "office-list-view"
LIST: Final = "office-list"
