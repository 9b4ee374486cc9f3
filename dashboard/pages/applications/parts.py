"""What the pages of applications share: addresses, names in the reader's language, states, refusals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.detail_page import sentence
from registry.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from dash.development.base_component import Component

    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/permohonan-bantuan"
NEW_PATH: Final = f"{PATH}/baru"
CLOSED: Final = frozenset({"ditolak", "ditolak_muktamad", "selesai", "dibatalkan", "ditarik", "luput"})


def address(number: str) -> str:
    """Where an application is."""
    return f"{PATH}/{number}"


def known_number(number: str) -> str | None:
    """The number that an address names, where it has the form of one."""
    return number if re.fullmatch(r"B[0-9]{8,18}", number, re.ASCII) else None


def edit_address(number: str) -> str:
    """Where a draft is changed."""
    return f"{address(number)}/ubah"


def named(row: Mapping[str, Any], what: str, words: Words) -> str:
    """The name of what a row tells in both languages, in the reader's."""
    return str(row[f"{what}_{words.language}"] or "")


def state_tag(state: str, words: Words, *, late: bool = False) -> list[Any]:
    """How far an application is, and that it is late."""
    tags: list[Any] = [html.Span(words(f"application.state_{state}"), className="ek-tag")]
    return [*tags, " ", html.Span(words("application.late"), className="ek-tag ek-tag-late")] if late else tags


def rm(amount: Decimal | None, words: Words) -> str:
    """An amount, or that there is none yet."""
    return f"RM{amount:,.2f}" if amount is not None else words("application.not_yet")


def refused(error: RegistryError, words: Words) -> Component:
    """Why something was refused, and which fields stand in the way."""
    problems: list[Component] = []
    if isinstance(error, InvalidInput):
        problems = [
            html.Li(text) for text in sorted(_problem(name, key, words) for name, key in error.problems.items())
        ]
    told = html.P(sentence(error.key, error.values, words))
    return html.Div([told, html.Ul(problems)] if problems else told, className="ek-error-summary", role="alert")


def _problem(name: str, key: str, words: Words) -> str:
    return f"{words(f'application.field_{name}')}: {words(f'problem.{key}')}"
