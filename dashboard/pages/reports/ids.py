"""The ids of the pages of reports."""

from __future__ import annotations

from typing import Final

OPENED: Final = "reports-opened"
VIEW: Final = "reports-view"
LEAD: Final = "reports-lead"
MAKE: Final = "reports-make"
MADE: Final = "reports-made"
SAID: Final = "reports-said"
LIST: Final = "reports-list"
KEY: Final = "reports-key"

NUMBER: Final = "reports-number"
BODY: Final = "reports-body"

HASH: Final = "reports-hash"
TYPED: Final = "reports-typed"
PRESS: Final = "reports-press"
FOUND: Final = "reports-found"

FIELD: Final = "reports-field"


def field(name: str) -> dict[str, str]:
    """A field of the form: report, area, month, language."""
    return {"type": FIELD, "name": name}
