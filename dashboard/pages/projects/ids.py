"""Ids of the pages of projects."""

from __future__ import annotations

from typing import Final

from dashboard.stepping import StepIds
from layers.screen import MapIds

VIEW: Final = "projects-view"
LIST: Final = "projects-list"
SHOWN: Final = "projects-shown"
LEGEND: Final = "projects-legend"
CARD: Final = "projects-card"
MARKS: Final = "projects-marks"
OUTLINES: Final = "projects-outlines"
MAP: Final = MapIds("projects")
AREAS: Final = "projects-areas"
FILTERS: Final = ("office", "type", "state", "year", "contractor", "late")


CHOOSE_TYPE: Final = "projects-choose"


def choose(name: str) -> dict[str, str]:
    """A filter of the list."""
    return {"type": CHOOSE_TYPE, "name": name}


NUMBER: Final = "projects-number"
LOADED: Final = "projects-loaded"
TAKEN: Final = "projects-taken"
MESSAGE: Final = "projects-message"
CONTENT: Final = "projects-content"
DRAWN: Final = "projects-drawn"
WORKED: Final = "projects-worked"
WORK_MESSAGE: Final = "projects-work-message"
STEP_TYPE: Final = "projects-step"
ANSWER_TYPE: Final = "projects-answer"
STEPS: Final = StepIds(
    record=NUMBER, loaded=LOADED, taken=TAKEN, message=MESSAGE, step_type=STEP_TYPE, answer_type=ANSWER_TYPE
)
ACT_TYPE: Final = "projects-act"
FIELD_TYPE: Final = "projects-field"

KEY: Final = "projects-key"
LED: Final = "projects-new-led"
FORM: Final = "projects-form"
OPEN: Final = "projects-open"
NEW_TYPE: Final = "projects-new"
NEW_MESSAGE: Final = "projects-new-message"

SITE_ASKED: Final = "projects-site-asked"
SITES: Final = "projects-sites"
SITES_LOADED: Final = "projects-sites-loaded"
SITES_DRAWN: Final = "projects-sites-drawn"

COUNTED: Final = "projects-counted"
COUNTS: Final = "projects-counts"

SAVED: Final = "projects-saved"
DATA: Final = "projects-data"
DATA_MESSAGE: Final = "projects-data-message"
HIRED: Final = "projects-hired"
HIRED_SAVED: Final = "projects-hired-saved"
HIRED_MESSAGE: Final = "projects-hired-message"
HIRE: Final = "projects-hire"
SAVE_TYPE: Final = "projects-save"
DATUM_TYPE: Final = "projects-datum"


def step(action: str) -> dict[str, str]:
    """The button of a step."""
    return {"type": STEP_TYPE, "action": action}


def answer(action: str, name: str) -> dict[str, str]:
    """A field that a step asks for."""
    return {"type": ANSWER_TYPE, "action": action, "name": name}


def act(name: str, row: object = "") -> dict[str, str]:
    """A button that does something else to the project: of a report, a defect, its place."""
    return {"type": ACT_TYPE, "action": name, "row": str(row)}


def field(form: str, name: str, row: object = "") -> dict[str, str]:
    """A field of such a form."""
    return {"type": FIELD_TYPE, "form": form, "name": name, "row": str(row)}


def new(name: str) -> dict[str, str]:
    """A field of a new project."""
    return {"type": NEW_TYPE, "name": name}


def save(name: str) -> dict[str, str]:
    """A button that saves data: a type, a rate, a contractor."""
    return {"type": SAVE_TYPE, "name": name}


def datum(form: str, name: str) -> dict[str, str]:
    """A field of such data."""
    return {"type": DATUM_TYPE, "form": form, "name": name}
