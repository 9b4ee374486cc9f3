"""Ids of the page of effects."""

from __future__ import annotations

from typing import Final

LIST: Final = "effects-list"
OPENED: Final = "effects-opened"
