"""Draws the curve of a project: what was planned, first and now, what was done, and what was paid."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from layers.charts import bare_layout, quiet_axis
from layers.numbers import Words
from layers.palettes import TOKENS
from poverty.projects import Point

HEIGHT = 300


def s_curve(now: Sequence[Point], first: Sequence[Point], today: date, words: Words) -> go.Figure:
    """Return lines of planned (grey), actual (teal) and paid (dashed), in percent, with a line for today.

    ``first`` is the plan that was made first: it is drawn dotted where time was extended since.
    """
    figure = go.Figure(layout=bare_layout(height=HEIGHT, margin={"l": 44, "r": 16, "t": 28, "b": 40}))
    if [point.planned for point in first] != [point.planned for point in now] or len(first) != len(now):
        _line(figure, first, "planned", words("project.curve_first"), {"color": TOKENS["line-strong"], "dash": "dot"})
    _line(figure, now, "planned", words("project.curve_planned"), {"color": TOKENS["line-strong"]})
    _line(figure, now, "actual", words("project.curve_actual"), {"color": TOKENS["accent"], "width": 3}, mark=True)
    _line(figure, now, "financial", words("project.curve_paid"), {"color": TOKENS["off-track"], "dash": "dash"})
    figure.add_vline(x=today.isoformat(), line={"color": TOKENS["ink"], "width": 1, "dash": "dot"})
    figure.update_layout(
        hovermode="x unified",
        showlegend=True,
        legend={"orientation": "h", "y": 1.16, "x": 0},
    )
    figure.update_xaxes(tickformat="%b<br>%Y", tickangle=0, hoverformat="%d/%m/%Y", nticks=6, **quiet_axis(grid=False))
    figure.update_yaxes(range=[0, 104], ticksuffix="%", nticks=6, **quiet_axis(grid=True))
    return figure


def _line(
    figure: go.Figure, points: Sequence[Point], what: str, name: str, line: dict[str, Any], *, mark: bool = False
) -> None:
    known = [(point.day, getattr(point, what)) for point in points]
    drawn = [(day, share) for day, share in known if share is not None]
    figure.add_scatter(
        x=[day.isoformat() for day, _share in drawn],
        y=[_percent(share) for _day, share in drawn],
        mode="lines+markers" if mark else "lines",
        name=name,
        line={"width": 2, **line},
        hovertemplate="%{y:.1f}%",
    )


def _percent(share: Fraction) -> float:
    return round(float(share), 2)
