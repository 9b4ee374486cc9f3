"""The fields of a household's component, with their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.household import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.household.parts import Part
    from words import Words


def facts(part: Part, row: Mapping[str, object], words: Words) -> Component:
    """The fields of a component with their values; what is not known says so."""
    return html.Dl(
        [
            html.Div(
                [html.Dt(words(f"field.{field.name}")), html.Dd(known(texts.value_text(field, row, words), words))],
                className="ek-wide" if field.wide else "",
            )
            for field in part.fields
        ],
        className="ek-facts",
    )


def known(text: str, words: Words) -> Any:
    """A value, or that it is not known."""
    return text or html.Span(words("record.missing"), className="ek-missing")
