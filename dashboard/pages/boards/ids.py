"""Ids of the boards."""

from __future__ import annotations

from typing import Final

VIEW: Final = "boards-view"
NAME: Final = "boards-name"
BODY: Final = "boards-body"
