"""The ids of the pages of releases."""

from __future__ import annotations

from typing import Final

OPENED: Final = "releases-opened"
LIST: Final = "releases-list"
FORM: Final = "releases-form"
REASON: Final = "releases-reason"
ASK: Final = "releases-ask"
ASKED: Final = "releases-asked"
MESSAGE: Final = "releases-message"
KEY: Final = "releases-key"

NUMBER: Final = "releases-number"
VIEW: Final = "releases-view"
BODY: Final = "releases-body"
DECIDING: Final = "releases-deciding"
ANSWER: Final = "releases-answer"
DECIDED: Final = "releases-decided"
SAID: Final = "releases-said"
DECIDE_TYPE: Final = "releases-decide"


def decide(step: str) -> dict[str, str]:
    """The button of a decision."""
    return {"type": DECIDE_TYPE, "step": step}
