"""Ids of the comparison of areas."""

from __future__ import annotations

from typing import Final

VIEW: Final = "compare-view"
BODY: Final = "compare-body"
ADD: Final = "compare-add"
