"""Gives the words people read, in the language they chose: symbolic keys to sentences from the catalogues."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import read_po
from flask import has_request_context, request

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final = ("ms", "en")
DEFAULT_LANGUAGE: Final = "ms"
LANGUAGE_COOKIE: Final = "ekasih_bahasa"
LOCALES: Final = Path(__file__).parent / "locales"


class UnknownWords(UserWarning):
    """A key that a catalogue lacks: the tests, where warnings are errors, stop here; a page shows the key instead."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Called with a key it answers the sentence, its ``{name}`` placeholders filled in where values are given and left
    as they are where none is.
    """

    language: str
    sentences: Mapping[str, tuple[str, ...]]

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of ``key``; of a counted one the form for many."""
        return self._filled(key, -1, values)

    def n(self, key: str, n: int, **values: object) -> str:
        """The sentence of ``key`` in the form for ``n``, which fills ``{n}`` with thousands separated."""
        one = n == 1 and len(self.sentences.get(key, ())) > 1
        return self._filled(key, 0 if one else -1, {"n": f"{n:,}"} | values)

    def has(self, key: str) -> bool:
        """Whether the catalogue knows ``key``."""
        return key in self.sentences

    def _filled(self, key: str, form: int, values: Mapping[str, object]) -> str:
        forms = self.sentences.get(key)
        if forms is None:
            warnings.warn(f"no words for {key!r} in {self.language!r}", UnknownWords, stacklevel=3)
            return key
        return forms[form].format(**values) if values else forms[form]


def current_language() -> str:
    """The language of the person whose request is being answered: the cookie's, else Malay."""
    chosen = request.cookies.get(LANGUAGE_COOKIE) if has_request_context() else None
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def current_words() -> Words:
    """The words of :func:`current_language`."""
    return words_of(current_language())


@cache
def words_of(language: str) -> Words:
    """The words of ``ms`` or ``en``, read from their catalogue once.

    Raises:
        KeyError: there is no such language.

    """
    if language not in LANGUAGES:
        raise KeyError(language)
    with (LOCALES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    return Words(
        language,
        {
            str(message.id[0] if isinstance(message.id, tuple) else message.id): tuple(
                message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            )
            for message in catalogue
            if message.id
        },
    )
