"""Puts a second area beside the one that is looked at: the same figures, and their courses on one axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from dash import html

from dashboard.areas import COUNTRY
from dashboard.components.aria import aria
from dashboard.pages.poverty_map.reading import read_figures, read_place
from dashboard.pages.poverty_map.table import subject_of
from layers import charts, numbers
from layers.palettes import STATUS_COLOURS, TOKENS
from layers.trend import data_url, trend_svg
from poverty.rates import change, rate

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.pages.poverty_map.reading import Place
    from queries.overview import Overview
    from registry.principals import Principal
    from words import Words

_YEAR = 12
_COUNTS = ("poor", "tegar", "miskin")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two areas: where it is, and what may be told of it."""

    place: Place
    figures: Overview

    def named(self, words: Words) -> str:
        """What it is called."""
        return words("map.country") if self.place.area.code == COUNTRY else self.place.area.name


def read_other(conn: Any, place: Place, principal: Principal, words: Words) -> Side | None:
    """The second area of a view as the person asking may see it; none where there is none, or it is the first."""
    view = place.view
    if not place.known or view.other in {"", view.area}:
        return None
    other = read_place(conn, view.but(area=view.other, asked_level="", other=""), principal, words)
    return Side(other, read_figures(conn, other)) if other.known else None


def comparison(one: Side, other: Side, words: Words) -> Component:
    """Both areas in two columns, their courses below each other, and of when the figures of each are."""
    attributes: dict[str, Any] = {"data-ek-compare": ""}
    title = words("map.compare_title", one=one.named(words), other=other.named(words))
    dates = " · ".join(
        words("map.compare_as_of", area=side.named(words), date=numbers.day(side.place.source.as_of))
        for side in (one, other)
    )
    return html.Section(
        [
            html.H3(title),
            _table(one, other, words),
            *_courses(one, other, words),
            html.P(dates, className="ek-poverty-map-note"),
            html.Button(words("map.compare_end"), type="button", className="ek-button", **attributes),
        ],
        className="ek-poverty-map-compared",
        **aria(label=title),
    )


def _table(one: Side, other: Side, words: Words) -> Component:
    head = html.Tr([html.Td(), *(html.Th(side.named(words), scope="col") for side in (one, other))])
    told = zip(_told(one, words), _told(other, words), strict=True)
    rows = [
        html.Tr(
            [html.Th(label, scope="row"), html.Td(first, className="ek-number"), html.Td(second, className="ek-number")]
        )
        for (label, first), (_, second) in told
    ]
    return html.Table([html.Thead(head), html.Tbody(rows)], className="ek-table")


def _told(side: Side, words: Words) -> list[tuple[str, str]]:
    """The figures of an area with what they are called, in the order of the rows."""
    figures, area = side.figures, side.place.area
    totals, before = figures.totals, figures.before(_YEAR)
    census = None if side.place.view.strata_alone else area.census_households
    year = None if before is None else change(totals.poor, before.poor)
    hidden = words("map.few")
    counts = [
        (words(f"measure.{name}"), hidden if figures.hidden else numbers.count(getattr(totals, name)))
        for name in _COUNTS
    ]
    return [
        *counts,
        (words("measure.poor_rate"), hidden if figures.hidden else numbers.share(rate(totals.poor, census))),
        (words("measure.poor_change"), hidden if figures.hidden else numbers.change(year)),
        (words("map.cost"), hidden if figures.hidden else numbers.money_short(totals.gap_rm, words=words)),
    ]


def _courses(one: Side, other: Side, words: Words) -> list[Component]:
    subject = subject_of(one.place.view.drawn_measure)
    courses = [(side, _course(side, subject)) for side in (one, other) if not side.figures.hidden]
    highest = max((value for _, course in courses for value in course if value is not None), default=0.0)
    name = words(f"measure.{subject}")
    found: list[Component] = []
    for side, course in courses:
        series = side.figures.series
        picture = trend_svg(
            list(zip(series["month"], course, strict=True)) if len(series) else [],
            words,
            colour=STATUS_COLOURS.get(subject, TOKENS["accent"]),
            breaks=[one.on_day for one in side.figures.breaks],
            highest=highest,
        )
        if picture:
            written = series.assign(value=pd.Series(course, index=series.index, dtype=object))
            told = charts.describe(written, words, column="value", label=f"{side.named(words)}: {name}")
            caption = html.Figcaption(f"{side.named(words)}: {words('map.course', what=name)}")
            image = html.Img(src=data_url(picture), alt=told, className="ek-poverty-map-course")
            found.append(html.Figure([caption, image], className="ek-poverty-map-figure"))
    return found


def _course(side: Side, subject: str) -> list[float | None]:
    columns = ["tegar", "miskin"] if subject == "poor" else [subject]
    rows = side.figures.series[columns].to_dict("records")
    return [None if any(pd.isna(value) for value in row.values()) else float(sum(row.values())) for row in rows]
