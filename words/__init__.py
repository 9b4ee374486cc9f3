"""Every text people see in their language: Malay first, English complete; one catalogue a subject and language."""

from __future__ import annotations

import functools
import warnings
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final = ("ms", "en")
PORTAL_LANGUAGES: Final = (*LANGUAGES, "zh", "ta")
"""Those of the portal too; in the two more, what it says itself alone stands in another language than Malay."""
DEFAULT_LANGUAGE: Final = "ms"

CATALOGUES: Final = Path(__file__).parent

Forms = tuple[str, ...]


class UnknownWords(UserWarning):
    """A text is not in the catalogue, or a value it asks for was not given; tests treat this as an error."""


class Words:
    """The texts of one language: ``words("map.title")``, ``words("map.shown", shown="3", total="90")``."""

    __slots__ = ("_forms", "language")

    def __init__(self, language: str, forms: Mapping[str, Forms]) -> None:
        self.language = language
        self._forms = forms

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of ``key`` with ``{name}`` filled in, as it stands where no value is given.

        Where there is no such text: the key itself.
        """
        return self._filled(key, self._form(key, 0), values)

    def n(self, key: str, n: int, **values: object) -> str:
        """Return the text of ``key`` for ``n`` things; ``{n}`` stands for the number, thousands separated."""
        plural = self.language == "en" and n != 1
        return self._filled(key, self._form(key, 1 if plural else 0), {"n": f"{n:,}", **values})

    def has(self, key: str) -> bool:
        """Whether the catalogue knows ``key``."""
        return key in self._forms

    def keys(self) -> frozenset[str]:
        """Every key of the catalogue."""
        return frozenset(self._forms)

    def _form(self, key: str, index: int) -> str:
        forms = self._forms.get(key)
        if forms is None:
            warnings.warn(f"no text for {key!r} in {self.language!r}", UnknownWords, stacklevel=3)
            return key
        return forms[min(index, len(forms) - 1)]

    def _filled(self, key: str, form: str, values: Mapping[str, object]) -> str:
        if not values:
            return form
        try:
            return form.format_map(values)
        except KeyError as missing:
            warnings.warn(f"{key!r} needs a value for {missing}", UnknownWords, stacklevel=3)
            return form


@functools.cache
def words_of(language: str) -> Words:
    """The texts of a language, read once; of Malay where the language is not one of ours."""
    known = language if language in PORTAL_LANGUAGES else DEFAULT_LANGUAGE
    forms: dict[str, Forms] = {}
    for catalogue in (known,) if known in LANGUAGES else (DEFAULT_LANGUAGE, known):
        for path in sorted((CATALOGUES / catalogue).glob("*.po")):
            forms |= read_catalogue(path)
    return Words(known, MappingProxyType(forms))


def read_catalogue(path: Path) -> dict[str, Forms]:
    """The texts of one ``.po`` file by key; two forms where singular and plural differ.

    Raises:
        ValueError: the file is not a catalogue.

    """
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    forms: dict[str, Forms] = {}
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key:
            forms[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return forms
