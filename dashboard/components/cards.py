"""The card of one figure: its name, the number told large, what it is measured in, how it changed, its course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dash import html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

Tone = Literal["", "tegar", "miskin"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as people read it: all written out already, in their language.

    ``changes`` are whole phrases ("▼ 3.1% sejak Oktober 2026"); ``tone`` is for hardcore poor and poor only.
    """

    name: str
    value: str
    unit: str = ""
    changes: Sequence[str] = ()
    note: str = ""
    tone: Tone = ""


def figure_card(figure: Figure, *, chart: Component | None = None, action: Component | None = None) -> Component:
    """A card; ``chart`` is its sparkline, ``action`` a link to what lies behind the number."""
    unit = [html.Span(figure.unit, className="ek-card-unit")] if figure.unit else []
    body: list[Component] = [
        html.H3(figure.name, className="ek-card-name"),
        html.P([_value(figure.value), *unit], className="ek-card-figure"),
    ]
    if figure.changes:
        body.append(html.Ul([html.Li(change) for change in figure.changes], className="ek-card-changes"))
    if chart is not None:
        body.append(html.Div(chart, className="ek-card-chart"))
    if figure.note:
        body.append(html.P(figure.note, className="ek-card-note"))
    if action is not None:
        body.append(html.Div(action, className="ek-card-action"))
    return html.Article(body, className=f"ek-card ek-card-{figure.tone}" if figure.tone else "ek-card")


def _value(value: str) -> Component:
    """The number; how many characters it has says how small it must be to stand on one line."""
    return html.Span(value, className="ek-card-value", style={"--ek-characters": str(len(value))})


def figure_cards(cards: Sequence[Component]) -> Component:
    """Cards side by side, as many in a row as there is room for."""
    return html.Div(list(cards), className="ek-cards")
