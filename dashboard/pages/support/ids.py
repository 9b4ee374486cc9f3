"""The ids of the pages of support."""

from __future__ import annotations

from typing import Final

from dashboard.stepping import StepIds

VIEW: Final = "support-view"
TABS: Final = "support-tabs"
LIST: Final = "support-list"
WAYS: Final = "support-ways"

PAGE: Final = "support-page"
KEY: Final = "support-key"
FORM: Final = "support-form"
SENT: Final = "support-sent"
FORM_MESSAGE: Final = "support-form-message"
FIELD_TYPE: Final = "support-field"
SEND_TYPE: Final = "support-send"

NUMBER: Final = "support-number"
LOADED: Final = "support-loaded"
TAKEN: Final = "support-taken"
MESSAGE: Final = "support-message"
CONTENT: Final = "support-content"
PICTURES: Final = "support-pictures"
STEP_TYPE: Final = "support-step"
ANSWER_TYPE: Final = "support-answer"
TEMPLATE_TYPE: Final = "support-template"
STEPS: Final = StepIds(
    record=NUMBER, loaded=LOADED, taken=TAKEN, message=MESSAGE, step_type=STEP_TYPE, answer_type=ANSWER_TYPE
)

BOARD_VIEW: Final = "support-board-view"
BOARD: Final = "support-board"

OPENED: Final = "support-calendar-opened"
CHANGED: Final = "support-calendar-changed"
CALENDAR: Final = "support-calendar"
CALENDAR_MESSAGE: Final = "support-calendar-message"
DAY_TYPE: Final = "support-day"
CHANGE_TYPE: Final = "support-change"

TEMPLATES_OPENED: Final = "support-templates-opened"
TEMPLATES_CHANGED: Final = "support-templates-changed"
TEMPLATES: Final = "support-templates"
TEMPLATES_MESSAGE: Final = "support-templates-message"
TEMPLATE_FIELD_TYPE: Final = "support-template-field"
TEMPLATE_KEEP_TYPE: Final = "support-template-keep"


def step(action: str) -> dict[str, str]:
    """The button of a step."""
    return {"type": STEP_TYPE, "action": action}


def answer(action: str, name: str) -> dict[str, str]:
    """A field that a step asks for."""
    return {"type": ANSWER_TYPE, "action": action, "name": name}


def template(action: str) -> dict[str, str]:
    """The choice of a text that an answer begins with."""
    return {"type": TEMPLATE_TYPE, "action": action}


def field(name: str) -> dict[str, str]:
    """A field of a new ticket."""
    return {"type": FIELD_TYPE, "name": name}


def of_calendar(name: str) -> dict[str, str]:
    """A field of a change of the calendar."""
    return {"type": DAY_TYPE, "name": name}


def change(what: str) -> dict[str, str]:
    """A button that changes the calendar."""
    return {"type": CHANGE_TYPE, "what": what}


def of_template(code: str, name: str) -> dict[str, str]:
    """A field of a text that answers begin with; the new one has no code."""
    return {"type": TEMPLATE_FIELD_TYPE, "code": code, "name": name}


def keep_template(code: str, what: str, version: int) -> dict[str, str]:
    """A button that keeps or retires such a text as it was seen."""
    return {"type": TEMPLATE_KEEP_TYPE, "code": code, "what": what, "version": str(version)}
