"""Ids of the record pages, and of what is made anew with every form."""

from __future__ import annotations

SEARCH_INPUT = "isirumah-search-text"
SEARCH_BUTTON = "isirumah-search-button"
FILTER_DISTRICT = "isirumah-filter-district"
FILTER_MUKIM = "isirumah-filter-mukim"
FILTER_STATUS = "isirumah-filter-status"
FILTER_STRATA = "isirumah-filter-strata"
FILTER_START = "isirumah-filter-start"
ASKED = "isirumah-asked"
ASKED_URL = "isirumah-asked-url"
HANDED = "isirumah-handed"
RESULTS = "isirumah-results"
RESULTS_BOX = "isirumah-results-box"
RESULTS_NOTE = "isirumah-results-note"
BEFORE = "isirumah-before"
PURGED = "isirumah-purged"

HOUSEHOLD = "isirumah-household"
CONTENT = "isirumah-content"
LOADED = "isirumah-loaded"
EDITING = "isirumah-editing"
SHOWN = "isirumah-shown"
BASELINE = "isirumah-baseline"
DOCK = "isirumah-dock"
DOCK_STATE = "isirumah-dock-state"
DOCK_MESSAGE = "isirumah-dock-message"
UNSAVED = "isirumah-unsaved"
SAVE = "isirumah-save"
CANCEL = "isirumah-cancel"
SAVED = "isirumah-saved"
CONFLICT = "isirumah-conflict"
TAKEN = "isirumah-taken"
FLASH = "isirumah-flash"
FOCUSED = "isirumah-focused"
PLACE_MAP = "isirumah-place"
PLACE_MARKER = "isirumah-place-marker"
PLACE_EDIT_MAP = "isirumah-place-edit"
PLACE_EDIT_MARKER = "isirumah-place-edit-marker"
PLACE_COMPARED = "isirumah-place-compared"
PLACE_PICKED = "isirumah-place-picked"
LEAVE_DIALOG = "isirumah-leave"
AS_OF = "isirumah-as-of"
EXIT_REASON = "isirumah-exit-reason"
EXIT_NOTE = "isirumah-exit-note"
EXIT_SAVE = "isirumah-exit-save"
EXIT_SAID = "isirumah-exit-said"
EXITED = "isirumah-exited"

FIELD_TYPE = "isirumah-field"
BODY_TYPE = "isirumah-body"
EDIT_TYPE = "isirumah-edit"
REVEAL_TYPE = "isirumah-reveal"
NUMBER_TYPE = "isirumah-number"
TAKE_TYPE = "isirumah-take"
HINT_TYPE = "isirumah-hint"


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
