"""What the pages of referrals share: addresses, parties and states in words, refusals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.detail_page import sentence
from registry.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/rujukan"
NEW_PATH: Final = f"{PATH}/baharu"


def address(number: str) -> str:
    """Where a referral is."""
    return f"{PATH}/{number}"


def known_number(number: str) -> str | None:
    """The number that an address names, where it has the form of one."""
    return number if re.fullmatch(r"R[0-9]{8,18}", number, re.ASCII) else None


def known_project(number: object) -> str | None:
    """The number of a project that an address names, where it has the form of one."""
    return str(number) if re.fullmatch(r"P[0-9]{8,18}", str(number), re.ASCII) else None


def party_name(key: str, row: Mapping[str, Any], what: str, words: Words) -> str:
    """What a party is called: an office or agency by its name, a district or state as the office of that place."""
    return words(f"referral.party_{key.partition(':')[0]}", name=str(row[f"{what}_{words.language}"] or ""))


def about_text(row: Mapping[str, Any], name: str | None, words: Words) -> str:
    """What a referral is about, by its name where who asks may know it."""
    unnamed = "referral.a_project" if row["about"] == "projek" else "referral.a_household"
    return name or row["area_name"] or words(unnamed)


def state_tag(state: str, words: Words, *, late: bool = False) -> list[Any]:
    """How far a referral is, and that its answer is late."""
    tags: list[Any] = [html.Span(words(f"referral.state_{state}"), className="ek-tag")]
    return [*tags, " ", html.Span(words("application.late"), className="ek-tag ek-tag-late")] if late else tags


def refused(error: RegistryError, words: Words) -> Component:
    """Why something was refused, and which fields stand in the way."""
    told = html.P(sentence(error.key, error.values, words))
    if not isinstance(error, InvalidInput):
        return html.Div(told, className="ek-error-summary", role="alert")
    problems = sorted(
        f"{words(f'referral.field_{name}')}: {words(f'problem.{key}')}" for name, key in error.problems.items()
    )
    return html.Div([told, html.Ul([html.Li(text) for text in problems])], className="ek-error-summary", role="alert")
