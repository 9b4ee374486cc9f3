"""The panel beside the map: the measure drawn, of the area itself; its course, its figures, who they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import dash_mantine_components as dmc
import pandas as pd
from dash import dcc, html

from dashboard.areas import COUNTRY
from dashboard.components.aria import aria
from dashboard.components.breaks import break_texts, breaks_note
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.feedback import empty
from dashboard.components.figures_line import figures_line
from dashboard.pages.poverty_map.aid import aid_panel
from dashboard.pages.poverty_map.table import subject_of
from layers import charts, numbers
from layers.measures import LEAST_BASE, Kind
from layers.palettes import STATUS_COLOURS, TOKENS
from layers.trend import data_url, trend_svg
from poverty.months import month_before, month_end
from poverty.rates import change, difference, rate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.pages.poverty_map.reading import Drawing, Place
    from layers.choropleth import ChoroplethLayer
    from queries.overview import Overview, Totals
    from queries.row_types.reach import ReachCutRow
    from words import Words

_GROUPS = ("age", "ethnicity", "strata")
_STATUSES = ("tegar", "miskin")
_MOST = 3
_YEAR = 12


def panel(
    place: Place, figures: Overview, now: Overview | None, words: Words, *, aid: ReachCutRow | None = None
) -> list[Component]:
    """Heading, headline, course, cards, breakdowns and footnote of a view; ``now`` is beside it where it looks back.

    ``aid`` is that of the area, where aid is drawn.
    """
    parts: list[Component] = [_heading(place, words), *_looking_back(place, figures, now, words)]
    if figures.footing.empty:
        return [*parts, empty(words("map.empty"), words("map.empty_hint"))]
    if place.view.of_aid:
        return [*parts, *aid_panel(place, figures, aid, words), _figures_line(place, words)]
    parts.append(_headline(place, figures, words))
    if not figures.hidden:
        parts += _course(place, figures, words)
        parts.append(_cards(place, figures, words))
        parts += breaks_note(figures.breaks, words)
    parts.append(_breakdown(figures, words))
    return [*parts, _figures_line(place, words)]


def _figures_line(place: Place, words: Words) -> Component:
    """Source and date; the boundaries are the map's to tell, in its legend."""
    figures_only = replace(place.source, boundary_name="", boundary_accuracy_m=None, boundary_approximate=False)
    return figures_line(figures_only, words)


def no_such_area(words: Words) -> list[Component]:
    """What the panel says where an address names an area that there is not."""
    back = dcc.Link(words("map.to_country"), href="/", className="ek-button")
    return [empty(words("map.unknown"), words("map.unknown_hint"), action=back)]


def most(drawing: Drawing, words: Words) -> list[Component]:
    """Which areas lead by the measure drawn, and, of what can be added up, what they are of all that is shown."""
    layer = drawing.layer
    figures = list(layer.values)
    ranked = sorted(
        (rank, place) for place, rank in enumerate(layer.ranks) if rank is not None and rank <= _MOST and figures[place]
    )[:_MOST]
    if len(layer.codes) <= _MOST or not ranked:
        return []
    items: list[Any] = []
    for _, place in ranked:
        attributes: dict[str, Any] = {"data-ek-into": layer.codes[place]}
        href = drawing.place.view.but(area=layer.codes[place], asked_level="", only="").address("/")
        items.append(html.Li([html.A(layer.names[place], href=href, **attributes), f" {layer.written[place]}"]))
    told: list[Component] = [html.H3(words("map.most", level=words(f"level.{layer.level}").lower())), html.Ol(items)]
    together = _share_of_all(layer, [place for _, place in ranked])
    few = [layer.names[place] for place, one in enumerate(layer.small) if one]
    if few:
        told.append(_not_ranked(few, words))
    if together is not None:
        told.append(html.P(words("map.most_share", share=numbers.share(together)), className="ek-poverty-map-note"))
    return told


def _not_ranked(names: Sequence[str], words: Words) -> Component:
    """Which areas are no part of the ranking, since their change is from too few, and what the rule is."""
    rule = words("map.small_base", n=str(LEAST_BASE))
    return html.P(f"{rule}: {', '.join(sorted(names))}.", className="ek-poverty-map-note ek-poverty-map-unranked")


def _share_of_all(layer: ChoroplethLayer, leading: list[int]) -> float | None:
    """The part of the sum of all areas; none where a value is missing, or the measure cannot be added up."""
    figures = list(layer.values)
    known = [figure for figure in figures if figure is not None]
    if layer.measure.kind not in {Kind.COUNT, Kind.COST} or len(known) < len(figures) or not sum(known):
        return None
    return sum(figures[place] or 0 for place in leading) / sum(known)


def _heading(place: Place, words: Words) -> Component:
    area = place.area
    name = words("map.country") if area.code == COUNTRY else area.name
    above = [found.name for found in reversed(place.lineage[1:-1])]
    where = ", ".join([words(f"level.{area.level}"), *above])
    strata = place.view.strata_alone
    if strata:
        where = f"{where} · {words(f'strata.{strata}')}"
    asks: dict[str, Any] = {"data-ek-compare-with": words("map.compare_find", area=name)}
    return html.Header(
        [
            html.P(where, className="ek-poverty-map-eyebrow"),
            html.H2(name, id="poverty-map-heading", tabIndex=-1),
            html.Button(
                words("map.compare_with"), type="button", className="ek-button ek-poverty-map-compare-with", **asks
            ),
        ],
        className="ek-poverty-map-heading",
    )


class Told(NamedTuple):
    """A figure written out, what it counts, and how it moved in a year."""

    value: str
    unit: str
    moved: str = ""


def _looking_back(place: Place, figures: Overview, now: Overview | None, words: Words) -> list[Component]:
    """Which month is looked at, compared with now; nothing where it is now."""
    if not place.view.looks_back:
        return []
    day, month = place.view.day, place.view.month
    when = numbers.day(day) if day else numbers.month(month, words)
    told: list[Component] = [html.Strong(words("map.past", month=when))]
    subject = subject_of(place.view.drawn_measure)
    then = _of(figures.totals, subject)
    latest = None if now is None else _of(now.totals, subject)
    if then is not None and latest is not None:
        moved = numbers.change(change(latest, then))
        told.append(html.Span(words("map.past_now", then=numbers.count(then), now=numbers.count(latest), change=moved)))
    back = dcc.Link(words("map.back_to_now"), href=place.view.but(month_text="", day_text="").address("/"))
    return [html.Div([*told, back], className="ek-poverty-map-past", role="note")]


def _headline(place: Place, figures: Overview, words: Words) -> Component:
    """The measure that is drawn, of the area itself."""
    if figures.hidden:
        return html.P(words("map.hidden", n=figures.footing.threshold), className="ek-poverty-map-note")
    told = _told_of(place, figures, words)
    parts: list[Component] = [
        html.Span(told.value, className="ek-poverty-map-total"),
        html.Span(told.unit, className="ek-poverty-map-unit"),
    ]
    if told.moved:
        parts.append(html.Span(told.moved, className="ek-poverty-map-change"))
    return html.P(parts, className="ek-poverty-map-headline")


def _told_of(place: Place, figures: Overview, words: Words) -> Told:
    measure = place.view.drawn_measure
    subject = subject_of(measure)
    now, before = _of(figures.totals, subject), figures.before(_YEAR)
    moved = "" if before is None else _yearly(now, _of(before, subject), figures, words)
    counted = words.n(f"map.{subject}_households", now or 0)
    match measure.kind:
        case Kind.RATE:
            census = None if place.view.strata_alone else place.area.census_households
            unit = words("map.rate_of", what=words(f"measure.{measure.key}").lower(), n=numbers.count(now))
            return Told(numbers.share(rate(now, census)), unit, moved)
        case Kind.CHANGE:
            then = None if before is None else _of(before, subject)
            unit = f"{words(f'measure.{measure.key}')} · {numbers.count(then)} → {numbers.count(now)}"
            return Told(numbers.change(change(now, then)), unit)
        case Kind.COST:
            unit = f"{words('map.a_month')} · {words('map.cost_exactly', n=numbers.count(now))}"
            return Told(
                numbers.money_short(figures.totals.gap_rm, words=words), unit, _cost_note(figures.totals, words)
            )
        case _:
            return Told(numbers.count(now), counted, moved)


def _of(totals: Totals, subject: str) -> int | None:
    found: int | None = getattr(totals, subject)
    return found


def _course(place: Place, figures: Overview, words: Words) -> list[Component]:
    """How whom the measure counts moved in 24 months."""
    subject = subject_of(place.view.drawn_measure)
    series = figures.series
    if series.empty:
        return []
    counted = _counts(series, subject)
    days = [one.on_day for one in figures.breaks]
    picture = trend_svg(
        list(zip(series["month"], counted, strict=True)),
        words,
        colour=STATUS_COLOURS.get(subject, TOKENS["accent"]),
        breaks=days,
    )
    if not picture:
        return [html.P(words("map.no_course"), className="ek-poverty-map-note")]
    name = words(f"measure.{subject}")
    written = series.assign(value=pd.Series(counted, index=series.index, dtype=object))
    told = charts.describe(written, words, column="value", label=name)
    told = ". ".join([told.removesuffix("."), *break_texts(figures.breaks, words)])
    return [
        html.Figure(
            [
                html.Figcaption(words("map.course", what=name)),
                html.Img(src=data_url(picture), alt=told, className="ek-poverty-map-course"),
            ],
            className="ek-poverty-map-figure",
        )
    ]


def _counts(series: pd.DataFrame, subject: str) -> list[float | None]:
    columns = _STATUSES if subject == "poor" else (subject,)
    rows = series[list(columns)].to_dict("records")
    return [None if any(_missing(value) for value in row.values()) else float(sum(row.values())) for row in rows]


def _missing(value: object) -> bool:
    return value is None or value != value  # noqa: PLR0124 - not a number


def _cards(place: Place, figures: Overview, words: Words) -> Component:
    """The figures that the headline does not tell."""
    area, measure = place.area, place.view.drawn_measure
    census = None if place.view.strata_alone else area.census_households
    told = measure.columns[0] if measure.kind is Kind.COUNT and len(measure.columns) == 1 else ""
    cards = [_status_card(status, figures, words) for status in _STATUSES if status != told]
    if told:
        cards.insert(0, _poor_card(figures, words))
    if census is not None:
        note = words("map.of_census", n=numbers.count(census), year=str(area.census_year))
    else:
        note = words("map.no_census")
    share = numbers.share(rate(figures.totals.poor, census))
    cards.append(figure_card(Figure(words("map.rate"), share, note=note)))
    cards.append(_cost_card(figures.totals, words))
    return figure_cards(cards)


def _cost_note(totals: Totals, words: Words) -> str:
    if totals.gap_month is None:
        return words("map.cost_note")
    if totals.gap_rm is None:
        return words("map.cost_hidden")
    closed = words("map.cost_closed", date=numbers.day(month_end(totals.gap_month)))
    return f"{words('map.cost_note')} {closed}"


def _cost_card(totals: Totals, words: Words) -> Component:
    """What it would cost to lift everyone to the line; of a closed month and rounded for those who see no persons."""
    cost = numbers.money_short(totals.gap_rm, words=words)
    return figure_card(Figure(words("map.cost"), cost, unit=words("map.a_month"), note=_cost_note(totals, words)))


def _poor_card(figures: Overview, words: Words) -> Component:
    poor = numbers.count(figures.totals.poor)
    return figure_card(Figure(words("map.poor_both"), poor, unit=words("map.households")))


def _status_card(status: Any, figures: Overview, words: Words) -> Component:
    now = getattr(figures.totals, status)
    month, year = figures.before(1), figures.before(_YEAR)
    changes = []
    if month is not None:
        changes.append(_monthly(now, getattr(month, status), figures, words))
    if year is not None:
        changes.append(_yearly(now, getattr(year, status), figures, words))
    figure = Figure(
        words(f"map.{status}"), numbers.count(now), unit=words("map.households"), changes=changes, tone=status
    )
    return figure_card(figure)


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
    """A bar for each group, the statuses end to end, the total after them; hidden ones say so in its place."""
    labels = [words(f"strata.{group}" if name == "strata" else f"group.{group}") for group in groups["group"]]
    shown = groups.assign(label=labels)
    rows = shown.to_dict("records")
    largest = max((sum(_known(row)) for row in rows), default=0) or 1
    unit = words("map.unit_persons" if name == "age" else "map.unit_households")
    drawn = html.Div(
        [_bar(row, largest, words) for row in rows],
        className="ek-poverty-map-bars",
        role="img",
        **aria(label=f"{unit}. {charts.describe_groups(shown, words)}"),
    )
    return html.Div([drawn, _key(unit, words)])


def _known(row: Mapping[Any, Any]) -> list[float]:
    return [0.0 if _missing(row[status]) else float(row[status]) for status in _STATUSES]


def _bar(row: Mapping[Any, Any], largest: float, words: Words) -> Component:
    hidden = any(_missing(row[status]) for status in _STATUSES)
    total = words("legend.too_few") if hidden else numbers.count(sum(_known(row)))
    parts = [
        html.Span(className=f"ek-poverty-map-mark-{status}", style={"width": f"{value / largest:.2%}"})
        for status, value in zip(_STATUSES, _known(row), strict=True)
    ]
    return html.Div(
        [
            html.Span(row["label"]),
            html.Span([*([] if hidden else parts), html.Span(total)], className="ek-poverty-map-bar"),
        ]
    )


def _key(unit: str, words: Words) -> Component:
    """What the two colours of the bars mean, and what is counted."""
    marks = [
        html.Span([html.Span(className=f"ek-poverty-map-mark ek-poverty-map-mark-{status}"), words(f"status.{status}")])
        for status in _STATUSES
    ]
    return html.P([*marks, html.Span(unit)], className="ek-poverty-map-key")


def _monthly(now: int | None, then: int | None, figures: Overview, words: Words) -> str:
    moved = difference(now, then)
    return _told(numbers.change_count(moved), moved, _since(figures, 1, words), words)


def _yearly(now: int | None, then: int | None, figures: Overview, words: Words) -> str:
    share = change(now, then)
    return _told(numbers.change(share), share, _since(figures, _YEAR, words), words)


def _since(figures: Overview, months: int, words: Words) -> str:
    return words("map.since", month=numbers.month(month_before(figures.series["month"].iloc[-1], months), words))


def _told(text: str, value: float | None, since: str, words: Words) -> str:
    """A change with its direction as a word too: "▼ 3.1% turun sejak 31/10/2025"."""
    if value is None:
        return words("map.change_unknown", since=since)
    if not value:
        return words("map.change_none", since=since)
    return words("map.change_up" if value > 0 else "map.change_down", change=text, since=since)
