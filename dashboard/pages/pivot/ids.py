"""Ids of the table by two cuts."""

from __future__ import annotations

from typing import Final

VIEW: Final = "pivot-view"
BODY: Final = "pivot-body"
