"""The page of one form: what was said and by whom, what it may be about side by side, and the steps of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard.components.detail_page import done, fact_list
from dashboard.components.feedback import empty, skeleton
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.intake import ids, steps
from dashboard.pages.intake.parts import PATH, known_reference, named, refused, said, tags
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Seen
from dashboard.stepping import Stepping, stepped
from layers import numbers
from queries import intake
from registry.intake.steps import StepIntake, step_intake
from registry.mykad import masked
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.intake import WholeIntake
    from queries.row_types.intake import IntakeCandidateRow, IntakeRow, IntakeTellerRow
    from words import Words

ONE_PATH: Final = f"{PATH}/<reference>"
_RECORD: Final = {"isi_rumah": "/isi-rumah/{}", "kes": "/kes/{}"}


def layout(reference: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.REFERENCE, data=known_reference(reference)),
            dcc.Store(id=ids.LOADED),
            dcc.Store(id=ids.TAKEN),
            dcc.Store(id=trail_of("intake-one"), data=[]),
            html.Div(id=ids.MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("intake.loading"), block=True, lines=6), id=ids.CONTENT),
        ],
        className="ek-page ek-households ek-cases",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.LOADED, "data"),
        Output(trail_of("intake-one"), "data"),
        Input(ids.REFERENCE, "data"),
        Input(ids.TAKEN, "data"),
    )
    @requires(Permission.REGISTER)
    def show(reference: Code | None, _taken: object) -> tuple[object, object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = intake.whole(conn, reference) if reference else None
            districts = intake.districts(conn) if found is not None and found.allowed else []
        trail = [{"label": words("nav.intake"), "href": PATH}, {"label": reference or ""}]
        if found is None:
            deps.note_read("read", subject="intake", facts={"reference": reference, "found": False})
            return _not_found(words), None, trail
        facts = {"teller": bool(found.tellers)}
        deps.note_read("read", subject="intake", subject_id=found.form["form_id"], facts=facts)
        return _page(found, steps.offered(found, districts, words), words), {"version": found.form["version"]}, trail

    @app.callback(*ids.STEPS.wires(), prevent_initial_call=True)
    @requires(Permission.REGISTER)
    def take(
        _clicks: Clicks, values: Fields, names: Names, reference: Code | None, loaded: Seen | None
    ) -> tuple[object, object]:
        how = _stepping(reference or "", current_words())
        return stepped(deps, how, reference, loaded, values=values, names=names)


def _stepping(reference: str, words: Words) -> Stepping[StepIntake]:
    def message(action: str, result: dict[str, Any]) -> Component:
        state = words(f"intake.state_{result['state']}")
        return done(words("intake.taken", step=words(f"intake.step_{action}"), state=state))

    return Stepping(
        kind="intake",
        command=lambda version, action, given: steps.command_of(reference, version, action, given),
        take=lambda session, command: {"state": step_intake(session, command)},
        message=message,
        refused=lambda error: refused(error, words),
    )


def _page(found: WholeIntake, offered: Component, words: Words) -> Component:
    form = found.form
    main = [
        _card(words("intake.compared"), _compared(found, words)),
        _card(words("intake.history"), steps.thread(found.steps, words)),
    ]
    if found.repeats:
        main.insert(1, _card(words("intake.repeats"), _repeats(found, words)))
    aside = [
        _card(words("application.steps_now"), offered),
        _card(words("intake.teller"), _tellers(form, found.tellers, words)),
    ]
    return html.Article(
        [
            _header(form, words),
            html.Div(
                [html.Div(main, className="ek-record-main"), html.Div(aside, className="ek-record-aside")],
                className="ek-record-body",
            ),
        ]
    )


def _header(form: IntakeRow, words: Words) -> Component:
    answers = form["answers"]
    title = words("intake.erased") if form["erased_on"] else named(answers.get("name"), answers.get("village"), words)
    place = ", ".join(part for part in (form["mukim_name"], form["district_name"]) if part)
    facts = [words(f"intake.kind_{form['kind']}"), place, words("intake.sent", at=numbers.moment(form["sent_at"]))]
    if form["state"] in {"baru", "luar_kawasan", "disaring"}:
        facts.append(words("intake.due", date=numbers.day(form["due_on"])))
    if form["assigned_name"]:
        facts.append(words("intake.with", name=form["assigned_name"]))
    marks = [html.Li(words(f"intake.mark_{mark}")) for mark in form["marks"]]
    return html.Header(
        [
            html.P([html.Span(form["reference"]), " ", *tags(form, words)]),
            html.H1(title),
            html.P(" · ".join(facts), className="ek-footnote"),
            html.P(words("intake.unverified"), className="ek-footnote"),
            html.Ul(marks) if marks else None,
            html.Div(_ways(form, words), className="ek-case-ways"),
        ],
        className="ek-case-header",
    )


def _ways(form: IntakeRow, words: Words) -> list[Component]:
    ways = [
        (form["case_id"], "/kes/{}", words("intake.to_case", number=form["case_no"] or "")),
        (form["household_id"], "/isi-rumah/{}", words("application.to_household", number=form["file_no"] or "")),
        (form["main_reference"], PATH + "/{}", words("intake.to_main", number=form["main_reference"] or "")),
    ]
    return [dcc.Link(text, href=to.format(key), className="ek-button") for key, to, text in ways if key]


def _compared(found: WholeIntake, words: Words) -> Component:
    """The form beside what it may be about, each a column where there is room, one below the other where not."""
    form = found.form
    own = said(form["answers"], words)
    if form["id_no"]:
        own.insert(min(1, len(own)), (words("intake.field_id_no"), masked(form["id_no"], kind=_kind_of(form["id_no"]))))
    if form["phone"]:
        own.append((words("intake.field_phone"), form["phone"]))
    if form["latitude"] is not None and form["longitude"] is not None:
        own.append((words("intake.field_point"), f"{form['latitude']:.5f}, {form['longitude']:.5f}"))
    this = html.Section([html.H3(words("intake.this_form")), fact_list(own)], className="ek-intake-card")
    cards: list[Component] = [this]
    cards += [_candidate(row, words) for row in found.candidates]
    notes: list[Component] = []
    if found.elsewhere:
        notes.append(html.P(words("intake.elsewhere", districts=", ".join(found.elsewhere)), className="ek-footnote"))
    if not found.candidates:
        key = "intake.nothing_found" if form["looked"] else "intake.not_looked"
        notes.append(html.P(words(key), className="ek-footnote"))
    return html.Div([*notes, html.Div(cards, className="ek-intake-cards")])


def _candidate(row: IntakeCandidateRow, words: Words) -> Component:
    state = (row["state_en"] if words.language == "en" else row["state_ms"]) or ""
    facts = [
        (words("intake.why"), ", ".join(words(f"intake.reason_{reason}") for reason in row["reasons"])),
        (words("intake.field_name"), row["shown_name"]),
        (words("intake.field_id_no"), masked(row["id_no"], kind=_kind_of(row["id_no"]))),
        (words("intake.field_phone"), row["phone"]),
        (words("intake.field_village"), row["village"]),
        (words("intake.field_address"), row["address"]),
        (words("intake.mukim"), row["mukim_name"]),
        (words("intake.field_persons"), row["members"] and numbers.count(row["members"])),
        (words("intake.visited"), row["visited_on"] and numbers.day(row["visited_on"])),
        (words("intake.state"), state),
    ]
    record = row["number"] if row["kind"] == "borang" else row["record_id"]
    to = _RECORD.get(row["kind"], PATH + "/{}").format(record)
    title: list[Any] = [words(f"intake.candidate_{row['kind']}"), " ", dcc.Link(row["number"], href=to)]
    return html.Section(
        [html.H3(title), fact_list([(name, value) for name, value in facts if value])], className="ek-intake-card"
    )


def _kind_of(number: str | None) -> str:
    return "mykad" if number and number.isdigit() else "other"


def _repeats(found: WholeIntake, words: Words) -> Component:
    """What the others say that say the same."""
    listed = [
        html.Li(
            [
                html.Span(f"{row['reference']} · {numbers.moment(row['sent_at'])}"),
                html.P("; ".join(f"{name}: {text}" for name, text in said(row["answers"], words))),
            ]
        )
        for row in found.repeats
    ]
    return html.Ul(listed, className="ek-case-history")


def _tellers(form: IntakeRow, tellers: list[IntakeTellerRow], words: Words) -> Component:
    if not tellers:
        key = "intake.teller_hidden" if form["kind"] == "maklum" else "intake.teller_gone"
        return html.P(words(key), className="ek-footnote")
    listed = []
    for row in tellers:
        facts = [words(f"intake.who_{row['who']}"), row["name"], row["phone"]]
        if row["knows"]:
            facts.append(words(f"intake.told_family_{row['knows']}"))
        listed.append(html.Li(" · ".join(fact for fact in facts if fact)))
    return html.Ul(listed)


def _card(title: str, body: Component) -> Component:
    return html.Section([html.Div(html.H2(title), className="ek-part-head"), body], className="ek-part")


def _not_found(words: Words) -> Component:
    link = dcc.Link(words("intake.to_list"), href=PATH, className="ek-button")
    return empty(words("intake.not_found"), words("error.not_found"), action=link, page=True)
