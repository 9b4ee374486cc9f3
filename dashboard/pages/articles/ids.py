"""The ids of the pages of Pangkalan Ilmu."""

from __future__ import annotations

from typing import Final

VIEW: Final = "articles-view"
ASKED: Final = "articles-asked"
KIND: Final = "articles-kind"
LIST: Final = "articles-list"

SLUG: Final = "articles-slug"
SEEN: Final = "articles-seen"
CONTENT: Final = "articles-content"
DONE: Final = "articles-done"
MESSAGE: Final = "articles-message"
KEY: Final = "articles-key"
FEEDBACK: Final = "articles-feedback"
FEEDBACK_MESSAGE: Final = "articles-feedback-message"
FEEDBACK_TEXT: Final = "articles-feedback-text"
HELPS_TYPE: Final = "articles-helps"
STEP_TYPE: Final = "articles-step"

FORM: Final = "articles-form"
FIELD_TYPE: Final = "articles-field"
SAVE: Final = "articles-save"
SAVED: Final = "articles-saved"
OPENED: Final = "articles-opened"
EDITED: Final = "articles-edited"
PREVIEW: Final = "articles-preview"
PREVIEWED: Final = "articles-previewed"

VERSIONS: Final = "articles-versions"
PAIR: Final = "articles-pair"
WORK: Final = "articles-work"
WORK_OPENED: Final = "articles-work-opened"
OLDER: Final = "articles-older"
NEWER: Final = "articles-newer"

FILES: Final = "articles-files"
FILES_VIEW: Final = "articles-files-view"
FILE: Final = "articles-file"
FILE_DONE: Final = "articles-file-done"
FILE_MESSAGE: Final = "articles-file-message"
FILE_CONTENT: Final = "articles-file-content"
FILE_SAVE: Final = "articles-file-save"
FACT_TYPE: Final = "articles-fact"
FILE_STEP_TYPE: Final = "articles-file-step"


def field(name: str) -> dict[str, str]:
    """A field of the editor."""
    return {"type": FIELD_TYPE, "name": name}


def step(name: str) -> dict[str, str]:
    """The button of a step."""
    return {"type": STEP_TYPE, "step": name}


def helps(answer: str) -> dict[str, str]:
    """The button that says whether an article helped."""
    return {"type": HELPS_TYPE, "answer": answer}


def fact(name: str) -> dict[str, str]:
    """A field of what a file is."""
    return {"type": FACT_TYPE, "name": name}


def file_step(name: str) -> dict[str, str]:
    """The button of a step of a file."""
    return {"type": FILE_STEP_TYPE, "step": name}
