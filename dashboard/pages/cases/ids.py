"""Ids of the pages of cases, and of what is made anew with every case."""

from __future__ import annotations

from typing import Final

from dashboard.stepping import StepIds

VIEW: Final = "cases-view"
STATES: Final = "cases-states"
FILTER_CHANNEL: Final = "cases-filter-channel"
FILTER_MINE: Final = "cases-filter-mine"
FILTER_OVERDUE: Final = "cases-filter-overdue"
NOTE: Final = "cases-note"
ROWS: Final = "cases-rows"
READ: Final = "cases-read"
CSV: Final = "cases-csv"
XLSX: Final = "cases-xlsx"
FILE: Final = "cases-file"
TICKED: Final = "cases-ticked"
OFFICER: Final = "cases-ticked-officer"
ASSIGN: Final = "cases-assign"
ASSIGNING: Final = "cases-assigning"
ASSIGNED: Final = "cases-assigned"
ASSIGNED_MESSAGE: Final = "cases-assigned-told"

CASE: Final = "cases-case"
CONTENT: Final = "cases-content"
LOADED: Final = "cases-loaded"
TAKEN: Final = "cases-taken"
MESSAGE: Final = "cases-told"
FLASH: Final = "cases-flash"
STEP_TYPE: Final = "cases-step"
ANSWER_TYPE: Final = "cases-answer"
STEPS: Final = StepIds(
    record=CASE, loaded=LOADED, taken=TAKEN, message=FLASH, step_type=STEP_TYPE, answer_type=ANSWER_TYPE
)

START_CHANNEL: Final = "cases-start-channel"
START_DISTRICT: Final = "cases-start-district"
START_BUTTON: Final = "cases-start-button"
START_MESSAGE: Final = "cases-start-message"
START_OPENED: Final = "cases-start-opened"
START_KEY: Final = "cases-start-key"
START_GONE: Final = "cases-start-gone"

FORM_CASE: Final = "cases-form-case"
FORM_SHAPE: Final = "cases-form-shape"
FORM_LOADED: Final = "cases-form-loaded"
FORM_SENT: Final = "cases-form-sent"
FORM_ANSWER: Final = "cases-form-answer"
FORM_DRAWN: Final = "cases-form-drawn"
FORM_HEARD: Final = "cases-form-heard"
FORM_HOST: Final = "cases-form-host"
FORM_MUKIM_ASKED: Final = "cases-form-mukim-asked"
FORM_MUKIMS: Final = "cases-form-mukims"
FORM_MUKIMS_HEARD: Final = "cases-form-mukims-heard"


def step(action: str) -> dict[str, str]:
    """The button that takes a step."""
    return {"type": STEP_TYPE, "action": action}


def answer(action: str, name: str) -> dict[str, str]:
    """What a step asks beside its name: a reason, an officer, a meeting."""
    return {"type": ANSWER_TYPE, "action": action, "name": name}
