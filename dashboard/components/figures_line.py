"""The line under every figure: source · date · rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from layers.footnote import footnote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from layers.choropleth import Source
    from layers.numbers import Words


def figures_line(source: Source, words: Words) -> Component:
    """Where the figures come from, as of when, by which rule; and that they are sample data where they are."""
    return footnote_line(footnote(source, words))


def footnote_line(phrases: Sequence[str]) -> Component:
    """Phrases as one footnote."""
    return html.P(" · ".join(phrase for phrase in phrases if phrase), className="ek-footnote")
