"""Ids of the page of the person who is signed in."""

from __future__ import annotations

from typing import Final

WHO: Final = "saya-who"
ACTING: Final = "saya-acting"
