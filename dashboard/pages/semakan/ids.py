"""Ids of the page of the assisted check."""

from __future__ import annotations

from typing import Final

ID_NO: Final = "semakan-id-no"
NAME: Final = "semakan-name"
PHONE: Final = "semakan-phone"
ADDRESS: Final = "semakan-address"
CHECK: Final = "semakan-check"
CLEAR: Final = "semakan-clear"
ANSWERS: Final = "semakan-answers"
"""What was asked stays in the fields: nothing of it is in the address or a store."""
