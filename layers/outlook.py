"""Draws a forecast onto the line of the months that it goes on from: a fan, its middle, and the target across."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.palettes import TOKENS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import plotly.graph_objects as go

    from layers.numbers import Number
    from poverty.kpi.forecast import Band

HEIGHT: Final = 96
_FAINT: Final = (("lo95", "hi95", 0.12), ("lo80", "hi80", 0.22))


def add_outlook(
    figure: go.Figure, *, months: Sequence[date], last: Number, bands: Sequence[Band], target: Number, colour: str
) -> None:
    """Add what ``bands`` expect of the months that follow; ``months`` has the last closed one before them.

    The fan is the 95 % interval with the 80 % interval inside it; the target is a dashed line.
    """
    days = [month.isoformat() for month in months]
    for low, high, share in _FAINT:
        above = [float(last), *(getattr(band, high) for band in bands)]
        below = [float(last), *(getattr(band, low) for band in bands)]
        figure.add_scatter(
            x=[*days, *reversed(days)],
            y=[*above, *reversed(below)],
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=_faint(colour, share),
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=days,
        y=[float(last), *(band.point for band in bands)],
        mode="lines",
        line={"color": colour, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_hline(y=float(target), line={"color": TOKENS["ink"], "width": 1, "dash": "dash"})
    figure.update_layout(height=HEIGHT)


def _faint(colour: str, share: float) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"
