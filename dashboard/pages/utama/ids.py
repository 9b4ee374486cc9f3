"""Ids of the first page."""

from __future__ import annotations

from typing import Final

OPENED: Final = "utama-opened"
BODY: Final = "utama-body"
