"""Ids of the page of the assisted check."""

from __future__ import annotations

from typing import Final

ID_NO: Final = "checks-id-no"
NAME: Final = "checks-name"
PHONE: Final = "checks-phone"
ADDRESS: Final = "checks-address"
CHECK: Final = "checks-check"
CLEAR: Final = "checks-clear"
REFERENCE: Final = "checks-reference"
TELL: Final = "checks-tell"
TOLD: Final = "checks-told"
ANSWERS: Final = "checks-answers"
"""What was asked stays in the fields: nothing of it is in the address or a store."""
