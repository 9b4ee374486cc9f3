"""The list of questions of status that wait at the own offices: whom to call, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from dash import ALL, Dash, Input, Output, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import answered, pressed
from dashboard.components.aria import aria
from dashboard.components.detail_page import done, fact_list
from dashboard.components.feedback import empty, skeleton
from dashboard.components.listing import Tab, tabs
from dashboard.components.tables import STEP, ruled
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.inquiries import ids, offices
from dashboard.sent.kinds import Clicks, View, whole_number
from dashboard.urlstate import UrlState, choice, code
from layers import numbers
from queries import inquiries
from registry.inquiries.inquiries import note
from registry.mykad import written
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.inquiries import InquiryCountsRow, InquiryOverRow, InquiryRow
    from words import Words

PATH: Final = "/semakan-awam"
ROWS: Final = 20
_OUTCOMES: Final = ("dijawab", "tidak_dijawab", "enggan")


@dataclass(frozen=True)
class InquiriesView(UrlState):
    """Which list, and behind which question it begins: its day and number."""

    which: str = choice("menunggu", "selesai", name="senarai")
    after: str = code("", pattern=r"\d{4}-[01]\d-[0-3]\d\.\d{1,15}", name="selepas")

    def place(self) -> tuple[date, int] | None:
        """Where the list begins; ``None`` for its first page."""
        day, _, number = self.after.partition(".")
        try:
            return (date.fromisoformat(day), int(number)) if number else None
        except ValueError:
            return None


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("inquiries"), data=[{"label": words("nav.inquiries")}]),
            urlstate.view_store(ids.VIEW, InquiriesView.parse(query)),
            dcc.Store(id=ids.DONE),
            html.H1(words("nav.inquiries")),
            html.P(words("inquiry.lead")),
            html.Nav(id=ids.TABS, className="ek-tasks", **aria(label=words("inquiry.lists"))),
            html.Div(id=ids.MESSAGE, role="status"),
            html.Div(skeleton(words("inquiry.loading"), lines=6), id=ids.LIST, className="ek-spaced"),
            offices.part(words),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    offices.register(app, deps)

    @app.callback(
        Output(ids.LIST, "children"), Output(ids.TABS, "children"), Input(ids.VIEW, "data"), Input(ids.DONE, "data")
    )
    @requires(Permission.CHECK_STATUS)
    def show(view: View, _done: object) -> tuple[object, object]:
        state, words = InquiriesView.parse(view), current_words()
        with deps.reading() as conn:
            counts = inquiries.counted(conn)
            if state.which == "selesai":
                drawn: object = _over(inquiries.over(conn, limit=3 * ROWS), words)
            else:
                place = state.place()
                found = inquiries.listed(conn, limit=ROWS + 1, **({"after": place} if place else {}))
                drawn = _waiting(found, state, counts, words)
        deps.note_read("read", subject="worklist", facts={"list": "inquiries", "which": state.which})
        return drawn, _tabs(state, counts, words)

    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.STEP, "inquiry": ALL, "version": ALL, "outcome": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.CHECK_STATUS)
    def step(_clicks: Clicks) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None:
            return no_update, no_update
        number, version, outcome = whole_number(asked["inquiry"]), whole_number(asked["version"]), str(asked["outcome"])
        return answered(
            deps,
            f"inquiry {number} {version} {outcome}",
            lambda session: {"number": number, "version": version, "state": note(session, number, version, outcome)},
            message=lambda result: done(words(f"inquiry.did_{result['state']}")),
            refused=lambda error: html.P(words(f"error.{error.key}"), className="ek-error-summary"),
        )


def _tabs(state: InquiriesView, counts: InquiryCountsRow, words: Words) -> Component:
    known = {"menunggu": counts["waiting"]}
    return tabs(
        [
            Tab(
                words(f"inquiry.list_{name}"),
                InquiriesView(which=name).address(PATH),
                name == state.which,
                known.get(name),
            )
            for name in ("menunggu", "selesai")
        ]
    )


def _waiting(found: list[InquiryRow], state: InquiriesView, counts: InquiryCountsRow, words: Words) -> Component:
    if not found:
        return empty(words("inquiry.none"), words("inquiry.none_hint"))
    shown = found[:ROWS]
    said = words("inquiry.shown", shown=numbers.count(len(shown)), total=numbers.count(counts["waiting"]))
    if counts["late"]:
        said = f"{said} {words('inquiry.late', n=numbers.count(counts['late']))}"
    parts: list[Component] = [html.P(said, role="status"), *(_one(row, words) for row in shown)]
    links = (
        [html.A(words("grid.first"), href=InquiriesView().address(PATH), className="ek-button", **STEP)]
        if state.after
        else []
    )
    if len(found) > ROWS:
        last = shown[-1]
        to = InquiriesView(after=f"{last['due_on']}.{last['inquiry_id']}").address(PATH)
        links.append(html.A(words("grid.next"), href=to, className="ek-button", **STEP))
    return html.Div(
        [*parts, *([html.Nav(links, className="ek-actions", **aria(label=words("grid.pages")))] if links else [])]
    )


def _one(row: InquiryRow, words: Words) -> Component:
    due = numbers.day(row["due_on"])
    late = [html.Span(words("inquiry.is_late"), className="ek-tag ek-tag-late")] if row["late"] else []
    return html.Article(
        [
            html.H2([row["reference"], " ", *late], className="ek-inquiry-head"),
            fact_list([*_whom(row, words), (words("inquiry.due_on"), due), *_again(row, words)]),
            html.Div([_button(row, outcome, words) for outcome in _OUTCOMES], className="ek-actions"),
        ],
        className="ek-panel ek-spaced",
        **aria(label=row["reference"]),
    )


def _whom(row: InquiryRow, words: Words) -> list[tuple[str, object]]:
    """Whom to call, and on which telephone: a registered one on that of the record, never on that which was typed."""
    wish = words(f"inquiry.by_{row['answer_by'] or 'kaunter'}")
    if row["household_id"]:
        link = dcc.Link(f"{row['head_name']} ({row['file_no']})", href=f"/isi-rumah/{row['household_id']}")
        return [
            (words("inquiry.who"), [words("inquiry.registered"), " ", link]),
            (words("inquiry.call"), row["record_phone"] or words("inquiry.no_record_phone")),
            (words("inquiry.wish"), wish),
        ]
    return [
        (
            words("inquiry.who"),
            [words("inquiry.unknown"), " ", written(row["identity"]) or row["identity"] or numbers.MISSING],
        ),
        (words("inquiry.call"), row["telephone"] or numbers.MISSING),
        (words("inquiry.wish"), wish),
        (words("inquiry.what_to_do"), words("inquiry.invite")),
    ]


def _again(row: InquiryRow, words: Words) -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = []
    if row["asked_times"] > 1:
        told.append((words("inquiry.asked"), words("inquiry.times", n=numbers.count(row["asked_times"]))))
    if row["tries"]:
        told.append((words("inquiry.tries"), words("inquiry.tries_of", n=str(row["tries"]))))
    return told


def _button(row: InquiryRow, outcome: str, words: Words) -> Component:
    main = " ek-button-main" if outcome == "dijawab" else ""
    return html.Button(
        [words(f"inquiry.{outcome}"), html.Span(f" {row['reference']}", className="ek-sr")],
        id={"type": ids.STEP, "inquiry": row["inquiry_id"], "version": row["version"], "outcome": outcome},
        type="button",
        className=f"ek-button{main}",
        n_clicks=0,
    )


def _over(found: list[InquiryOverRow], words: Words) -> Component:
    if not found:
        return empty(words("inquiry.none_over"))
    head = [words(f"inquiry.{name}") for name in ("reference", "asked_on", "state", "closed_on", "office")]
    rows: list[list[object]] = [
        [
            row["reference"],
            numbers.day(row["asked_at"]),
            words(f"inquiry.state_{row['state']}"),
            numbers.day(row["closed_at"]),
            row["district_name"] or numbers.MISSING,
        ]
        for row in found
    ]
    return html.Div([html.P(words("inquiry.over_note")), ruled(head, rows, label=words("inquiry.list_selesai"))])
