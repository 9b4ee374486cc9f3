"""What the pages of payments share: where they are, their view, amounts, and how a state is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.tables import exactly
from dashboard.urlstate import UrlState, code, whole
from layers import numbers

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from words import Words

PATH: Final = "/bayaran"
FILE_PATH: Final = "/bayaran/jawapan"
_FAR: Final = 2**53
_CASE: Final = r"[^\x00-\x1f]{1,80}"


@dataclass(frozen=True)
class PaymentsView(UrlState):
    """Which lists are shown, of which programme cases, and after which office and case."""

    before: int = whole(0, at_least=0, at_most=_FAR, name="sebelum")
    programme: str = code(name="program")
    office: str = code(name="pejabat")
    case_no: str = code(pattern=_CASE, name="kes")


def state_badge(state: str, words: Words) -> Component:
    """A state of a list or a payment."""
    return html.Span(words(f"payment.state_{state}"), className="ek-badge")


def amount(value: Any) -> Component:
    """An amount, with the number that a list is sorted by."""
    return exactly(numbers.money(value), int(value * 100))
