"""Which columns of a list are shown: what is chosen is kept by browser, and the first column always stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.aria import aria

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from words import Words

_FEWEST: Final = 3
"""A list of fewer columns is its first one and one figure: there is nothing to choose."""


def columns_box(words: Words, **marks: Any) -> Component:
    """The box to be opened; a script of the page fills it with a tick for each column that may be left out."""
    choice = html.Div(className="ek-columns-choice", role="group", **aria(label=words("list.columns")))
    note = html.P(words("list.columns_note"), className="ek-footnote")
    box: Component = html.Details(
        [html.Summary(words("list.columns")), html.Div([choice, note])], className="ek-columns", **marks
    )
    return box


def choosable(name: str, head: Sequence[object], table: Component, words: Words) -> Component:
    """A table with the choice of its columns above it.

    ``name`` is the list's own among all lists: by it, and by how many columns there are, the browser keeps the choice.
    """
    if len(head) < _FEWEST:
        return table
    marked: dict[str, Any] = {"data-ek-list": f"{name}.{len(head)}"}
    return html.Div([columns_box(words), table], className="ek-list", **marked)
