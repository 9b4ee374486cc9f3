"""The course of an indicator: its last 24 months as a line, and where its closed months are going."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.components.breaks import break_texts
from dashboard.outlooks import outlook, outlook_note
from layers import charts, numbers
from layers.outlook import add_outlook
from layers.palettes import STATUS_COLOURS, TOKENS
from poverty.months import month_before

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import plotly.graph_objects as go
    from dash.development.base_component import Component

    from dashboard.indicators import Measured
    from dashboard.outlooks import Outlook
    from dashboard.pages.kpi.view import Panel
    from layers.numbers import Number
    from poverty.kpi.evaluation import Value
    from words import Words

_COLOURS = {"tegar": STATUS_COLOURS["tegar"], "miskin": STATUS_COLOURS["miskin"]}


def course(item: Measured, panel: Panel, words: Words, name: str) -> list[Component]:
    """The line and the forecast in words, where the indicator has months that may be shown."""
    shown = _months(item, panel)
    if shown is None:
        return []
    breaks = [one.on_day for one in panel.figures.breaks]
    # another definition is another series
    breaks += [one.valid_from for one in panel.course.definitions[item.indicator.indicator_code][1:]]
    seen = outlook(item, _closed(shown), breaks=breaks)

    write = _writing(item, seen)
    said = charts.describe(shown, words, column="value", label=name, write=write)
    said = ". ".join([said.removesuffix("."), *break_texts(panel.figures.breaks, words)])
    figure = charts.sparkline(shown, colour=_colour(item), breaks=breaks)
    if item.indicator.unit == "syer":
        # what stands at a point is written as a count
        figure.update_traces(hoverinfo="skip", hovertemplate=None)
    if seen and seen.found:
        _go_on(figure, shown, seen, item)
    graph = dcc.Graph(
        figure=figure,
        config=charts.chart_config(words.language),
        style={"height": f"{figure.layout.height}px"},
    )
    key = "kpi.months_ahead" if seen and seen.found else "kpi.months"
    note = html.P(words(key), className="ek-kpi-note")
    line = html.Div([html.Div(graph, role="img", **aria(label=said)), note])
    return [line, *(outlook_note(seen, words, write) if seen else [])]


def _months(item: Measured, panel: Panel) -> pd.DataFrame | None:
    """Month and value of an indicator that is of closed months; ``None`` where there is no line to draw."""
    code = item.indicator.indicator_code
    if item.indicator.frequency == "harian":
        return None
    months = panel.course.months(code, panel.area.code)
    known = [(month, _plain(value)) for month, value in months]
    while known and known[0][1] is None:
        known.pop(0)
    if sum(value is not None for _, value in known) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    return pd.DataFrame(known, columns=["month", "value"])


def _plain(value: Value) -> int | float | None:
    if not isinstance(value, Decimal):
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _closed(shown: pd.DataFrame) -> list[tuple[date, float | None]]:
    return [
        (month, None if missing else value)
        for month, value, missing in zip(shown["month"], shown["value"], shown["value"].isna(), strict=True)
    ]


def _go_on(figure: go.Figure, shown: pd.DataFrame, seen: Outlook, item: Measured) -> None:
    if seen.found is None or item.goal is None:
        return
    last = shown.loc[shown["month"] == seen.last_month, "value"].iloc[0]
    ahead = range(len(seen.found.months) + 1)
    add_outlook(
        figure,
        months=[month_before(seen.last_month, -months) for months in ahead],
        last=float(last),
        bands=seen.found.months,
        target=item.goal.target,
        colour=_colour(item),
    )


def _writing(item: Measured, seen: Outlook | None) -> Callable[[Number | None], str]:
    """Writes values of an indicator, shares with as many decimals as tell those of its forecast apart."""
    if item.indicator.unit == "RM":
        return lambda value: numbers.money(value, sen=False)
    if item.indicator.unit != "syer":
        return numbers.count

    def share(value: Number | None, more: int) -> str:
        return numbers.share(value, places=1 + more)

    year = seen.found.months[-1] if seen and seen.found else None
    more = numbers.told_apart(share, (year.point, year.lo80, year.hi80, item.actual)) if year else 0
    return lambda value: share(value, more)


def _colour(item: Measured) -> str:
    return _COLOURS.get(item.indicator.indicator_code, TOKENS["accent"])
