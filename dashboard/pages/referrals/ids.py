"""The ids of the pages of referrals."""

from __future__ import annotations

from typing import Final

from dashboard.stepping import StepIds

VIEW: Final = "referrals-view"
TABS: Final = "referrals-tabs"
LIST: Final = "referrals-list"

NUMBER: Final = "referrals-number"
LOADED: Final = "referrals-loaded"
TAKEN: Final = "referrals-taken"
MESSAGE: Final = "referrals-message"
CONTENT: Final = "referrals-content"
STEP_TYPE: Final = "referrals-step"
ANSWER_TYPE: Final = "referrals-answer"
STEPS: Final = StepIds(
    record=NUMBER, loaded=LOADED, taken=TAKEN, message=MESSAGE, step_type=STEP_TYPE, answer_type=ANSWER_TYPE
)
DROP_TYPE: Final = "referrals-drop"
DROPPED: Final = "referrals-dropped"
FILES: Final = "referrals-files"
LAID_BY: Final = "referrals-laid-by"

HOUSEHOLD: Final = "referrals-household"
PROJECT: Final = "referrals-project"
KEY: Final = "referrals-key"
FORM: Final = "referrals-form"
SENT: Final = "referrals-sent"
FORM_MESSAGE: Final = "referrals-form-message"
FIELD_TYPE: Final = "referrals-field"
SEND_TYPE: Final = "referrals-send"


def step(action: str) -> dict[str, str]:
    """The button of a step."""
    return {"type": STEP_TYPE, "action": action}


def answer(action: str, name: str) -> dict[str, str]:
    """A field that a step asks for."""
    return {"type": ANSWER_TYPE, "action": action, "name": name}


def field(name: str) -> dict[str, str]:
    """A field of a new referral."""
    return {"type": FIELD_TYPE, "name": name}
