"""What the pages of rounds share: addresses, how far a round is, findings in words, refusals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.detail_page import sentence
from dashboard.components.feedback import progress
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.row_types.rounds import OneRoundRow, RoundRow
    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/pusingan"


def address(number: str) -> str:
    """Where a round is."""
    return f"{PATH}/{number}"


def known_number(number: str) -> str | None:
    """The number that an address names, where it has the form of one."""
    return number if re.fullmatch(r"PB[0-9]{6,18}", number, re.ASCII) else None


def office_name(row: Any, words: Words) -> str:
    """The name of an office in the reader's language."""
    return str(row[f"office_{words.language}"])


def far(row: RoundRow | OneRoundRow, words: Words) -> Component:
    """How far a round is: the sum that always holds, and a bar."""
    decided = row["kekal"] + row["gugur"] + row["siasat"]
    adds = {name: numbers.count(row[name]) for name in ("kekal", "gugur", "siasat", "terbuka", "households")}
    text = words("round.sum", **adds)
    return html.Div([html.P(text, className="ek-round-sum"), progress(decided, row["households"], words("round.far"))])


def tags(found: Sequence[str], words: Words) -> list[Any]:
    """Findings as tags."""
    return [html.Span(words(f"round.finding_{name}"), className="ek-tag") for name in found]


def refused(error: RegistryError, words: Words) -> Component:
    """Why something was refused."""
    return html.P(sentence(error.key, error.values, words), className="ek-error-summary", role="alert")
