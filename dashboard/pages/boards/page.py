"""A board on screen: one page without scrolling, drawn anew by each link in it, and whole in its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.figures_line import footnote_line
from dashboard.components.tables import STEP
from dashboard.frame_ids import trail_of
from dashboard.guards import person, requires
from dashboard.i18n import current_words
from dashboard.indicator_words import name_of
from dashboard.pages.boards import ids
from dashboard.pages.boards.changes import change_texts
from dashboard.pages.boards.drawing import map_sheet, source_of
from dashboard.pages.boards.files import file_links, register_files
from dashboard.pages.boards.parts import beside_table, courses, lights_table, numbers_row, ranking_table
from dashboard.pages.boards.reading import BoardFigures, read_board
from dashboard.pages.boards.texts import area_called, title_of
from dashboard.pages.boards.view import BOARDS, BY_LEVEL, PATH, BoardView, board_of
from dashboard.sent.kinds import Text, View
from layers import numbers
from layers.drawn import svg
from layers.footnote import footnote
from layers.trend import data_url
from poverty.months import month_before
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.pages.boards.reading import NoFigures
    from queries.maps import Area
    from words import Words

NAMED: str = f"{PATH}/<papan>"
_MAP: tuple[float, float] = (520.0, 340.0)


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    board = board_of(str(query.get("papan", "")), person())
    return html.Div(
        [
            dcc.Store(id=trail_of("boards")),
            dcc.Store(id=ids.NAME, data=board.name),
            urlstate.view_store(ids.VIEW, BoardView.parse(query)),
            html.Div(skeleton(words("board.loading"), lines=6, block=True), id=ids.BODY, className="ek-board"),
        ],
        className="ek-page ek-board-page",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    register_files(app.server, deps)

    @app.callback(
        Output(ids.BODY, "children"),
        Output(trail_of("boards"), "data"),
        Input(ids.VIEW, "data"),
        State(ids.NAME, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(view: View, name: Text) -> tuple[list[Component], list[dict[str, str]]]:
        words, principal = current_words(), deps.person()
        home = deps.settings.home
        with deps.reading() as conn:
            found = read_board(conn, board_of(name, principal), BoardView.parse(view), principal, home=home)
        if not isinstance(found, BoardFigures):
            return without_figures(found, words), trail(found.lineage, words)
        return body(found, home, words), trail(found.lineage, words)


def register_nothing(_app: Dash, _deps: Deps) -> None:
    """Wire nothing: the callbacks of the boards are the same at each of their addresses."""


def trail(lineage: Sequence[Area], words: Words) -> list[dict[str, str]]:
    """Where one is: each area above leads to its board."""
    steps = [
        {"label": area_called(area, words), "href": f"{BY_LEVEL[area.level].path}?in={area.code}"}
        for area in lineage
        if area.level in BY_LEVEL
    ]
    steps[-1].pop("href")
    return [{"label": words("nav.boards"), "href": PATH}, *steps]


def without_figures(found: NoFigures, words: Words) -> list[Component]:
    """What stands in place of a board that has no figures."""
    name = "no_month" if found.known else "no_area"
    return [empty(words(f"board.{name}"), words(f"board.{name}_hint"))]


def body(figures: BoardFigures, home: Path, words: Words) -> list[Component]:
    """The whole board."""
    name = name_of(figures.chosen, words)
    middle = {
        "map": _part("map", words("board.map", name=name), _map(figures, home, words)),
        "lights": _part("lights", words("board.lights"), [lights_table(figures, words)]),
        "ranks": _part("ranks", words("board.ranks", name=name), ranking_table(figures, words)),
        "changes": _part("changes", words("board.changes", since=_month_before(figures, words)),
                         _changes(figures, words)),
    }  # fmt: skip
    if figures.beside:
        middle["beside"] = _part("beside", words("board.beside"), beside_table(figures, words))
    order = {
        "country": ("map", "ranks", "changes"),
        "state": ("map", "lights", "ranks", "changes"),
        "district": ("map", "lights", "beside", "ranks", "changes"),
    }[figures.board.level]
    return [
        _head(figures, words),
        numbers_row(figures, words),
        html.Div([middle[part] for part in order], className=f"ek-board-middle ek-board-middle-{figures.board.name}"),
        *([] if figures.beside else [_part("courses", words("board.courses", name=name), [courses(figures, words)])]),
        footnote_line(footnote(source_of(figures, words), words)),
    ]


def _part(name: str, title: str, inside: Sequence[Component]) -> Component:
    heading = f"boards-{name}-title"
    return html.Section(
        [html.H2(title, id=heading), *inside],
        className=f"ek-panel ek-board-part ek-board-{name}",
        **aria(labelledby=heading),
    )


def _head(figures: BoardFigures, words: Words) -> Component:
    return html.Header(
        [
            html.H1(title_of(figures, words)),
            _boards(figures, words),
            _months(figures, words),
            file_links(figures, words),
        ],
        className="ek-board-head",
    )


def _boards(figures: BoardFigures, words: Words) -> Component:
    links = [
        html.A(
            words(f"board.name_{board.name}"),
            href=board.path,
            **STEP,
            **aria(current="true" if board == figures.board else None),
        )
        for board in BOARDS.values()
    ]
    return html.Nav(html.Ul([html.Li(link) for link in links]), className="ek-board-choice",
                    **aria(label=words("nav.boards")))  # fmt: skip


def _months(figures: BoardFigures, words: Words) -> Component:
    """The month that is looked at, with the one before and the one after it."""
    first, last = figures.footing.first_month, figures.footing.last_month
    parts: list[Any] = []
    for step, sign in ((1, "◂"), (-1, "▸")):
        month = month_before(figures.month, step)
        there = first is not None and last is not None and first <= month <= last
        named = numbers.month(month, words)
        view = figures.view.but(month_text=f"{month:%Y-%m}" if month != last else "")
        link = html.A(sign, href=view.address(figures.board.path), title=named, **STEP, **aria(label=named))
        parts.append(link if there else html.Span(sign, className="ek-board-no-month", **aria(hidden=True)))
    parts.insert(1, html.Strong(numbers.month(figures.month, words)))
    return html.Div(parts, className="ek-board-months", role="group", **aria(label=words("board.month")))


def _map(figures: BoardFigures, home: Path, words: Words) -> list[Component]:
    drawn = map_sheet(figures, home, words, size=_MAP)
    if drawn is None:
        return [html.P(words("board.no_map"), className="ek-board-note")]
    said = words("board.map_said", name=name_of(figures.chosen, words), area=area_called(figures.area, words))
    return [html.Img(src=data_url(svg(drawn)), alt=said, className="ek-board-picture")]


def _changes(figures: BoardFigures, words: Words) -> list[Component]:
    told = change_texts(figures, words)
    if not told:
        return [html.P(words("board.nothing_changed"), className="ek-board-note")]
    return [html.Ul([html.Li(one) for one in told], className="ek-board-told")]


def _month_before(figures: BoardFigures, words: Words) -> str:
    return numbers.month(month_before(figures.month, 1), words)
