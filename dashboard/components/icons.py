"""Icons of our own, drawn by the stylesheet in the colour of the text beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dash import html

from dashboard.components.aria import aria

if TYPE_CHECKING:
    from dash.development.base_component import Component

IconName = Literal[
    "alert", "bookmark", "calendar", "card", "cases", "check", "chevron", "close", "download", "edit", "empty", "gauge",
    "group", "help", "home", "info", "lines", "list", "lock", "map", "more", "panel", "people", "pin", "print",
    "search", "settings", "sign-out",
]  # fmt: skip


def icon(name: IconName, *, large: bool = False) -> Component:
    """A decoration: it is hidden from screen readers, so the words always stand beside it."""
    size = " ek-icon-large" if large else ""
    return html.Span(className=f"ek-icon ek-icon-{name}{size}", **aria(hidden=True))
