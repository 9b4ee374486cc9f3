"""The panel beside the map: the area's name, its figures told as cards, of whom they are made up, where from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.areas import COUNTRY
from dashboard.components.aria import aria
from dashboard.components.breaks import break_texts, breaks_note
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.feedback import empty
from dashboard.components.figures_line import figures_line
from layers import charts, numbers
from layers.palettes import STATUS_COLOURS
from poverty.rates import change, difference, rate
from queries import maps

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from dash.development.base_component import Component

    from dashboard.pages.poverty_map.reading import Place
    from queries.overview import Overview, Totals
    from words import Words

_GROUPS = ("age", "ethnicity", "strata")


def panel(place: Place, figures: Overview, words: Words) -> list[Component]:
    """Heading, headline, cards, breakdowns and footnote of a view."""
    parts: list[Component] = [_heading(place, words)]
    if figures.footing.empty:
        return [*parts, empty(words("map.empty"), words("map.empty_hint"))]
    parts.append(_headline(figures, words))
    if not figures.hidden:
        parts.append(_cards(place, figures, words))
        parts += breaks_note(figures.breaks, words)
    parts.append(_breakdown(figures, words))
    # the boundaries are the map's to tell, in its legend
    figures_only = replace(place.source, boundary_name="", boundary_accuracy_m=None, boundary_approximate=False)
    parts.append(figures_line(figures_only, words))
    return parts


def no_such_area(words: Words) -> list[Component]:
    """What the panel says where an address names an area that there is not."""
    back = dcc.Link(words("map.to_country"), href="/", className="ek-button")
    return [empty(words("map.unknown"), words("map.unknown_hint"), action=back)]


def _heading(place: Place, words: Words) -> Component:
    area = place.area
    name = words("map.country") if area.code == COUNTRY else area.name
    above = [found.name for found in reversed(place.lineage[1:-1])]
    where = ", ".join([words(f"level.{area.level}"), *above])
    strata = place.view.strata_alone
    if strata:
        where = f"{where} · {words(f'strata.{strata}')}"
    return html.Header(
        [html.P(where, className="ek-poverty-map-eyebrow"), html.H2(name, id="poverty-map-heading", tabIndex=-1)],
        className="ek-poverty-map-heading",
    )


def _headline(figures: Overview, words: Words) -> Component:
    if figures.hidden:
        return html.P(words("map.hidden", n=figures.footing.threshold), className="ek-poverty-map-note")
    poor, before = figures.totals.poor, figures.before(12)
    parts: list[Component] = [
        html.Span(numbers.count(poor), className="ek-poverty-map-total"),
        html.Span(words.n("map.poor_households", poor or 0), className="ek-poverty-map-unit"),
    ]
    if before is not None:
        parts.append(html.Span(_yearly(poor, before.poor, figures, words), className="ek-poverty-map-change"))
    return html.P(parts, className="ek-poverty-map-headline")


def _cards(place: Place, figures: Overview, words: Words) -> Component:
    area = place.area
    census = None if place.view.strata_alone else area.census_households
    cards = [_status_card(status, figures, words) for status in ("tegar", "miskin")]
    if census is not None:
        note = words("map.of_census", n=numbers.count(census), year=str(area.census_year))
    else:
        note = words("map.no_census")
    share = numbers.share(rate(figures.totals.poor, census))
    cards.append(figure_card(Figure(words("map.rate"), share, note=note)))
    cards.append(_cost_card(figures.totals, words))
    return figure_cards(cards)


def _cost_card(totals: Totals, words: Words) -> Component:
    """What it would cost to lift everyone to the line; of a closed month and rounded for those who see no persons."""
    note = words("map.cost_note")
    if totals.gap_month is not None:
        note = f"{note} {words('map.cost_closed', date=numbers.day(maps.month_end(totals.gap_month)))}"
        if totals.gap_rm is None:
            note = words("map.cost_hidden")
    cost = numbers.money_short(totals.gap_rm, words=words)
    return figure_card(Figure(words("map.cost"), cost, unit=words("map.a_month"), note=note))


def _status_card(status: Any, figures: Overview, words: Words) -> Component:
    now = getattr(figures.totals, status)
    month, year = figures.before(1), figures.before(12)
    changes = []
    if month is not None:
        changes.append(_monthly(now, getattr(month, status), figures, words))
    if year is not None:
        changes.append(_yearly(now, getattr(year, status), figures, words))
    name = words(f"map.{status}")
    figure = Figure(name, numbers.count(now), unit=words("map.households"), changes=changes, tone=status)
    return figure_card(figure, chart=_sparkline(status, figures, words, name))


def _sparkline(status: str, figures: Overview, words: Words, name: str) -> Component | None:
    series = figures.series
    if len(series) < 2 or series[status].isna().all():  # noqa: PLR2004 - a line has two ends
        return None
    drawn = charts.sparkline(series, column=status, colour=STATUS_COLOURS[status], breaks=_days(figures))
    told = charts.describe(series, words, column=status, label=name)
    told = ". ".join([told.removesuffix("."), *break_texts(figures.breaks, words)])
    return html.Div(_graph(drawn, charts.SPARK_HEIGHT, words), role="img", **aria(label=told))


def _days(figures: Overview) -> list[date]:
    return [one.on_day for one in figures.breaks]


def _graph(figure: Any, height: int, words: Words) -> Component:
    config: Any = charts.chart_config(words.language)
    return dcc.Graph(figure=figure, config=config, style={"height": f"{height}px"})


def _breakdown(figures: Overview, words: Words) -> Component:
    if not figures.groups:
        return html.P(words("map.no_breakdown"), className="ek-poverty-map-note")
    names = [name for name in _GROUPS if name in figures.groups]
    tabs = [dmc.TabsTab(words(f"map.by_{name}"), value=name) for name in names]
    panels = [dmc.TabsPanel(_bars(name, figures.groups[name], words), value=name) for name in names]
    note = [html.P(words("map.both_strata"), className="ek-poverty-map-note")] if figures.together else []
    return html.Section(
        [
            html.H3(words("map.breakdown")),
            *note,
            dmc.Tabs(
                [dmc.TabsList(tabs, **aria(label=words("map.breakdown"))), *panels],
                value=names[0],
                keepMounted=False,
                className="ek-poverty-map-tabs",
            ),
        ],
        className="ek-poverty-map-breakdown",
    )


def _bars(name: str, groups: pd.DataFrame, words: Words) -> Component:
    labels = [words(f"strata.{group}" if name == "strata" else f"group.{group}") for group in groups["group"]]
    shown = groups.assign(label=labels)
    figure = charts.bars(shown, words)
    graph = _graph(figure, figure.layout.height, words)
    unit = words("map.unit_persons" if name == "age" else "map.unit_households")
    return html.Div(
        [
            html.Div(graph, role="img", **aria(label=f"{unit}. {charts.describe_groups(shown, words)}")),
            _key(unit, words),
        ]
    )


def _key(unit: str, words: Words) -> Component:
    """What the two colours of the bars mean, and what is counted."""
    marks = [
        html.Span([html.Span(className=f"ek-poverty-map-mark ek-poverty-map-mark-{status}"), words(f"status.{status}")])
        for status in ("tegar", "miskin")
    ]
    return html.P([*marks, html.Span(unit)], className="ek-poverty-map-key")


def _monthly(now: int | None, then: int | None, figures: Overview, words: Words) -> str:
    moved = difference(now, then)
    return _told(numbers.change_count(moved), moved, _since(figures, 1, words), words)


def _yearly(now: int | None, then: int | None, figures: Overview, words: Words) -> str:
    share = change(now, then)
    return _told(numbers.change(share), share, _since(figures, 12, words), words)


def _since(figures: Overview, months: int, words: Words) -> str:
    return words("map.since", month=numbers.month(maps.month_before(figures.series["month"].iloc[-1], months), words))


def _told(text: str, value: float | None, since: str, words: Words) -> str:
    """A change with its direction as a word too: "▼ 3.1% turun sejak 31/10/2025"."""
    if value is None:
        return words("map.change_unknown", since=since)
    if not value:
        return words("map.change_none", since=since)
    return words("map.change_up" if value > 0 else "map.change_down", change=text, since=since)
