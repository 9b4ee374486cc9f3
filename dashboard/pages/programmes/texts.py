"""What the pages of programmes say alike: their address, days, and what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import html

from dashboard.components.detail_page import sentence
from layers import numbers
from registry.aid.conditions.problems import BadCondition
from registry.errors import InvalidInput

if TYPE_CHECKING:
    from datetime import date

    from dash.development.base_component import Component

    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/program-bantuan"


def days_text(begins: date | None, ends: date | None, words: Words) -> str:
    """From when until when something holds."""
    if begins is None and ends is None:
        return words("programme.always")
    if ends is None:
        return words("programme.since", day=numbers.day(begins))
    if begins is None:
        return words("programme.until", day=numbers.day(ends))
    return numbers.span(numbers.day(begins), numbers.day(ends))


def refused(error: RegistryError, words: Words) -> Component:
    """What was refused, and of which field; nothing was kept."""
    if isinstance(error, BadCondition):
        texts = [words(f"condition.problem_{error.reason}", **error.values)]
    elif isinstance(error, InvalidInput):
        texts = [
            f"{words(f'programme.{name}')}: {words(f'programme.problem_{problem}')}"
            for name, problem in error.problems.items()
        ]
    else:
        texts = [sentence(error.key, error.values, words)]
    return html.Div([html.P(text) for text in texts], className="ek-refused", role="alert")
