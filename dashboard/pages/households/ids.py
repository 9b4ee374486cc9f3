"""Ids of the record pages, and of what is made anew with every form."""

from __future__ import annotations

SEARCH_INPUT = "households-search-text"
SEARCH_BUTTON = "households-search-button"
FILTER_DISTRICT = "households-filter-district"
FILTER_MUKIM = "households-filter-mukim"
FILTER_STATUS = "households-filter-status"
FILTER_STRATA = "households-filter-strata"
FILTER_START = "households-filter-start"
ASKED = "households-asked"
ASKED_URL = "households-asked-url"
HANDED = "households-handed"
RESULTS = "households-results"
RESULTS_BOX = "households-results-box"
RESULTS_NOTE = "households-results-note"
BEFORE = "households-before"
PURGED = "households-purged"
CSV = "households-csv"
XLSX = "households-xlsx"
FILE = "households-file"
FILE_NOTE = "households-file-note"
PLACES = "households-places"
TICKED = "households-ticked"
REVIEW = "households-review"
REVIEWED = "households-reviewed"

PROTECT = "households-protect"
PROTECTED = "households-protected"
PROTECT_REASON = "households-protect-reason"
PROTECT_MESSAGE = "households-protect-message"
WHY_NOT = "households-why-not"
WHY_NOT_ANSWER = "households-why-not-answer"
HOUSEHOLD = "households-household"
CONTENT = "households-content"
LOADED = "households-loaded"
EDITING = "households-editing"
SHOWN = "households-shown"
BASELINE = "households-baseline"
DOCK = "households-dock"
DOCK_STATE = "households-dock-state"
DOCK_MESSAGE = "households-dock-message"
UNSAVED = "households-unsaved"
SAVE = "households-save"
CANCEL = "households-cancel"
SAVED = "households-saved"
CONFLICT = "households-conflict"
TAKEN = "households-taken"
FLASH = "households-flash"
FOCUSED = "households-focused"
PLACE_MAP = "households-place"
PLACE_MARKER = "households-place-marker"
PLACE_EDIT_MAP = "households-place-edit"
PLACE_EDIT_MARKER = "households-place-edit-marker"
PLACE_COMPARED = "households-place-compared"
PLACE_PICKED = "households-place-picked"
PLACE_MEASURED = "households-place-measured"
LEAVE_DIALOG = "households-leave"
AS_OF = "households-as-of"
EXIT_REASON = "households-exit-reason"
EXIT_NOTE = "households-exit-note"
EXIT_SAVE = "households-exit-save"
EXIT_MESSAGE = "households-exit-message"
EXITED = "households-exited"
MUKIM_OFFERED = "households-mukim-offered"
MUKIM_ACCEPT = "households-mukim-accept"
MUKIM_ACCEPTED = "households-mukim-accepted"
MUKIM_MESSAGE = "households-mukim-message"

FIELD_TYPE = "households-field"
BODY_TYPE = "households-body"
EDIT_TYPE = "households-edit"
REVEAL_TYPE = "households-reveal"
NUMBER_TYPE = "households-number"
TAKE_TYPE = "households-take"
HINT_TYPE = "households-hint"


def field(name: str, row: str = "") -> dict[str, str]:
    """One field of the open form; ``row`` is the person's id where the field is a member's."""
    return {"type": FIELD_TYPE, "name": name, "row": row}


def body(part: str) -> dict[str, str]:
    """What a part of the record shows: its facts, or the form for them."""
    return {"type": BODY_TYPE, "part": part}


def edit(form: str, row: str = "") -> dict[str, str]:
    """The button that opens a form."""
    return {"type": EDIT_TYPE, "form": form, "row": row}


def reveal(person_id: int) -> dict[str, str | int]:
    """The button that shows a whole identity number."""
    return {"type": REVEAL_TYPE, "row": person_id}


def number(person_id: int) -> dict[str, str | int]:
    """Where an identity number stands."""
    return {"type": NUMBER_TYPE, "row": person_id}


def take(name: str, row: str) -> dict[str, str]:
    """The choice between one's own answer and the one saved meanwhile."""
    return {"type": TAKE_TYPE, "name": name, "row": row}


def hint(row: str) -> dict[str, str]:
    """What a MyKad number suggests, beside the form of who holds it."""
    return {"type": HINT_TYPE, "row": row}
