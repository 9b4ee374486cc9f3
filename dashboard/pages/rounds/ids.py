"""The ids of the pages of rounds."""

from __future__ import annotations

from typing import Final

OPENED: Final = "rounds-opened"
LIST: Final = "rounds-list"
YEARS: Final = "rounds-years"
OFFICE: Final = "rounds-office"
FREEZE: Final = "rounds-freeze"
FORM: Final = "rounds-form"
FROZEN: Final = "rounds-frozen"
MESSAGE: Final = "rounds-message"
KEY: Final = "rounds-key"

NUMBER: Final = "rounds-number"
VIEW: Final = "rounds-view"
HEAD: Final = "rounds-head"
TABS: Final = "rounds-tabs"
HOUSEHOLDS: Final = "rounds-households"
FINDING: Final = "rounds-finding"
ORDER: Final = "rounds-order"
CHOSEN: Final = "rounds-chosen"
PANEL: Final = "rounds-panel"
DONE: Final = "rounds-done"
SAID: Final = "rounds-said"
REASON: Final = "rounds-reason"
CHOOSE_TYPE: Final = "rounds-choose"
DECIDE_TYPE: Final = "rounds-decide"


def decide(decision: str) -> dict[str, str]:
    """The button of a decision."""
    return {"type": DECIDE_TYPE, "decision": decision}
