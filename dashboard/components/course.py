"""The course of a figure as small bars of the browser's own: no chart library has to be there first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import html

from dashboard.components.aria import aria
from layers import charts, numbers

if TYPE_CHECKING:
    import pandas as pd
    from dash.development.base_component import Component

    from words import Words

_TWO: Final = 2


def course(series: pd.DataFrame, words: Words, *, column: str, label: str) -> Component | None:
    """Bars from zero for each month that is known, with the first and the last told; nothing for fewer than two."""
    known = series.loc[series[column].notna(), ["month", column]]
    if len(known) < _TWO:
        return None
    values = [int(value) for value in known[column]]
    most = max(values) or 1
    bars = [html.Span(style={"height": f"{100 * value / most:.1f}%"}, className="ek-course-bar") for value in values]
    ends = [
        html.Span(f"{numbers.month(known['month'].iloc[place], words)}: {numbers.count(values[place])}")
        for place in (0, -1)
    ]
    drawn = html.Div(
        bars, className="ek-course", role="img", **aria(label=charts.describe(known, words, column=column, label=label))
    )
    return html.Div([drawn, html.P(ends, className="ek-course-ends")])
