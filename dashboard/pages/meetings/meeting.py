"""The page of one meeting: its agenda, many decisions at once, and the minutes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dashboard.acting import mark, pressed
from dashboard.components.detail_page import DetailIds, detail_layout
from dashboard.components.feedback import empty
from dashboard.components.forms import SAVES
from dashboard.components.tables import facts
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.household import texts
from dashboard.i18n import current_words
from dashboard.pages.meetings import acts, fields, ids, minutes
from dashboard.pages.meetings.agenda import agenda, button
from dashboard.pages.meetings.page import PATH as LIST_PATH
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Nested, Number, Text, Version, whole_number
from layers import numbers
from queries import meetings
from registry.cases.prospects import standings
from registry.errors import DatabaseAway, RegistryError
from registry.meetings.meetings import Decision
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.meetings import AgendaRow, MeetingRow
    from words import Words

PATH: Final = "/mesyuarat/<meeting>"
_IDS: Final = DetailIds(
    record=ids.MEETING,
    loaded=ids.LOADED,
    done=ids.DONE,
    message=ids.MESSAGE,
    content=ids.CONTENT,
    trail="meetings-one",
)
_CHOICES: Final = {"type": ids.CHOICE, "case": ALL}
_REASONS: Final = {"type": ids.REASON, "case": ALL}
_FIELDS: Final = {"type": ids.FIELD, "name": ALL}


def layout(meeting: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    return detail_layout(_IDS, meeting, loading=current_words()("meeting.loading"))


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case of the agenda as the page saw it."""

    version: Version
    number: Code


@dataclass(frozen=True, slots=True)
class SeenMeeting:
    """A meeting as the page saw it, with the cases of its agenda."""

    version: Version
    key: Code
    cases: dict[Code, SeenCase]


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    minutes.register(app.server, deps)
    _acting(app, deps)

    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.LOADED, "data"),
        Output(trail_of(_IDS.trail), "data"),
        Input(ids.MEETING, "data"),
        Input(ids.DONE, "data"),
    )
    @requires(Permission.DECIDE)
    def show(number: Number | None, done: Nested | None) -> tuple[object, object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = meetings.meeting(conn, number) if number is not None else None
            items = meetings.agenda(conn, number) if found and number is not None else []
            standing = standings(conn, number or 0, items, today=texts.today()) if found else {}
        if found is None:
            return empty(words("meeting.not_found"), words("error.not_found"), page=True), None, no_update
        deps.note_read("read", subject="meeting", subject_id=number)
        cases = {str(row["case_id"]): {"version": row["version"], "number": row["number"]} for row in items}
        trail = [{"label": words("nav.meetings"), "href": LIST_PATH}, {"label": found["number"]}]
        own = bool(found["own"]) and found["state"] != "closed"
        come = bool(found["has_come"])
        kept = kept_of(done)
        body = agenda(items, standing, kept, words, own=own, come=come) if items else None
        loaded = {"version": found["version"], "key": secrets.token_hex(8), "cases": cases}
        return _page(found, items, body, words, own=own), loaded, trail

    @app.callback(
        Output(_CHOICES, "value"),
        Input({"type": ids.EVERY, "outcome": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.DECIDE)
    def choose_for_all(_clicks: Clicks) -> list[Any]:
        asked, places = pressed(), len(ctx.outputs_list)
        return [asked["outcome"] if asked else no_update] * places


def kept_of(done: Nested | None) -> dict[str, list[str]]:
    """What was chosen and not carried out, by case: a choice and a reason each."""
    kept = (done or {}).get("kept")
    chosen = kept.items() if isinstance(kept, dict) else ()
    return {
        case: [str(part or "") for part in answer]
        for case, answer in chosen
        if isinstance(answer, list) and len(answer) == len(("choice", "reason"))
    }


def _acting(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.ACT, "act": ALL, "row": ALL}, "n_clicks"),
        State(_CHOICES, "value"),
        State(_CHOICES, "id"),
        State(_REASONS, "value"),
        State(_FIELDS, "value"),
        State(_FIELDS, "id"),
        State(ids.MEETING, "data"),
        State(ids.LOADED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.DECIDE)
    def act(  # noqa: PLR0917 - one for each field of the page
        _clicks: Clicks,
        choices: list[Code | None],
        names: Names,
        reasons: list[Text | None],
        details: Fields,
        detail_names: Names,
        number: Number | None,
        loaded: SeenMeeting | None,
    ) -> object:
        asked, words = pressed(), current_words()
        if asked is None or number is None or not loaded:
            return no_update, no_update
        filled = {
            str(name["case"]): (choice, reason or "")
            for name, choice, reason in zip(names, choices, reasons, strict=True)
        }
        one = acts.Pressed(str(asked["act"]), str(asked["row"]), number, loaded.version, loaded.key)
        given = {name["name"]: value for name, value in zip(detail_names, details, strict=True)}
        try:
            result = acts.carry_out(deps, one, _chosen(filled, loaded.cases), given)
        except DatabaseAway:
            raise
        except RegistryError as refusal:
            return no_update, acts.refusal_message(refusal, words)
        numbers_of = {case: seen.number for case, seen in loaded.cases.items()}
        done = {"at": mark(), "kept": acts.kept(result, filled)}
        return done, acts.message_of(result, numbers_of, words)


def _chosen(filled: acts.Filled, cases: dict[str, SeenCase]) -> list[Decision]:
    versions = {case: seen.version for case, seen in cases.items()}
    return [
        Decision(case_id=whole_number(case), version=versions.get(case, 0), action=choice, reason=reason)
        for case, (choice, reason) in filled.items()
        if choice
    ]


def _page(found: MeetingRow, items: list[AgendaRow], body: Component | None, words: Words, *, own: bool) -> Component:
    waiting = any(row["outcome"] is None for row in items)
    entries = [
        (words("meeting.area"), found["area_name"]),
        (words("meeting.held_on"), numbers.day(found["held_on"])),
        (words("meeting.place"), found["place"]),
        (words("meeting.members"), ", ".join(found["members"])),
    ]
    parts: list[Component] = [
        html.H1([words("meeting.title", number=found["number"]), " ",
                 html.Span(words(f"meeting.state_{found['state']}"), className="ek-tag")]),
        facts(entries),
        *_notes(found, words),
        html.Div(_buttons(found, words, waiting=waiting, own=own), className="ek-actions"),
    ]  # fmt: skip
    if own:
        parts.append(_edit(found, words))
    parts.append(html.H2(words("meeting.agenda")))
    decide = [button("decide", words, main=True)] if own and found["has_come"] and waiting else []
    none = empty(words("meeting.no_items"), words("meeting.no_items_hint") if own else "")
    parts.append(html.Div([body or none, *decide], className="ek-spaced", **SAVES))
    return html.Article(parts)


def _notes(found: MeetingRow, words: Words) -> list[Component]:
    """What the agenda leaves out for who does not hold the meeting, and when it may be decided at."""
    notes = [] if found["own"] else [words("meeting.own_cases_only")]
    if not found["has_come"]:
        notes.append(words("meeting.not_come", day=numbers.day(found["held_on"])))
    return [html.P(line, className="ek-footnote") for line in notes]


def _buttons(found: MeetingRow, words: Words, *, waiting: bool, own: bool) -> list[Component]:
    file = html.A(
        words("meeting.minutes"), href=minutes.address(found["meeting_id"]), className="ek-button", download=""
    )
    if not own:
        return [file]
    label = words("meeting.every_approve")
    every = html.Button(label, id={"type": ids.EVERY, "outcome": "approve"}, className="ek-button", n_clicks=0)
    come = found["has_come"]
    return [
        button("draw", words),
        *([every] if waiting and come else []),
        file,
        *([button("close", words)] if come else []),
    ]


def _edit(found: MeetingRow, words: Words) -> Component:
    """What is said of the meeting, to be changed until it is closed."""
    inputs = fields.fields(lambda name: {"type": ids.FIELD, "name": name}, found, words)
    form = html.Div([*inputs, button("edit", words)], className="ek-column-form", **SAVES)
    return html.Details([html.Summary(words("meeting.edit")), form])
