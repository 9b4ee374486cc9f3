"""Ids of the first page."""

from __future__ import annotations

from typing import Final

OPENED: Final = "start-opened"
BODY: Final = "start-body"
