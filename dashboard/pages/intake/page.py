"""The list of what the public sent to an office: what waits, the urgent first, then by its day; and what is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard import urlstate
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.listing import Tab, tabs
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP, exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.intake import ids
from dashboard.pages.intake.parts import PATH, address, named, tags
from dashboard.sent.kinds import View
from dashboard.urlstate import UrlState, choice, code
from layers import numbers
from queries import intake
from queries.intake import FIRST, Place
from registry.intake.models import KINDS
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.intake import IntakeClosedRow, IntakeCountsRow, IntakeWaitingRow
    from words import Words

ROWS: Final = 50
_LISTS: Final = ("menunggu", *KINDS, "selesai")


@dataclass(frozen=True)
class IntakeView(UrlState):
    """Which list, and after which form it goes on."""

    which: str = choice(*_LISTS, name="senarai")
    after: str = code("", pattern=r"[01]\.\d{4}-\d\d-\d\d\.\d{1,18}", name="selepas")

    @property
    def place(self) -> Place:
        """The form after which the list goes on; the first page where the address names no day that there is."""
        try:
            calm, day, form = self.after.split(".")
            return Place(calm == "1", date.fromisoformat(day), int(form))
        except ValueError:
            return FIRST


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("intake"), data=[{"label": words("nav.intake")}]),
            urlstate.view_store(ids.VIEW, IntakeView.parse(query)),
            html.H1(words("nav.intake")),
            html.P(words("intake.note"), className="ek-footnote"),
            html.Nav(id=ids.TABS, className="ek-tasks", **aria(label=words("intake.lists"))),
            html.Div(skeleton(words("intake.loading"), lines=6), id=ids.LIST),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)

    @app.callback(Output(ids.LIST, "children"), Output(ids.TABS, "children"), Input(ids.VIEW, "data"))
    @requires(Permission.REGISTER)
    def show(view: View) -> tuple[object, object]:
        state, words = IntakeView.parse(view), current_words()
        with deps.reading() as conn:
            counted = intake.counts(conn)
            if state.which == "selesai":
                listed = _closed(intake.closed(conn, before=state.place, limit=ROWS + 1), state, words)
            else:
                kind = state.which if state.which in KINDS else ""
                listed = _waiting(intake.waiting(conn, kind=kind, after=state.place, limit=ROWS + 1), state, words)
        deps.note_read("read", subject="worklist", facts={"list": "intake", "which": state.which})
        return listed, _tabs(state, counted, words)


def _tabs(state: IntakeView, counted: IntakeCountsRow, words: Words) -> Component:
    known = {"menunggu": counted["waiting"]}
    return tabs(
        [
            Tab(
                words(f"intake.list_{name}"),
                state.but(which=name, after="").address(PATH),
                name == state.which,
                known.get(name),
            )
            for name in _LISTS
        ]
    )


def _waiting(rows: list[IntakeWaitingRow], state: IntakeView, words: Words) -> Component:
    head = [words(f"intake.{name}") for name in ("reference", "family", "place", "state", "due_on", "candidates")]
    drawn = [
        [*_about(row, words), html.Span(tags(row, words)), _day(row["due_on"]), _found(row, words)] for row in rows
    ]
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    further = last and f"{int(not last['urgent'])}.{last['due_on']}.{last['form_id']}"
    return _listed(head, drawn[:ROWS], further, state, words)


def _closed(rows: list[IntakeClosedRow], state: IntakeView, words: Words) -> Component:
    head = [words(f"intake.{name}") for name in ("reference", "family", "place", "state", "moved_on", "case")]
    drawn = [
        [*_about(row, words), html.Span(tags(row, words)), _day(row["moved_on"]), row["case_no"] or numbers.MISSING]
        for row in rows
    ]
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    further = last and f"0.{last['moved_on']}.{last['form_id']}"
    return _listed(head, drawn[:ROWS], further, state, words)


def _listed(head: list[str], drawn: list[list[Any]], further: str | None, state: IntakeView, words: Words) -> Component:
    if not drawn:
        return empty(words("intake.none"), words("intake.none_hint"))
    parts = [sortable(head, drawn, words, name=f"intake-{state.which}", label=words("nav.intake"))]
    if further:
        onward = state.but(after=further).address(PATH)
        parts.append(html.A(words("grid.next"), href=onward, className="ek-button", **STEP))
    return html.Div(parts)


def _about(row: Any, words: Words) -> list[Any]:
    kind = html.Small(words(f"intake.kind_{row['kind']}"))
    name = words("intake.erased") if row.get("erased_on") else named(row["shown_name"], row["village"], words)
    link = dcc.Link(row["reference"], href=address(row["reference"]))
    place = [part for part in (row["village"], row["district_name"]) if part]
    return [html.Span([link, html.Br(), kind]), name, ", ".join(place)]


def _found(row: IntakeWaitingRow, words: Words) -> Any:
    marks = [words(f"intake.mark_{mark}") for mark in row["marks"]]
    assigned = [words("intake.with", name=row["assigned_name"])] if row["assigned_name"] else []
    counted = [words.n("intake.found", row["candidates"])] if row["candidates"] else []
    return html.Span("; ".join([*counted, *assigned, *marks]) or numbers.MISSING)


def _day(day: date) -> Any:
    return exactly(numbers.day(day), day.toordinal())
