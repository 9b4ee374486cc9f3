"""The language of the person asking, and the texts in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import has_request_context, request

from words import DEFAULT_LANGUAGE, LANGUAGES, words_of

if TYPE_CHECKING:
    from words import Words

LANGUAGE_COOKIE: Final = "ekasih_bahasa"


def current_language() -> str:
    """The language of the person asking, from the cookie; Malay until another one was chosen."""
    asked = request.cookies.get(LANGUAGE_COOKIE, DEFAULT_LANGUAGE) if has_request_context() else DEFAULT_LANGUAGE
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def current_words() -> Words:
    """The texts in the language of the person asking."""
    return words_of(current_language())
