"""Legends on screen: what colours, circles and marks stand for, and how many areas or households there are of each."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from layers import bubbles, numbers
from layers.choropleth import ChoroplethLayer, LegendKind, LegendRow
from layers.footnote import footnote, how_classed
from layers.numbers import Words
from layers.palettes import STATUS_COLOURS, TOKENS
from layers.points import PointLayer

FAINT = 0.35
"""How opaque areas are beneath households."""


def points_shown(layer: PointLayer, words: Words) -> str:
    """Return "shown n of N in view", for the line above the map; never left out."""
    return words("map.shown", shown=numbers.count(layer.shown), total=numbers.count(layer.total))


def legend(
    layer: ChoroplethLayer,
    words: Words,
    *,
    over_map: bool = False,
    faint: bool = False,
    more: Sequence[Component] = (),
    circles: bool = False,
    when: str = "",
) -> Component:
    """Return the legend: measure, method, ranges with the number of areas in each, and the footnote.

    Where areas are drawn ``faint``, beneath households, so are their swatches. ``more`` stands before the footnote.
    ``when`` tells it from the legend of another date on the page.
    """
    title = words(f"measure.{layer.measure.key}")
    rows: list[Component] = [
        html.Li(
            [
                html.Span(className=f"ek-legend-swatch ek-legend-{row.kind}", style=_swatch(row, faint=faint)),
                html.Span(row.label or words(f"legend.{row.kind}"), className="ek-legend-range"),
                html.Span(
                    numbers.count(row.areas), className="ek-legend-areas", title=words("legend.areas", n=row.areas)
                ),
            ]
        )
        for row in layer.legend_rows
    ]
    label = words("legend.label", measure=title)
    named: dict[str, Any] = {"aria-label": f"{label}, {when}" if when else label}
    return html.Section(
        [
            html.H3(title),
            html.P(words("legend.circles") if circles else how_classed(layer, words)),
            html.Ul(_circle_rows(layer, words) if circles else rows),
            *more,
            html.P(" · ".join(footnote(layer.source, words)), className="ek-footnote"),
        ],
        className="ek-legend ek-legend-over" if over_map else "ek-legend",
        **named,
    )


def _circle_rows(layer: ChoroplethLayer, words: Words) -> list[Component]:
    """Circles as large as on the map with the counts that they stand for, then the mark of what is hidden."""
    rows: list[Component] = [
        html.Li([_circle(radius, bubbles.fill(layer)), html.Span(numbers.count(count), className="ek-legend-range")])
        for count, radius in bubbles.examples(layer)
    ]
    hidden = len(bubbles.marked(layer))
    if hidden:
        areas = html.Span(numbers.count(hidden), className="ek-legend-areas", title=words("legend.areas", n=hidden))
        mark = _circle(bubbles.MARK, "")
        rows.append(html.Li([mark, html.Span(words("legend.too_few"), className="ek-legend-range"), areas]))
    return rows


def _circle(radius: float, colour: str) -> Component:
    size = f"{2 * radius:.0f}px"
    ground = {"backgroundColor": colour} if colour else {}
    kind = "ek-legend-circle" if colour else f"ek-legend-circle ek-legend-swatch ek-legend-{LegendKind.TOO_FEW}"
    return html.Span(className=kind, style={"width": size, "height": size, **ground})


def points_legend(words: Words) -> Component:
    """Return what the marks of households stand for: the statuses, an approximate place, several together."""
    marks = [
        (html.Span(className="ek-dot-mark", style={"--dot": colour}), words(f"status.{status}"))
        for status, colour in STATUS_COLOURS.items()
    ]
    unsure = html.Span(className="ek-dot-mark ek-dot-approximate", style={"--dot": TOKENS["muted"]})
    several = html.Span(html.Span("9", className="ek-cluster-count"), className="ek-cluster-ring")
    marks += [(unsure, words("legend.approximate_point")), (several, words("legend.cluster"))]
    rows = [html.Li([html.Span(mark, className="ek-legend-mark"), html.Span(text)]) for mark, text in marks]
    return html.Div([html.H3(words("legend.points")), html.Ul(rows)], className="ek-legend-points")


def _swatch(row: LegendRow, *, faint: bool) -> dict[str, Any]:
    ground = {"backgroundColor": row.colour} if row.kind is LegendKind.CLASS else {}
    return {**ground, "opacity": FAINT} if faint else ground
