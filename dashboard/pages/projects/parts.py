"""What the pages of projects share: addresses, names in the reader's language, marks, refusals, what a form held."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.detail_page import sentence
from layers import numbers
from registry.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from fractions import Fraction

    from dash.development.base_component import Component

    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/projek"
NEW_PATH: Final = f"{PATH}/baharu"
TYPES_PATH: Final = f"{PATH}/jenis"
CONTRACTORS_PATH: Final = f"{PATH}/kontraktor"
SITES_PATH: Final = f"{PATH}/tapak"
COUNTS_PATH: Final = f"{PATH}/bilangan"
ONE_PATH: Final = f"{PATH}/<number>"
LONGEST: Final = 2_000
MINUS: Final = "\u2212"


def address(number: str) -> str:
    """Where a project is."""
    return f"{PATH}/{number}"


def site_address(number: str) -> str:
    """Where a visit to the site of a project is filled in."""
    return f"{SITES_PATH}?projek={number}"


def known_number(number: str) -> str | None:
    """The number that an address names, where it has the form of one."""
    return number if re.fullmatch(r"P[0-9]{8,18}", number, re.ASCII) else None


def today() -> date:
    """Today, where the projects are."""
    return datetime.now(numbers.MALAYSIA).date()


def named(row: Mapping[str, Any], what: str, words: Words) -> str:
    """The name of what a row tells in both languages, in the reader's."""
    return str(row[f"{what}_{words.language}"] or "")


def state_tag(state: str, words: Words, mark: str = "") -> list[Any]:
    """How far a project is, and that it is late or sick."""
    tags: list[Any] = [html.Span(words(f"project.state_{state}"), className="ek-tag")]
    if mark in {"lewat", "sakit"}:
        tags += [" ", html.Span(words(f"project.mark_{mark}"), className="ek-tag ek-tag-late")]
    return tags


def rm(amount: Decimal | None) -> str:
    """An amount, or a dash for none."""
    return f"RM{amount:,.2f}" if amount is not None else "—"


def percent(share: Fraction | Decimal | float) -> str:
    """A share that is in percent already."""
    return f"{float(share):.1f}%"


def points(gap: Fraction) -> str:
    """A difference of shares in points, with its sign."""
    text = f"{float(gap):+.1f}"
    return "0.0" if float(text) == 0 else text.replace("-", MINUS)


def card(title: str, body: Any, *, asks: bool = False) -> Component:
    """A part of a project's page with its title; what only ``asks`` is no matter for paper."""
    inside = body if isinstance(body, list) else [body]
    return html.Section(
        [html.Div(html.H2(title), className="ek-part-head"), *inside],
        className="ek-part ek-screen-only" if asks else "ek-part",
    )


def refused(error: RegistryError, words: Words) -> Component:
    """Why something was refused, and which fields stand in the way."""
    told = html.P(sentence(error.key, error.values, words))
    problems = sorted(error.problems.items()) if isinstance(error, InvalidInput) else []
    lines = [
        html.Li(f"{words(f'project.field_{name}')}: {words(f'problem.{key}')}")
        for name, key in problems
        if words.has(f"project.field_{name}")
    ]
    return html.Div([told, html.Ul(lines)] if lines else told, className="ek-error-summary", role="alert")


def key_of(given: Mapping[str, object]) -> str:
    """What stands for the contents of a form where a press is known again by it."""
    return hashlib.sha256(repr(sorted(given.items())).encode()).hexdigest()


def typed(values: Sequence[object], names: Sequence[Mapping[str, str]], **of: str) -> dict[str, str]:
    """What stood in the fields of one form, by name; fields are those whose ids hold ``of``."""
    return {
        name["name"]: str(value or "").strip()[:LONGEST]
        for name, value in zip(names, values, strict=True)
        if not isinstance(value, list) and all(name.get(key) == wanted for key, wanted in of.items())
    }
