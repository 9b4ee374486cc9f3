"""What the pages of Pangkalan Ilmu share: addresses, a text in both languages, tags, and why something was refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Protocol

from dash import html

from dashboard.components.detail_page import sentence
from dashboard.components.prose import prose
from registry.errors import InvalidInput

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/ilmu"
NEW_PATH: Final = "/ilmu-baharu"
WORK_PATH: Final = "/ilmu-kerja"
FILES_PATH: Final = "/ilmu-fail"
SCREEN_MARK: Final = "_"
"""Before the name of a page in an address: the article that explains it. No article is named so."""


class Told(Protocol):
    """What a version of an article says, of the rows that hold it."""

    def __getitem__(self, name: str, /) -> Any:
        """A column."""


def address(slug: str) -> str:
    """Where an article is."""
    return f"{PATH}/{slug}"


def known_slug(asked: str) -> str | None:
    """The name that an address says, where it has the form of one."""
    return asked if re.fullmatch(r"_?[a-z0-9]+([-_][a-z0-9]+)*", asked, re.ASCII) and len(asked) <= 80 else None  # noqa: PLR2004


def title_of(row: Told, words: Words) -> str:
    """The title in the reader's language, where it has one."""
    return str(row[f"title_{words.language}"] or row["title_ms"])


def tags(row: Told, words: Words) -> list[Component]:
    """What kind of article it is, and for whom."""
    return [
        html.Span(words(f"article.kind_{row['kind']}"), className="ek-tag"),
        html.Span(words(f"article.audience_{row['audience']}"), className="ek-tag"),
    ]


def side_by_side(row: Told, words: Words, *, note: bool = True) -> Component:
    """The text in both languages, the reader's first; an English that is older than its Malay says so."""
    order = ("ms", "en") if words.language == "ms" else ("en", "ms")
    shown = [_text(row, language, words, note=note) for language in order if row[f"title_{language}"]]
    return html.Div(shown, className="ek-ilmu-pair" if len(shown) > 1 else "ek-ilmu-alone")


def _text(row: Told, language: str, words: Words, *, note: bool) -> Component:
    old = language == "en" and note and row["en_old"]
    said = [html.P(words("article.en_old"), className="ek-ilmu-old")] if old else []
    own = language == words.language
    name = html.P(words(f"language.{language}"), className="ek-ilmu-language")
    head = html.H2(str(row[f"title_{language}"]), className="ek-ilmu-title")
    parts: list[Any] = [name, *([] if own else [head]), *said, *prose(str(row[f"body_{language}"]))]
    return html.Section(parts, lang=language, className="ek-ilmu-text")


def refused(error: RegistryError, words: Words) -> Component:
    """Why something was refused."""
    if isinstance(error, InvalidInput) and error.problems:
        told = [
            html.Li(f"{words(f'article.field_{name}')}: {words(f'article.problem_{problem}')}")
            for name, problem in error.problems.items()
        ]
        return html.Div(html.Ul(told), className="ek-error-summary", role="alert")
    return html.P(sentence(error.key, error.values, words), className="ek-error-summary", role="alert")
