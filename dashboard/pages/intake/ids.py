"""The ids of the pages of what the public sends."""

from __future__ import annotations

from typing import Final

from dashboard.stepping import StepIds

VIEW: Final = "intake-view"
TABS: Final = "intake-tabs"
LIST: Final = "intake-list"

REFERENCE: Final = "intake-reference"
LOADED: Final = "intake-loaded"
TAKEN: Final = "intake-taken"
MESSAGE: Final = "intake-message"
CONTENT: Final = "intake-content"
STEP_TYPE: Final = "intake-step"
ANSWER_TYPE: Final = "intake-answer"
STEPS: Final = StepIds(
    record=REFERENCE, loaded=LOADED, taken=TAKEN, message=MESSAGE, step_type=STEP_TYPE, answer_type=ANSWER_TYPE
)


def step(action: str) -> dict[str, str]:
    """The button of a step."""
    return {"type": STEP_TYPE, "action": action}


def answer(action: str, name: str) -> dict[str, str]:
    """A field that a step asks for."""
    return {"type": ANSWER_TYPE, "action": action, "name": name}
