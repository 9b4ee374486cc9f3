"""Photographs of projects: loaded once they are opened, and before under after with a slider that the script draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

if TYPE_CHECKING:
    from dash.development.base_component import Component


def unloaded(source: str, told: str) -> Component:
    """A photograph that the script of projects loads once the part is opened in which it stands."""
    waiting: Any = {"data-ek-photo": source}
    drawn: Component = html.Img(alt=told, **waiting)
    return drawn


def compared(before: Component, after: Component, *, label: str) -> Component:
    """What was before and what came after, one over the other; ``label`` names the slider that uncovers the first."""
    marked: Any = {"data-ek-compare": label}
    drawn: Component = html.Div([before, after], className="ek-projects-compare", **marked)
    return drawn
