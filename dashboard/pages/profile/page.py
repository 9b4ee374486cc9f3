"""The profile of an area on screen: numbers, map, course, who they are, aid, indicators, projects, notes."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html
from flask import request

from dashboard import boundary_pictures, drawn_files
from dashboard.areas import COUNTRY, LEVELS_IN, own_area
from dashboard.components.badges import light_badge
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.feedback import empty, skeleton
from dashboard.components.figures_line import footnote_line
from dashboard.components.tables import facts, ruled
from dashboard.frame_ids import trail_of
from dashboard.guards import person, requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.profile import ids, notes
from dashboard.profile.charts import chart_tools, trend_figure
from dashboard.profile.paper import profile_sheet
from dashboard.profile.reading import asked_of, named, read_layer, read_profile, source_of
from dashboard.profile.tables import aid_lines, count_text, indicator_lines, number_lines, project_lines, who_lines
from dashboard.sent.kinds import Code
from layers.drawn import Sheet, svg
from layers.footnote import footnote
from layers.palettes import STATUS_COLOURS
from layers.sheet import map_part
from layers.trend import data_url
from registry.errors import NotFound
from registry.principals import Permission

if TYPE_CHECKING:
    from pathlib import Path

    from dash.development.base_component import Component
    from flask import Flask, Response

    from dashboard.deps import Deps
    from dashboard.profile.reading import Profile
    from layers.choropleth import ChoroplethLayer
    from words import Words

PATH: Final = "/kawasan"
NAMED: Final = f"{PATH}/<kawasan>"
TITLE: Final = "nav.profile"
ROUTE: Final = "/muat-turun/kawasan"
_MAP: Final = (520.0, 340.0)
_LEGEND: Final = 40.0


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("profile"), data=[{"label": words("nav.profile")}]),
            dcc.Store(id=ids.AREA, data=str(query.get("kawasan") or query.get("in") or own_area(person()))[:40]),
            dcc.Store(id=ids.DONE),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            html.Div(skeleton(words("profile.loading"), lines=6, block=True), id=ids.BODY, className="ek-spaced"),
            html.Div(id=ids.MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(id=ids.NOTES, className="ek-spaced"),
        ],
        className="ek-page ek-spaced ek-profile",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    _register_file(app.server, deps)
    notes.register(app, deps)

    @app.callback(Output(ids.BODY, "children"), Output(trail_of("profile"), "data"), Input(ids.AREA, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(area: Code) -> tuple[list[Component], list[dict[str, str]]]:
        words = current_words()
        with deps.reading() as conn:
            profile = read_profile(conn, area, deps.person())
            if profile is None or profile.footing.empty:
                known = "none" if profile else "no_area"
                return [empty(words(f"profile.{known}"), words(f"profile.{known}_hint"))], []
            layer = read_layer(conn, profile, words)
        return body(profile, layer, deps.settings.home, words), trail(profile, words)


def register_nothing(_app: Dash, _deps: Deps) -> None:
    """Wire nothing: the callbacks are the same at both addresses."""


def _register_file(server: Flask, deps: Deps) -> None:
    @server.get(ROUTE)
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def profile_file() -> Response:
        words, asked = current_words(), request.args.to_dict()
        with deps.reading() as conn:
            profile = read_profile(conn, asked.get("in", "")[:40], deps.person())
            if profile is None or profile.footing.empty:
                raise NotFound
            layer = read_layer(conn, profile, words)
        title = words("profile.title", area=named(profile, words))
        drawn = profile_sheet(profile, layer, deps.settings.home, words, title=title)
        deps.note_read("export", subject="profile", facts={"within": profile.area.code, "level": profile.area.level})
        return drawn_files.drawn_file(
            drawn, asked.get("as", ""), words, title=title, name=f"ekasih-profil-{profile.area.name}"
        )


def trail(profile: Profile, words: Words) -> list[dict[str, str]]:
    """Where one is: each area above leads to its profile."""
    steps = [
        {"label": words("map.country") if area.code == COUNTRY else area.name, "href": f"{PATH}/{area.code}"}
        for area in profile.lineage
    ]
    steps[-1].pop("href")
    return [{"label": words("nav.profile"), "href": PATH}, *steps]


def body(profile: Profile, layer: ChoroplethLayer, home: Path, words: Words) -> list[Component]:
    """The whole profile but its notes."""
    code = profile.area.code
    links = [
        drawn_files.file_links(ROUTE, {"in": code}, words),
        dcc.Link(words("profile.compare"), href=f"/banding?in={code}", className="ek-button"),
        dcc.Link(words("nav.pivot"), href=f"/jadual-silang?in={code[:4]}", className="ek-button"),
    ]
    head = html.Header(
        [
            html.P(words(f"level.{profile.area.level}"), className="ek-poverty-map-eyebrow"),
            html.H1(words("profile.title", area=named(profile, words))),
            html.Div(links, className="ek-actions ek-profile-links"),
        ]
    )
    cards = figure_cards([figure_card(Figure(name, value)) for name, value in number_lines(profile, words)])
    return [
        head,
        html.H2(words("profile.numbers"), className="ek-sr"),
        cards,
        html.Div([*_map(profile, layer, home, words), _trends(profile, words)], className="ek-profile-two"),
        html.Div([_who(profile, words), _rest(profile, words)], className="ek-profile-two"),
        footnote_line(footnote(source_of(profile, words), words)),
    ]


def _part(title: str, *inside: Component) -> Component:
    part: Component = html.Section([html.H2(title), *inside], className="ek-panel ek-profile-part")
    return part


def _map(profile: Profile, layer: ChoroplethLayer, home: Path, words: Words) -> list[Component]:
    asked = asked_of(profile.area)
    shapes = boundary_pictures.inside_shapes(home, level=asked.level, within=asked.within)
    if shapes is None:
        return []
    width, height = _MAP
    frame = (1.0, 1.0, width - 1.0, height - _LEGEND)
    part = map_part(layer, shapes, words, frame, footed=False)
    drawn = svg(Sheet(width, height, frame, part.map, part.names, part.legend, part.texts))
    title = words("profile.map", level=words(f"level.{LEVELS_IN[profile.area.level][0]}"))
    rows = [[code, name, written] for code, name, written in zip(layer.codes, layer.names, layer.written, strict=True)]
    head = [words("profile.code"), words("kpi.area"), words("measure.poor")]
    tools = chart_tools(drawn, head, rows, words, name=f"ekasih-peta-{profile.area.code}", title=title)
    said = words("board.map_said", name=words("measure.poor"), area=named(profile, words))
    return [_part(title, html.Img(src=data_url(drawn), alt=said, className="ek-profile-chart"), tools)]


def _trends(profile: Profile, words: Words) -> Component:
    days = [one.on_day for one in profile.figures.breaks]
    figures = [
        trend_figure(
            profile.course(status), words, title=words(f"measure.{status}"), colour=STATUS_COLOURS[status],
            name=f"ekasih-{status}-{profile.area.code}", breaks=days,
        )
        for status in ("tegar", "miskin")
    ]  # fmt: skip
    return _part(words("profile.trend"), *figures)


def _who(profile: Profile, words: Words) -> Component:
    found = who_lines(profile, words)
    if not found:
        return _part(words("profile.who"), html.P(words("map.no_breakdown")))
    head = [words("profile.group"), words("measure.tegar"), words("measure.miskin")]
    parts: list[Component] = []
    for name, values in found.items():
        rows = [[label, count_text(tegar, words), count_text(miskin, words)] for label, tegar, miskin in values]
        parts += [html.H3(name), ruled(head, rows, label=name, named=True)]
    return _part(words("profile.who"), *parts)


def _rest(profile: Profile, words: Words) -> Component:
    """Indicators with their lights, aid, projects."""
    parts: list[Component] = []
    lines = indicator_lines(profile, words)
    if lines:
        head = [words("profile.indicator"), words("board.value"), words("profile.target"), words("profile.light")]
        rows: list[list[Any]] = [
            [name, value, target, light_badge(item.light, words) if item.light else ""]
            for (name, value, target, _), item in zip(lines, profile.measured, strict=True)
        ]
        title = words("profile.indicators")
        parts += [html.H2(title), ruled(head, rows, label=title, named=True)]
    for title, pairs in (
        (words("profile.aid"), aid_lines(profile, words)),
        (words("profile.projects"), project_lines(profile, words)),
    ):
        if pairs:
            parts += [html.H2(title), facts(pairs)]
    return html.Section(parts, className="ek-panel ek-profile-part")
