"""Draws what all views have in common: the ways between them, the legend, what is said beside them, the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import dcc, html

from dashboard.areas import COUNTRY
from dashboard.components.feedback import empty
from dashboard.components.figures_line import figures_line
from dashboard.components.listing import Tab, tabs
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP
from dashboard.drilled_files import map_links
from dashboard.pages.areas_compared.view import (
    DOSM,
    MAP_ROUTE,
    PATH,
    POCKETS,
    RATES,
    REGISTER,
    VIEWS,
    ComparedView,
    Shown,
)
from layers.choropleth import LegendKind
from layers.legends import legend

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from words import Words


def views(state: ComparedView, words: Words) -> Component:
    """Links to the four views; the open one is marked."""
    return tabs(
        [
            Tab(words(f"compared.view_{view}"), state.but(view=view).address(PATH), here=view == state.view)
            for view in VIEWS
        ]
    )


def choices(state: ComparedView, found: Shown, words: Words) -> list[Component]:
    """What the view is and of where, and what else it can be drawn by."""
    area = found.lineage[-1]
    place = words("map.country") if area.code == COUNTRY else area.name
    offered: list[Tab] = []
    if state.view in {RATES, POCKETS}:
        offered += [
            Tab(words(f"compared.by_{source}"), state.but(source=source).address(PATH), here=source == state.source)
            for source in (REGISTER, DOSM)
        ]
    if state.view == RATES:
        offered += [
            Tab(words(f"measure.compared_{drawn}"), state.but(drawn=drawn).address(PATH), here=drawn == state.drawn)
            for drawn in ("licin", "mentah")
        ]
    if state.view == POCKETS:
        offered += [
            Tab(words(f"compared.by_{test}"), state.but(test=test).address(PATH), here=test == state.test)
            for test in ("lisa", "gi")
        ]
    ways: list[Any] = [html.Div(tabs(offered), className="ek-tasks")] if offered else []
    actions: list[Any] = [dcc.Link(words("compared.to_map"), href=_map_of(area.code, state), className="ek-button")]
    if area.code != COUNTRY:
        whole = html.A(
            words("compared.whole_country"), href=state.but(area=COUNTRY).address(PATH), className="ek-button", **STEP
        )
        actions.append(whole)
    ways.append(html.Div(actions, className="ek-actions"))
    if not found.refused:
        ways.append(map_links(MAP_ROUTE, state.query(), words))
    return [html.H2(f"{found.title}: {place}"), html.P(found.lead), *ways]


def _map_of(area: str, state: ComparedView) -> str:
    """The first map, of the same area and the level that it was left at."""
    asked = {"in": area, "level": state.level}
    return f"/?{urlencode({name: value for name, value in asked.items() if value})}"


def legend_of(found: Shown, words: Words) -> Component | None:
    """The legend over the map; where areas are hatched, with what that means."""
    if found.refused:
        return None
    swatch = html.Span(className=f"ek-legend-swatch ek-legend-{LegendKind.TOO_FEW}")
    hatched = [html.Ul(html.Li([swatch, html.Span(words("legend.unsure"), className="ek-legend-range")]))]
    return legend(found.layer, words, over_map=True, more=hatched if any(found.layer.unsure) else ())


def notes(found: Shown, words: Words) -> list[Component]:
    """What is to be known of the figures: what they say and what they do not; or why there are none."""
    if found.refused:
        return [empty(*found.refused)]
    return [html.H2(words("compared.reading")), html.Ul([html.Li(note) for note in found.notes])]


def table(state: ComparedView, found: Shown, words: Words) -> list[Component]:
    """The same areas as a list, which says by keyboard what the map shows."""
    if found.refused:
        return []
    title = words("quality.by_area", level=words(f"level.{found.level}"))
    if not found.table.rows:
        return [html.H2(title), empty(words("compared.nothing"), words("compared.nothing_hint"))]
    small = [html.P(words("compared.small_mark"), className="ek-footnote")] if found.small else []
    rows = [
        [_way_in(state, found, str(cells[0]), row[0]), *row[1:]]
        for row, cells in zip(found.table.rows, found.table.cells, strict=True)
    ]
    listed = sortable(found.table.head, rows, words, name=f"compared-{state.view}", label=title)
    return [html.H2(title), *small, listed, figures_line(found.layer.source, words)]


def _way_in(state: ComparedView, found: Shown, code: str, name: str) -> Component | str:
    """An area by its name, which leads where a click on the map does; there is nothing to see inside a mukim."""
    if found.level != "district":
        return name
    link: Component = html.A(name, href=state.but(area=code).address(PATH), **STEP)
    return link
