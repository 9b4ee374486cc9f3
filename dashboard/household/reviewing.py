"""What is said of reviews that were opened from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from words import Words


def opened_message(opened: int, words: Words, *, none: str = "tasks.review_none") -> Component:
    """How many reviews were opened, and where they are given away; ``none`` names what is said where there was none."""
    if not opened:
        return html.P(words(none))
    queue = dcc.Link(words("tasks.review_queue"), href="/kes?keadaan=due")
    return html.P([words.n("tasks.reviews_opened", opened), " ", queue])
