"""Ids of the pages of cases, and of what is made anew with every case."""

from __future__ import annotations

from typing import Final

VIEW: Final = "kes-view"
STATES: Final = "kes-states"
FILTER_CHANNEL: Final = "kes-filter-channel"
FILTER_MINE: Final = "kes-filter-mine"
FILTER_OVERDUE: Final = "kes-filter-overdue"
NOTE: Final = "kes-note"
ROWS: Final = "kes-rows"
READ: Final = "kes-read"

CASE: Final = "kes-case"
CONTENT: Final = "kes-content"
LOADED: Final = "kes-loaded"
TAKEN: Final = "kes-taken"
TOLD: Final = "kes-told"
FLASH: Final = "kes-flash"
STEP_TYPE: Final = "kes-step"
ANSWER_TYPE: Final = "kes-answer"

START_CHANNEL: Final = "kes-start-channel"
START_DISTRICT: Final = "kes-start-district"
START_BUTTON: Final = "kes-start-button"
START_MESSAGE: Final = "kes-start-message"
START_OPENED: Final = "kes-start-opened"
START_KEY: Final = "kes-start-key"
START_GONE: Final = "kes-start-gone"

FORM_CASE: Final = "kes-form-case"
FORM_SHAPE: Final = "kes-form-shape"
FORM_LOADED: Final = "kes-form-loaded"
FORM_SENT: Final = "kes-form-sent"
FORM_ANSWER: Final = "kes-form-answer"
FORM_DRAWN: Final = "kes-form-drawn"
FORM_HEARD: Final = "kes-form-heard"
FORM_HOST: Final = "kes-form-host"
FORM_MUKIM_ASKED: Final = "kes-form-mukim-asked"
FORM_MUKIMS: Final = "kes-form-mukims"
FORM_MUKIMS_HEARD: Final = "kes-form-mukims-heard"


def step(action: str) -> dict[str, str]:
    """The button that takes a step."""
    return {"type": STEP_TYPE, "action": action}


def answer(action: str, name: str) -> dict[str, str]:
    """What a step asks beside its name: a reason, an officer, a meeting."""
    return {"type": ANSWER_TYPE, "action": action, "name": name}
