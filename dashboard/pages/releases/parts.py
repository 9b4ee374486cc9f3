"""What the pages of releases share: addresses, how a count is told, refusals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dash import html

from dashboard.components.detail_page import sentence
from layers import numbers

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/angka-awam"
"""Not ``/keluaran``: what begins like signing out is open to everybody, and nothing to come back to."""


def address(number: str) -> str:
    """Where a release is."""
    return f"{PATH}/{number}"


def known_number(number: str) -> str | None:
    """The number that an address names, where it has the form of one."""
    return number if re.fullmatch(r"[0-9]{4}-[0-9]{2}\.[0-9]{1,4}", number, re.ASCII) else None


def told(how: str, count: int | None, words: Words) -> str:
    """A count as everybody will read it."""
    return numbers.count(count) if count is not None else words(f"release.told_{how}")


def refused(error: RegistryError, words: Words) -> Component:
    """Why something was refused."""
    return html.P(sentence(error.key, error.values, words), className="ek-error-summary", role="alert")
