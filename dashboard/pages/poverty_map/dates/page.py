"""The page of the map at two dates: side by side, what changed between them, or twelve months at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard import urlstate
from dashboard.boundary_files import land_url
from dashboard.components.aria import aria
from dashboard.components.forms import ASKS
from dashboard.components.icons import icon
from dashboard.components.listing import Tab, tabs
from dashboard.drilling import paints
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.pages.poverty_map.dates import files, former, ids
from dashboard.pages.poverty_map.dates.bounds import THEN, TODAY
from dashboard.pages.poverty_map.dates.drawing import between_text, dates_sheet, pictures, title_of
from dashboard.pages.poverty_map.dates.reading import read_dates
from dashboard.pages.poverty_map.dates.table import written_rows
from dashboard.pages.poverty_map.dates.view import CHANGE, FILES_ROUTE, MODES, MONTHS, PATH, SHOWN, TWO, DatesView
from dashboard.sent.kinds import View
from layers import numbers
from layers.drawn import svg
from layers.legends import legend
from layers.screen import map_view
from layers.trend import data_url
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.pages.poverty_map.dates.reading import Dates
    from words import Words

_SHEET = (1120.0, 720.0)
_UNITS = ("bilangan", "peratus")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words, view = current_words(), DatesView.parse(query)
    land = land_url(deps_of_request().settings.home)
    one = map_view(ids.ONE, words, land_url=land, label=words("time.map_first"))
    other = map_view(ids.OTHER, words, land_url=land, label=words("time.map_second"))
    return html.Div(
        [
            dcc.Store(id=trail_of(ids.PAGE)),
            dcc.Store(id=ids.ROWS),
            dcc.Store(id=ids.DRAWN),
            urlstate.view_store(ids.VIEW, view),
            html.H1(words("time.page")),
            html.Nav(id=ids.MODES, className="ek-tasks", **aria(label=words("time.modes"))),
            _choices(view, words),
            html.P(id=ids.TITLE, className="ek-dates-title", role="status"),
            html.Div(
                [
                    html.Section([one, html.Div(id=ids.ONE_LEGEND)], className="ek-dates-side"),
                    html.Section([other, html.Div(id=ids.OTHER_LEGEND)], id=ids.OTHER_SIDE, className="ek-dates-side"),
                ],
                id=ids.SIDES,
                className="ek-dates-sides",
                hidden=view.mode == MONTHS,
            ),
            html.Div(id=ids.MANY, className="ek-dates-many"),
            html.P(id=ids.NOTE, className="ek-footnote"),
            html.Div(id=ids.FILES, className="ek-dates-files"),
            html.Div(
                html.Table(id=ids.TABLE, className="ek-table ek-dates-table"),
                className="ek-dates-box",
                role="region",
                tabIndex=0,
                **aria(label=words("time.figures")),
            ),
        ],
        className="ek-page ek-dates",
    )


def _choices(view: DatesView, words: Words) -> Component:
    measures = [{"value": key, "label": words(f"measure.{key}")} for key in SHOWN]
    levels = [{"value": view.level, "label": words(f"level.{view.level}")}]
    fields: tuple[tuple[str, str, list[dict[str, str]], str | None], ...] = (
        (ids.MEASURE, "map.measure", measures, view.drawn_measure.key),
        (ids.LEVEL, "map.level", levels, view.level),
        (ids.FIRST, "time.first", [], None),
        (ids.SECOND, "time.second", [], None),
    )
    return html.Div(
        [
            dmc.Select(id=name, label=words(label), data=data, value=value, allowDeselect=False, size="sm")
            for name, label, data, value in fields
        ],
        className="ek-dates-choices",
        role="group",
        **ASKS,
        **aria(label=words("map.choose")),
    )


def _follow(app: Dash) -> None:
    """What the browser does by itself: draw, fill the table, and say what was chosen."""
    urlstate.follow(app, ids.VIEW)
    for one in (ids.ONE, ids.OTHER):
        paints(app, one)
    app.clientside_callback(
        ClientsideFunction("ekasih_dates", "table"), Output(ids.DRAWN, "data"), Input(ids.ROWS, "data")
    )
    app.clientside_callback(
        ClientsideFunction("ekasih_dates", "choose"),
        Output(ids.VIEW, "data"),
        *(Input(name, "value") for name in (ids.MEASURE, ids.LEVEL, ids.FIRST, ids.SECOND)),
        Input(ids.ONE.picked, "data"),
        Input(ids.OTHER.picked, "data"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks and the route of its files onto ``app``."""
    files.register(app.server, deps)
    former.register(app.server, deps)
    _follow(app)

    @app.callback(
        Output(ids.ONE.picture, "data"),
        Output(ids.OTHER.picture, "data"),
        Output(ids.ONE_LEGEND, "children"),
        Output(ids.OTHER_LEGEND, "children"),
        Output(ids.SIDES, "hidden"),
        Output(ids.OTHER_SIDE, "hidden"),
        Output(ids.MANY, "children"),
        Output(ids.ROWS, "data"),
        Output(ids.TITLE, "children"),
        Output(ids.MODES, "children"),
        Output(ids.FILES, "children"),
        Output(ids.NOTE, "children"),
        Output(ids.LEVEL, "data"),
        Output(ids.LEVEL, "value"),
        Output(ids.FIRST, "data"),
        Output(ids.FIRST, "value"),
        Output(ids.SECOND, "data"),
        Output(ids.SECOND, "value"),
        Output(trail_of(ids.PAGE), "data"),
        Input(ids.VIEW, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(asked: View) -> tuple[object, ...]:
        words, view = current_words(), DatesView.parse(asked)
        with deps.reading() as conn:
            found = read_dates(conn, view, deps.person(), words)
        one, other = pictures(found, deps.settings.home, words)
        return (
            one,
            other,
            *_legends(found, words),
            view.mode == MONTHS,
            view.mode != TWO,
            _many(found, deps, words),
            _rows(found, words),
            f"{title_of(found, words)} · {_said(found, words)}",
            _modes(found, words),
            _files(view, words),
            _note(found, words),
            *_chosen(found, words),
            _trail(found, words),
        )


def _legends(found: Dates, words: Words) -> list[Any]:
    if found.view.mode == MONTHS:
        return [None, None]
    captions = [between_text(found, words)] if found.view.mode == CHANGE else [one.named for one in found.moments]
    made = [
        [html.H2(caption, className="ek-dates-caption"), legend(layer, words, when=caption)]
        for caption, layer in zip(captions, found.layers, strict=True)
    ]
    return [*made, None][:2]


def _many(found: Dates, deps: Deps, words: Words) -> Component | None:
    """Twelve small maps as one picture, which the table tells in words."""
    if found.view.mode != MONTHS:
        return None
    drawn = svg(dates_sheet(found, deps.settings.home, words, size=_SHEET))
    return html.Img(src=data_url(drawn), alt=words("time.many_alt", title=title_of(found, words)))


def _rows(found: Dates, words: Words) -> dict[str, Any]:
    head, rows = written_rows(found, words)
    return {"caption": f"{title_of(found, words)}. {_said(found, words)}", "head": head, "rows": rows}


def _said(found: Dates, words: Words) -> str:
    """What is shown, in a sentence."""
    measure = words(f"measure.{found.layers[-1].measure.key}")
    if found.view.mode == MONTHS:
        return words("time.said_months", measure=measure, n=str(len(found.moments)))
    return f"{measure}, {between_text(found, words)}"


def _note(found: Dates, words: Words) -> str:
    """What the figures are, and, where areas were remade since, which of them are exact and which are shared out."""
    if found.former is None:
        return words("time.note")
    areas = len(found.moments[0].areas)
    names = dict(zip(found.moments[-1].layer.codes, found.moments[-1].layer.names, strict=True))
    made = ", ".join(sorted(names.get(code, code) for code in found.former.made))
    said = words(
        f"time.remade_{found.view.bounds}",
        source=found.former.source,
        areas=made,
        exact=numbers.count(areas - len(found.former.made)),
    )
    return f"{said} {words('time.note')}"


def _modes(found: Dates, words: Words) -> Component:
    view = found.view
    offered = [(words(f"time.mode_{mode}"), view.but(mode=mode), mode == view.mode) for mode in MODES]
    if view.mode == CHANGE:
        offered += [(words(f"time.unit_{unit}"), view.but(unit=unit), unit == view.unit) for unit in _UNITS]
    if found.former is not None:
        offered += [
            (words(f"time.bounds_{name}"), view.but(bounds=name), name == view.bounds) for name in (TODAY, THEN)
        ]
    return tabs([Tab(label, there.address(PATH), here) for label, there, here in offered])


def _files(view: DatesView, words: Words) -> list[Component]:
    links: list[Component] = [icon("download")]
    for kind in files.KINDS:
        href = f"{FILES_ROUTE}?{urlencode({**view.query(), 'as': kind})}"
        links.append(html.A(words(f"map.file_{kind}"), href=href, download=""))
    return links


def _chosen(found: Dates, words: Words) -> tuple[object, ...]:
    """What the choices offer, and what is chosen."""
    view = found.place.view
    months = [{"value": f"{month:%Y-%m}", "label": numbers.month(month, words)} for month in reversed(found.months)]
    levels = [{"value": level, "label": words(f"level.{level}")} for level in view.levels]
    first, second = found.view.moments(found.months)
    now = {"value": "now", "label": words("map.now")}
    return (
        levels,
        view.level,
        months,
        f"{first:%Y-%m}" if first else None,
        [now, *months],
        f"{second:%Y-%m}" if second else "now",
    )


def _trail(found: Dates, words: Words) -> list[dict[str, str]]:
    """Where one is: the map, then each area above, at the same dates."""
    steps = [{"label": words("nav.map"), "href": "/"}]
    for area in found.place.lineage:
        label = words("map.country") if area.code == found.place.lineage[0].code else area.name
        steps.append({"label": label, "href": found.view.but(area=area.code, asked_level="").address(PATH)})
    return steps
