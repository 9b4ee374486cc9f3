"""The lists behind the figures of an office: households by what was counted, decisions and referrals by their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard import urlstate
from dashboard.components.badges import status_badge
from dashboard.components.feedback import empty, skeleton
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP, exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.office import ids
from dashboard.sent.kinds import View
from dashboard.urlstate import UrlState, choice, code, whole
from layers import numbers
from queries import offices
from registry.principals import Permission

if TYPE_CHECKING:
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from queries.row_types.offices import OfficeFinishedRow
    from words import Words

BOARD: Final = "/pejabat"
LIST_PATH: Final = f"{BOARD}/senarai"
_HOUSEHOLDS: Final = ("miskin", "tegar", "titik", "dibantu", "belum_dibantu", "dahulu", "keluar")
_WORKS: Final = ("rumah", "kos")
_BUILT: Final = ("began_on", "planned_on", "finished_on", "days", "in_time")
_SPENT: Final = ("finished_on", "households", "spent")
_ROWS: Final = 50
_MOST: Final = 500


@dataclass(frozen=True)
class ListView(UrlState):
    """Which list, of which office and year, within which mukim, after which household."""

    figure: str = choice(*_HOUSEHOLDS, "keputusan", "kepada", "daripada", *_WORKS, name="angka")
    office: str = code("", name="pejabat")
    year: int = whole(0, at_least=2000, at_most=2100, name="tahun")
    mukim: str = code("", pattern=r"\d{6}", name="mukim")
    after: int = whole(0, at_least=0, at_most=2**53, name="selepas")


def list_address(view: ListView) -> str:
    """Where a list is."""
    return view.address(LIST_PATH)


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words, state = current_words(), ListView.parse(query)
    trail = [{"label": words("nav.office"), "href": BOARD}, {"label": words(f"office.list_{state.figure}")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("office-list"), data=trail),
            urlstate.view_store(ids.LIST_VIEW, state),
            html.H1(words(f"office.list_{state.figure}")),
            html.Div(skeleton(words("office.loading"), lines=6), id=ids.LIST),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.LIST_VIEW)

    @app.callback(Output(ids.LIST, "children"), Input(ids.LIST_VIEW, "data"))
    @requires(Permission.CHECK_AID)
    def show(view: View) -> object:
        words, state = current_words(), ListView.parse(view)
        year = state.year or datetime.now(numbers.MALAYSIA).year
        with deps.reading() as conn:
            if state.figure in _HOUSEHOLDS:
                listed = _households(conn, state, year, words)
            elif state.figure == "keputusan":
                listed = _decisions(conn, state, year, words)
            elif state.figure in _WORKS:
                listed = _finished(conn, state, year, words)
            else:
                listed = _referrals(conn, state, year, words)
        deps.note_read("read", subject="worklist", facts={"list": f"office_{state.figure}", "office": state.office})
        return listed


def _households(conn: Reads, state: ListView, year: int, words: Words) -> Component:
    rows = offices.households(
        conn, state.office, year, state.figure, mukim=state.mukim, after=state.after, limit=_ROWS + 1
    )
    if not rows:
        return empty(words("office.empty"))
    head = [words(f"office.{name}") for name in ("household", "file_no", "mukim", "status")]
    drawn: list[list[Any]] = [
        [
            dcc.Link(row["head_name"], href=f"/isi-rumah/{row['household_id']}"),
            row["file_no"],
            row["mukim_name"],
            status_badge(row["status"], words),
        ]
        for row in rows[:_ROWS]
    ]
    parts = [sortable(head, drawn, words, name="office-households", label=words(f"office.list_{state.figure}"))]
    if len(rows) > _ROWS:
        further = state.but(after=rows[_ROWS - 1]["household_id"]).address(LIST_PATH)
        parts.append(html.A(words("grid.next"), href=further, className="ek-button", **STEP))
    return html.Div(parts)


def _decisions(conn: Reads, state: ListView, year: int, words: Words) -> Component:
    rows = offices.decisions(conn, state.office, year, limit=_MOST)
    if not rows:
        return empty(words("office.empty"))
    head = [words(f"office.{name}") for name in ("application", "decided_on", "days", "in_time")]
    drawn: list[list[Any]] = [
        [
            dcc.Link(row["number"], href=f"/permohonan-bantuan/{row['number']}"),
            exactly(numbers.day(row["decided_on"]), row["decided_on"].toordinal()),
            numbers.count(row["days"]),
            words("office.yes" if row["in_time"] else "office.no"),
        ]
        for row in rows
    ]
    return sortable(head, drawn, words, name="office-decisions", label=words("office.list_keputusan"))


def _referrals(conn: Reads, state: ListView, year: int, words: Words) -> Component:
    rows = offices.referrals(conn, state.office, year, state.figure, limit=_MOST)
    if not rows:
        return empty(words("office.empty"))
    head = [words(f"office.{name}") for name in ("referral", "state", "due_on", "answered_on", "in_time")]
    drawn: list[list[Any]] = [
        [
            dcc.Link(row["number"], href=f"/rujukan/{row['number']}"),
            words(f"referral.state_{row['state']}"),
            exactly(numbers.day(row["due_on"]), row["due_on"].toordinal()),
            numbers.day(row["answered_on"]),
            words("office.yes" if row["in_time"] else "office.no"),
        ]
        for row in rows
    ]
    return sortable(head, drawn, words, name="office-referrals", label=words(f"office.list_{state.figure}"))


def _finished(conn: Reads, state: ListView, year: int, words: Words) -> Component:
    """The finished projects behind a figure: houses by their days, or those that were for households by their cost."""
    house = state.figure == "rumah"
    found = offices.finished(conn, state.office, year, limit=_MOST)
    rows = [row for row in found if (row["house"] if house else row["households"])]
    if not rows:
        return empty(words("office.empty"))
    names = (
        ("began_on", "planned_on", "finished_on", "days", "in_time")
        if house
        else ("finished_on", "households", "spent")
    )
    head = [words(f"office.{name}") for name in ("project", *names)]
    drawn = [[_project(row), *(_built(row, words) if house else _spent(row))] for row in rows]
    return sortable(head, drawn, words, name=f"office-{state.figure}", label=words(f"office.list_{state.figure}"))


def _project(row: OfficeFinishedRow) -> Component:
    return html.Span([dcc.Link(row["number"], href=f"/projek/{row['number']}"), html.Br(), html.Small(row["title"])])


def _built(row: OfficeFinishedRow, words: Words) -> list[Any]:
    return [
        _day(row["began_on"]),
        _day(row["planned_on"]),
        _day(row["finished_on"]),
        numbers.count(row["days"]) if row["days"] is not None else numbers.MISSING,
        words("office.yes" if row["on_time"] else "office.no"),
    ]


def _spent(row: OfficeFinishedRow) -> list[Any]:
    spent = row["spent"]
    told: Any = numbers.MISSING if spent is None else exactly(numbers.money(spent), int(spent * 100))
    return [_day(row["finished_on"]), numbers.count(row["households"]), told]


def _day(day: date | None) -> Any:
    return numbers.MISSING if day is None else exactly(numbers.day(day), day.toordinal())
