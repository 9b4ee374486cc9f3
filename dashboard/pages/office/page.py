"""The board of an office on screen: money, need, work, and each mukim's need against what was done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.cards import figure_card, figure_cards
from dashboard.components.feedback import empty, skeleton
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP, exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.office import ids
from dashboard.pages.office.board import OfficeView, read_board
from dashboard.pages.office.files import file_links, register_files
from dashboard.pages.office.lists import ListView, list_address
from dashboard.pages.office.works import on_map, works_part
from dashboard.sent.kinds import View
from layers import numbers
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.pages.office.board import OfficeBoard
    from queries.row_types.offices import MyOfficeRow, OfficeMukimRow
    from words import Words

PATH: Final = "/pejabat"
def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("office"), data=[{"label": words("nav.office")}]),
            urlstate.view_store(ids.VIEW, OfficeView.parse(query)),
            html.H1(words("nav.office")),
            html.Div(skeleton(words("office.loading"), lines=6, block=True), id=ids.BODY, className="ek-office"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    register_files(app.server, deps)

    @app.callback(Output(ids.BODY, "children"), Input(ids.VIEW, "data"))
    @requires(Permission.CHECK_AID)
    def show(view: View) -> object:
        words, state = current_words(), OfficeView.parse(view)
        with deps.reading() as conn:
            board = read_board(conn, state)
        return empty(words("office.none"), words("office.none_hint")) if board is None else _board(board, words)


def _board(board: OfficeBoard, words: Words) -> list[Component]:
    office, year = board.office, board.year
    parts: list[Component] = [
        html.H2(board.title(words)),
        html.Nav(_ways(board.own, office, year, words), className="ek-actions", **aria(label=words("office.choose"))),
        file_links(board, words),
    ]
    if board.votes["programmes"]:
        parts += [html.H2(words("office.money")), _money(board, words)]
    for title, figures in board.figures(words):
        cards = [figure_card(figure, action=_to(way, words)) for figure, way in figures]
        parts += [html.H2(words(f"office.{title}")), figure_cards(cards)]
    if board.works:
        parts += [html.H2(words("office.work_projects")), *works_part(board.works, office, year, words)]
    if board.mukims:
        parts += [html.H2(words("office.by_mukim")), _mukims(board.mukims, office, year, words)]
    parts.append(html.P(words("office.how"), className="ek-footnote"))
    return parts


def _ways(own: Sequence[MyOfficeRow], office: str, year: int, words: Words) -> list[Component]:
    this = datetime.now(numbers.MALAYSIA).year
    asked = [(str(one), OfficeView(office=office, year=one), one == year) for one in (this, this - 1, this - 2)]
    if len(own) > 1:
        asked += [(one["code"], OfficeView(office=one["code"], year=year), one["code"] == office) for one in own]
    links: list[Component] = []
    for label, view, here in asked:
        marked: Any = aria(current="true") if here else {}
        look = "ek-button ek-button-main" if here else "ek-button"
        links.append(html.A(label, href=view.address(PATH), className=look, **STEP, **marked))
    if may(Permission.READ_PROJECTS):
        links.append(dcc.Link(words("nav.projects_map"), href=on_map(office), className="ek-button"))
    if may(Permission.READ_LEDGER):
        links.append(dcc.Link(words("nav.vote_book"), href=f"/buku-vot?tahun={year}", className="ek-button"))
    return links


def _money(board: OfficeBoard, words: Words) -> Component:
    """The vote book over the office's programmes, which leads to it."""
    told, to_book = board.money(words), _to(f"/buku-vot?tahun={board.year}", words)
    return html.Div(
        [
            html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in told]),
            html.P([f"{board.money_note(words)} ", to_book], className="ek-footnote"),
        ],
        className="ek-office-money",
    )


def _to(address: str, words: Words) -> Component:
    return dcc.Link(words("office.to_list"), href=address)


def _mukims(rows: Sequence[OfficeMukimRow], office: str, year: int, words: Words) -> Component:
    head = [words(f"office.{name}") for name in ("mukim", "poor", "tegar", "aided", "not_aided", "share")]
    drawn: list[list[Any]] = []
    for row in rows:
        share = row["aided"] / row["poor"] if row["poor"] else 0
        view = ListView("belum_dibantu", office, year, row["mukim_code"] or "")
        gap: Any = numbers.count(row["poor"] - row["aided"])
        if row["mukim_code"]:
            gap = dcc.Link(gap, href=list_address(view))
        drawn.append(
            [
                row["mukim_name"] or words("office.no_mukim", district=row["district_name"]),
                numbers.count(row["poor"]),
                numbers.count(row["tegar"]),
                numbers.count(row["aided"]),
                gap,
                exactly(numbers.share(share), round(share * 10_000)),
            ]
        )
    return sortable(head, drawn, words, name="office-mukims", label=words("office.by_mukim"))
