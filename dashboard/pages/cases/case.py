"""The page of one case: what it says, where it stands, and the steps that may be taken now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ClientsideFunction, Dash, Input, Output, dcc, html, no_update

from dashboard.boundary_files import land_under
from dashboard.casework import state_name, visit_path
from dashboard.components.aria import aria
from dashboard.components.detail_page import number_in
from dashboard.components.feedback import empty, skeleton
from dashboard.frame_ids import trail_of
from dashboard.guards import may, person, requires
from dashboard.household.problems import refusal_message
from dashboard.i18n import current_words
from dashboard.pages.cases import ids, standing, steps
from dashboard.pages.cases import visits as visits_made
from dashboard.pages.cases.content import beside, form_content
from dashboard.pages.cases.queue import PATH as QUEUE_PATH
from dashboard.sent.kinds import Clicks, Fields, Names, Number, Seen
from dashboard.stepping import Stepping, stepped
from layers import numbers
from queries import cases, households, visits
from registry.cases.cases import EDITABLE, TakeStep
from registry.cases.registration import decide_case
from registry.errors import NotFound
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads, Writes
    from queries.cases import WholeCase
    from queries.row_types.cases import AllowedStepRow, CaseRow
    from words import Words

PATH: Final = "/kes/<case_id>"
_LONGEST_REASON = 2_000


def form_path(case_id: int) -> str:
    """Where the form of a case is filled in."""
    return f"{QUEUE_PATH}/{case_id}/borang"


def layout(case_id: Any = None, **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.CASE, data=number_in(case_id)),
            dcc.Store(id=ids.LOADED),
            dcc.Store(id=ids.TAKEN),
            dcc.Store(id=ids.MESSAGE),
            dcc.Store(id=trail_of("cases-one"), data=[]),
            html.Div(id=ids.FLASH, role="status", tabIndex=-1, className="ek-case-flash"),
            html.Div(skeleton(words("case.loading"), block=True, lines=6), id=ids.CONTENT),
        ],
        className="ek-page ek-households ek-cases",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    app.clientside_callback(
        ClientsideFunction("ekasih_cases", "told"),
        Output(ids.MESSAGE, "data"),
        Input(ids.FLASH, "children"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.LOADED, "data"),
        Output(trail_of("cases-one"), "data"),
        Input(ids.CASE, "data"),
        Input(ids.TAKEN, "data"),
    )
    @requires(Permission.READ_PERSONS)
    def show_case(case_id: Number | None, _taken: object) -> tuple[Component, object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = cases.whole_case(conn, case_id) if case_id is not None else None
            if found is None:
                return _not_found(words), None, no_update
            land = land_under(deps.settings.home, {found.case["district_code"]})
            page = _page(conn, found, words, land_url=land)
        deps.note_read("read", subject="case", subject_id=case_id)
        trail = [{"label": words("nav.cases"), "href": QUEUE_PATH}, {"label": found.case["number"]}]
        return page, {"version": found.case["version"]}, trail

    @app.callback(*ids.STEPS.wires(), prevent_initial_call=True)
    @requires(Permission.READ_PERSONS)
    def take(_clicks: Clicks, values: Fields, names: Names, case_id: Number | None, loaded: Seen | None) -> object:
        return stepped(deps, _stepping(case_id or 0, current_words()), case_id, loaded, values=values, names=names)


def _stepping(case_id: int, words: Words) -> Stepping[TakeStep]:
    def message(action: str, _result: object) -> Component:
        return html.P(words("case.taken", step=steps.action_name(action, words)), className="ek-case-done")

    return Stepping(
        kind="case-step",
        command=lambda version, action, given: _step(case_id, version, action, given),
        take=_take,
        message=message,
        refused=lambda error: refusal_message(error, words, form_path=form_path(case_id)),
    )


def _take(session: Writes, step: TakeStep) -> dict[str, object]:
    case = decide_case(session, step)
    return {"version": case.version, "state": case.state}


def _step(case_id: int, version: int, action: str, given: dict[str, Any]) -> TakeStep:
    def number(name: str) -> int | None:
        return number_in(given.get(name))

    return TakeStep(
        case_id=case_id,
        version=version,
        action=action,
        reason=str(given.get("reason") or "")[:_LONGEST_REASON] or None,
        assigned_to=number("assigned_to"),
        meeting_id=number("meeting_id"),
    )


def _page(conn: Reads, found: WholeCase, words: Words, *, land_url: str | None) -> Component:
    case = found.case
    registered = households.whole_record(conn, case["conflicting_id"]) if case["conflicting_id"] is not None else None
    made = visits.of_case(conn, case["case_id"])
    seen = [_card(words("visit.made"), visits_made.recorded(made, words, land_url=land_url))] if made else []
    # a visit is recorded with what was found, on a page of its own
    allowed = [step for step in found.allowed if step["action"] != "visit"]
    edits = case["state"] in EDITABLE and may(Permission.REGISTER)
    path = form_path(case["case_id"]) if edits else None
    stands = [_card(words("case.test"), html.Div(standing.poverty(conn, case, words)))]
    if case["is_open"] and case["household_id"] is None:
        stands.append(_card(words("case.missing"), standing.missing(case, words, form_path=path)))
    held = [beside(case, registered, words)] if case["held_code"] and case["is_open"] else []
    aside = [
        _card(words("case.steps_now"), _offered(conn, case, allowed, words)),
        _card(words("case.reporter"), _reporter(case, words)),
        _card(words("case.history"), steps.taken(found.steps, words)),
    ]
    return html.Article(
        [
            _header(case, words),
            standing.stages(case, found.steps, words),
            html.Div(
                [
                    html.Div([*stands, *held, *seen, form_content(case, words)], className="ek-record-main"),
                    html.Div(aside, className="ek-record-aside"),
                ],
                className="ek-record-body",
            ),
        ]
    )


def _offered(conn: Reads, case: CaseRow, allowed: Sequence[AllowedStepRow], words: Words) -> Component:
    """The steps that may be taken, with the officers and the meetings that some of them ask for."""
    district = case["district_code"]
    officers = cases.officers(conn, district) if any(step["needs_officer"] for step in allowed) else []
    meetings = cases.meetings(conn, district) if any(step["needs_meeting"] for step in allowed) else []
    return steps.offered(
        allowed,
        officers=[{"value": str(row["user_id"]), "label": row["display_name"]} for row in officers],
        meetings=[
            {
                "value": str(row["meeting_id"]),
                "label": words("case.met", number=row["number"], date=numbers.day(row["held_on"])),
            }
            for row in meetings
        ],
        words=words,
    )


def _header(case: CaseRow, words: Words) -> Component:
    area = ", ".join(name for name in (case["mukim_name"], case["district_name"]) if name)
    late = [html.Span(words("case.overdue"), className="ek-tag ek-late")] if case["overdue"] else []
    facts = [words(f"case.channel_{case['channel']}"), area]
    if case["is_open"]:
        facts.append(words("case.due", date=numbers.day(case["due_on"])))
    if case["assigned_name"]:
        facts.append(words("case.given_to", name=case["assigned_name"]))
    links: list[Component] = []
    if case["state"] in EDITABLE and may(Permission.REGISTER):
        links.append(dcc.Link(words("case.fill_in"), href=form_path(case["case_id"]), className="ek-button"))
    if case["state"] == "assigned" and _is_mine(case):
        link = dcc.Link(words("visit.fill_in"), href=visit_path(case["case_id"]), className="ek-button ek-button-main")
        links.append(link)
    if case["household_id"] is not None and case["file_no"]:
        href = f"/isi-rumah/{case['household_id']}"
        links.append(dcc.Link(words("case.household", number=case["file_no"]), href=href, className="ek-button"))
    if case["intake_reference"] is not None and may(Permission.REGISTER):
        href = f"/peti/{case['intake_reference']}"
        text = words("case.to_intake", number=case["intake_reference"])
        links.append(dcc.Link(text, href=href, className="ek-button"))
    return html.Header(
        [
            html.P(
                [
                    html.Span(case["number"]),
                    html.Span(state_name(case["state_ms"], case["state_en"], words), className=_state_class(case)),
                    *late,
                ]
            ),
            html.H1(case["head_name"] or words("case.no_name")),
            html.P(" · ".join(facts), className="ek-footnote"),
            html.Div(links, className="ek-case-ways"),
        ],
        className="ek-case-header",
    )


def _state_class(case: CaseRow) -> str:
    return f"ek-case-state ek-case-is-{case['state']}"


def _reporter(case: CaseRow, words: Words) -> Component:
    """Who reports, apart from who the KIR is."""
    rows = [(words("case.head"), case["head_name"] or words("case.no_name"))]
    if case["reporter_name"]:
        rows += [
            (words("case.reporter_name"), case["reporter_name"]),
            (words("case.reporter_relation"), case["reporter_relation"] or "—"),
            (words("case.reporter_phone"), case["reporter_phone"] or "—"),
        ]
    else:
        unnamed = "case.reporter_kept" if case["channel"] == "notice" else "case.reports_self"
        rows.append((words("case.reporter_name"), words(unnamed)))
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in rows], className="ek-case-facts")


def _is_mine(case: CaseRow) -> bool:
    return may(Permission.VISIT) and case["assigned_to"] == person().user_id


def _card(title: str, body: Component) -> Component:
    return html.Section(
        [html.Div(html.H2(title), className="ek-part-head"), body], className="ek-part", **aria(label=title)
    )


def _not_found(words: Words) -> Component:
    link = dcc.Link(words("case.to_queue"), href=QUEUE_PATH, className="ek-button")
    return empty(words("case.not_found"), words(f"error.{NotFound.key}"), action=link, page=True)
