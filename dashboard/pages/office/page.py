"""The board of an office on screen: money, need, work, and each mukim's need against what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.feedback import empty, skeleton
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP, exactly, ruled
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.office import ids
from dashboard.pages.office.lists import ListView, list_address
from dashboard.pages.office.works import on_map, works_of, works_part
from dashboard.sent.kinds import View
from dashboard.urlstate import UrlState, code, whole
from layers import numbers
from queries import offices
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from queries.row_types.offices import MyOfficeRow, OfficeFigureRow, OfficeMukimRow, OfficeVoteRow
    from words import Words

PATH: Final = "/pejabat"
_MONEY: Final = ("peruntukan", "agihan", "tanggungan", "belanja", "baki")
_NEED: Final = ("miskin", "tegar", "titik", "dibantu", "keluar")
_WORK: Final = ("keputusan", "rujukan_kepada", "rujukan_daripada", "pemutihan")
_LISTS: Final = {
    "miskin": "miskin", "tegar": "tegar", "titik": "titik", "dibantu": "dibantu", "keluar": "keluar",
    "keputusan": "keputusan", "rujukan_kepada": "kepada", "rujukan_daripada": "daripada",
}  # fmt: skip
"""The list behind each figure."""
_COUNTS: Final = frozenset({"miskin", "tegar"})
"""Figures that are a number of households and no share."""


@dataclass(frozen=True)
class OfficeView(UrlState):
    """Which of the own offices, in which year."""

    office: str = code("", name="pejabat")
    year: int = whole(0, at_least=2000, at_most=2100, name="tahun")


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

    @app.callback(Output(ids.BODY, "children"), Input(ids.VIEW, "data"))
    @requires(Permission.CHECK_AID)
    def show(view: View) -> object:
        words, state = current_words(), OfficeView.parse(view)
        with deps.reading() as conn:
            own = offices.mine(conn)
            chosen = next((one for one in own if one["code"] == state.office), own[0] if own else None)
            if chosen is None:
                return empty(words("office.none"), words("office.none_hint"))
            year = state.year or datetime.now(numbers.MALAYSIA).year
            return _board(conn, own, chosen, year, words)


def _board(conn: Reads, own: Sequence[MyOfficeRow], chosen: MyOfficeRow, year: int, words: Words) -> list[Component]:
    office = chosen["code"]
    figures = offices.figures(conn, office, year)
    votes = offices.votes(conn, office, year)
    places = offices.mukims(conn, office, year)
    work = works_of(conn, office, year, datetime.now(numbers.MALAYSIA).date())
    name = chosen["office_ms"] if words.language == "ms" else chosen["office_en"]
    parts: list[Component] = [
        html.H2(words("office.title", office=name, year=str(year))),
        html.Nav(_ways(own, office, year, words), className="ek-actions", **aria(label=words("office.choose"))),
    ]
    if votes["programmes"]:
        parts += [html.H2(words("office.money")), _money(votes, year, words)]
    for title, names in (("need", _NEED), ("work", _WORK)):
        cards = [_card(figures[one], office, year, words) for one in names if one in figures]
        if cards:
            parts += [html.H2(words(f"office.{title}")), figure_cards(cards)]
    if work:
        parts += [html.H2(words("office.work_projects")), *works_part(work, office, year, words)]
    if places:
        parts += [html.H2(words("office.by_mukim")), _mukims(places, office, year, words)]
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


def _money(votes: OfficeVoteRow, year: int, words: Words) -> Component:
    """The vote book over the office's programmes, which leads to it."""
    percent = f"{votes['percent']:.2f}%" if votes["percent"] is not None else numbers.MISSING
    row = [*(numbers.money(votes[name]) for name in _MONEY), percent]
    head = [words(f"vote.{name}") for name in (*_MONEY, "percent")]
    shared = f" {words('office.shared')}" if votes["shared"] else ""
    as_of = words("office.as_of", date=numbers.day(votes["changed_on"]))
    told = f"{as_of[:1].upper()}{as_of[1:]}.{shared} "
    return html.Div(
        [
            ruled(head, [row], label=words("office.money")),
            html.P([told, _to(f"/buku-vot?tahun={year}", words)], className="ek-footnote"),
        ],
        className="ek-office-money",
    )


def _card(row: OfficeFigureRow, office: str, year: int, words: Words) -> Component:
    name = row["figure"]
    as_of = words("office.as_of", date=numbers.day(row["as_of"]))
    part, of = numbers.count(row["part"]), numbers.count(row["whole"])
    if name in _COUNTS:
        unsure = row["unsure"] or 0
        share = numbers.share(unsure / row["part"]) if row["part"] else numbers.MISSING
        note = f"{words('office.note_unsure', part=numbers.count(unsure), share=share)} · {as_of}"
        figure = Figure(words(f"office.figure_{name}"), part, unit=words("map.households"), note=note)
    else:
        value = numbers.share(row["part"] / row["whole"]) if row["whole"] else numbers.MISSING
        note = f"{words(f'office.note_{name}', part=part, whole=of)} · {as_of}"
        figure = Figure(words(f"office.figure_{name}"), value, note=note)
    address = "/pusingan" if name == "pemutihan" else list_address(ListView(_LISTS[name], office, year))
    return figure_card(figure, action=_to(address, words))


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
