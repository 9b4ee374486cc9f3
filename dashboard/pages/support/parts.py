"""What the pages of support share: addresses, states and times in words, refusals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.detail_page import sentence
from layers import numbers
from registry.errors import InvalidInput

if TYPE_CHECKING:
    from datetime import datetime

    from dash.development.base_component import Component

    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/sokongan"
NEW_PATH: Final = f"{PATH}/baharu"
BOARD_PATH: Final = f"{PATH}/papan"
CALENDAR_PATH: Final = f"{PATH}/kalendar"
TEMPLATES_PATH: Final = f"{PATH}/templat"


def address(number: str) -> str:
    """Where a ticket is."""
    return f"{PATH}/{number}"


def known_number(number: object) -> str | None:
    """The number that an address names, where it has the form of one."""
    return str(number) if re.fullmatch(r"T[0-9]{8,18}", str(number), re.ASCII) else None


def known_page(asked: object) -> str:
    """The address of a page that a ticket is about, without what was asked of it; nothing for what is none."""
    path = str(asked).partition("?")[0].partition("#")[0]
    return path if re.fullmatch(r"/(?!/)[A-Za-z0-9/_.:-]{0,199}", path, re.ASCII) else ""


def priority_text(priority: int, words: Words) -> str:
    """A priority with what it means."""
    return words(f"support.priority_{priority}")


def state_tag(state: str, words: Words, *, late: bool = False, exposure: bool = False) -> list[Any]:
    """How far a ticket is, that it is late, and that somebody saw what was not for them."""
    tags: list[Any] = [html.Span(words(f"support.state_{state}"), className="ek-tag")]
    if late:
        tags += [" ", html.Span(words("application.late"), className="ek-tag ek-tag-late")]
    if exposure:
        tags += [" ", html.Span(words("support.exposure_tag"), className="ek-tag ek-tag-late")]
    return tags


def time_text(at: datetime | None, words: Words, *, wound: bool = True) -> str:
    """When something is due; that its time stands still, or is being worked out."""
    if at is not None:
        return numbers.moment(at)
    return words("support.time_stands") if wound else words("support.time_soon")


def refused(error: RegistryError, words: Words) -> Component:
    """Why something was refused, and which fields stand in the way."""
    told = html.P(sentence(error.key, error.values, words))
    if not isinstance(error, InvalidInput):
        return html.Div(told, className="ek-error-summary", role="alert")
    problems = sorted(
        f"{words(f'support.field_{name}')}: {words(f'problem.{key}')}" for name, key in error.problems.items()
    )
    return html.Div([told, html.Ul([html.Li(text) for text in problems])], className="ek-error-summary", role="alert")


def card(title: str, body: Component | list[Component]) -> Component:
    """A part of the page with its title."""
    return html.Section([html.Div(html.H2(title), className="ek-part-head"), html.Div(body)], className="ek-part")
