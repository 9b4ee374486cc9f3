"""The language that a program asks for its sentences: Malay, unless ``Accept-Language`` prefers English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import has_request_context, request

from words import DEFAULT_LANGUAGE, LANGUAGES, words_of

if TYPE_CHECKING:
    from words import Words


def asked_language() -> str:
    """The language of the current request."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


def asked_words() -> Words:
    """The texts in it."""
    return words_of(asked_language())
