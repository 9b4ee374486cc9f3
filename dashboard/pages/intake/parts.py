"""What the pages of what the public sends share: addresses, tags, answers in words, refusals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.detail_page import sentence
from layers import numbers
from registry.intake.forms import CHOICES, COUNTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/peti"
_REFERENCE: Final = re.compile(r"[DP]-[0-9A-Z]{4}-[0-9A-Z]{4}", re.ASCII)
_SHOWN: Final = (
    "name", "village", "address", *COUNTS, "income", "urgent", "seen", "seen_on", "words",
)  # fmt: skip


def address(reference: str) -> str:
    """Where a form is."""
    return f"{PATH}/{reference}"


def known_reference(typed: str) -> str | None:
    """The reference that an address names, where it has the form of one."""
    return typed if _REFERENCE.fullmatch(typed) else None


def named(name: str | None, village: str | None, words: Words) -> str:
    """What a form is called in a list: the family's name, else the place."""
    return name or village or words("intake.unnamed")


def tags(row: Mapping[str, Any], words: Words) -> list[Any]:
    """How far a form is, and what it is marked with."""
    found: list[Any] = [html.Span(words(f"intake.state_{row['state']}"), className="ek-tag")]
    if row.get("urgent"):
        found += [" ", html.Span(words("intake.urgent"), className="ek-tag ek-tag-late")]
    if row.get("late"):
        found += [" ", html.Span(words("application.late"), className="ek-tag ek-tag-late")]
    if row["told"] > 1:
        found += [" ", html.Span(words.n("intake.told", row["told"]), className="ek-tag")]
    return found


def said(answers: Mapping[str, Any], words: Words) -> list[tuple[str, str]]:
    """The answers of a form with their questions, in words; what was not answered is left out."""
    return [
        (words(f"intake.field_{name}"), _answer_text(name, answers[name], words))
        for name in _SHOWN
        if answers.get(name) not in (None, "", [])
    ]


def _answer_text(name: str, value: Any, words: Words) -> str:
    if name in CHOICES:
        codes: Sequence[Any] = value if isinstance(value, list) else [value]
        return ", ".join(words(f"intake.{name}_{code}") for code in codes if code in CHOICES[name])
    return numbers.count(value) if isinstance(value, int) else str(value)


def refused(error: RegistryError, words: Words) -> Component:
    """Why a step was refused."""
    return html.Div(
        html.P(sentence(error.key, error.values, words)), className="ek-error-summary", role="alert"
    )
