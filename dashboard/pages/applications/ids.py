"""The ids of the pages of applications for aid."""

from __future__ import annotations

from typing import Final

from dashboard.stepping import StepIds

VIEW: Final = "applications-view"
TABS: Final = "applications-tabs"
LIST: Final = "applications-list"
PROGRAMME: Final = "applications-programme"

NUMBER: Final = "applications-number"
LOADED: Final = "applications-loaded"
TAKEN: Final = "applications-taken"
MESSAGE: Final = "applications-message"
CONTENT: Final = "applications-content"
STEP_TYPE: Final = "applications-step"
ANSWER_TYPE: Final = "applications-answer"
STEPS: Final = StepIds(
    record=NUMBER, loaded=LOADED, taken=TAKEN, message=MESSAGE, step_type=STEP_TYPE, answer_type=ANSWER_TYPE
)

HOUSEHOLD: Final = "applications-household"
KEY: Final = "applications-key"
ID_NO: Final = "applications-id-no"
FIND: Final = "applications-find"
FOUND: Final = "applications-found"
FIND_MESSAGE: Final = "applications-find-message"
FORM: Final = "applications-form"
FORM_MESSAGE: Final = "applications-form-message"
FIELD_TYPE: Final = "applications-field"
OPEN_TYPE: Final = "applications-open"

EDIT_NUMBER: Final = "applications-edit-number"
EDIT_SEEN: Final = "applications-edit-seen"
EDIT_FORM: Final = "applications-edit-form"
EDIT_MESSAGE: Final = "applications-edit-message"
EDIT_NEWER: Final = "applications-edit-newer"
KEEP_TYPE: Final = "applications-keep"


def step(action: str) -> dict[str, str]:
    """The button of a step."""
    return {"type": STEP_TYPE, "action": action}


def answer(action: str, name: str) -> dict[str, str]:
    """A field that a step asks for."""
    return {"type": ANSWER_TYPE, "action": action, "name": name}


def field(name: str) -> dict[str, str]:
    """A field of a new application."""
    return {"type": FIELD_TYPE, "name": name}
