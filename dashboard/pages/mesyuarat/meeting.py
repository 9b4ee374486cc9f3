"""The page of one meeting: its agenda, many decisions at once, and the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.mesyuarat import ids, minutes
from dashboard.pages.mesyuarat.page import PATH as LIST_PATH
from layers import numbers
from queries import meetings
from registry.errors import DatabaseAway, RegistryError
from registry.principals import Permission
from registry.services.meetings import OUTCOMES, Decision, close_meeting, decide_items, draw_agenda, take_off

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.i18n import Words

PATH: Final = "/mesyuarat/<meeting>"


class Pressed(NamedTuple):
    """A button of the page: what it does, to which row, at which meeting as it was seen."""

    act: str
    row: str
    meeting: int
    version: int


def layout(meeting: str = "", **_query: Any) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    number = int(meeting) if meeting.isdigit() and len(meeting) < 19 else None  # noqa: PLR2004 - digits of a bigint
    return html.Div(
        [
            dcc.Store(id=ids.MEETING, data=number),
            dcc.Store(id=ids.LOADED),
            dcc.Store(id=ids.DONE),
            dcc.Store(id=trail_of("mesyuarat-satu"), data=[]),
            html.Div(id=ids.SAID, role="status"),
            html.Div(skeleton(words("meeting.loading"), block=True), id=ids.CONTENT),
        ],
        className="ek-page ek-kad",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    minutes.register(app.server, deps)

    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.LOADED, "data"),
        Output(trail_of("mesyuarat-satu"), "data"),
        Input(ids.MEETING, "data"),
        Input(ids.DONE, "data"),
    )
    @requires(Permission.DECIDE)
    def show(number: int | None, _done: object) -> tuple[Any, Any, Any]:
        words = current_words()
        with deps.reading() as conn:
            found = meetings.meeting(conn, number) if number is not None else None
            items = meetings.agenda(conn, number) if found and number is not None else []
        if found is None:
            return empty(words("meeting.not_found"), words("error.not_found"), page=True), None, no_update
        versions = {str(row["case_id"]): row["version"] for row in items}
        trail = [{"label": words("nav.meetings"), "href": LIST_PATH}, {"label": found["number"]}]
        return _page(found, items, words), {"version": found["version"], "cases": versions}, trail

    @app.callback(
        Output({"type": ids.CHOICE, "case": ALL}, "value"),
        Input({"type": ids.EVERY, "outcome": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.DECIDE)
    def choose_for_all(clicks: list[int | None]) -> list[Any]:
        asked, places = ctx.triggered_id, len(ctx.outputs_list)
        if not any(clicks) or not isinstance(asked, dict):
            return [no_update] * places
        return [asked["outcome"]] * places

    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.SAID, "children"),
        Input({"type": ids.ACT, "act": ALL, "row": ALL}, "n_clicks"),
        State({"type": ids.CHOICE, "case": ALL}, "value"),
        State({"type": ids.CHOICE, "case": ALL}, "id"),
        State({"type": ids.REASON, "case": ALL}, "value"),
        State(ids.MEETING, "data"),
        State(ids.LOADED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.DECIDE)
    def act(clicks: list[int | None], *page: Any) -> Any:
        asked, words = ctx.triggered_id, current_words()
        choices, names, reasons, number, loaded = page
        if not any(clicks) or not isinstance(asked, dict) or number is None or not loaded:
            return no_update, no_update
        pressed = Pressed(str(asked["act"]), str(asked["row"]), int(number), int(loaded["version"]))
        chosen = [
            _decision(int(name["case"]), loaded["cases"], choice, reason)
            for name, choice, reason in zip(names, choices, reasons, strict=True)
            if choice
        ]
        try:
            said = _done(deps, pressed, chosen, words)
        except DatabaseAway:
            raise
        except RegistryError as refusal:
            return no_update, html.P(_sentence(refusal, words), className="ek-agreement is-far", role="alert")
        return {"at": sum(click or 0 for click in clicks), "act": asked}, said


def _decision(case_id: int, versions: dict[str, int], choice: object, reason: object) -> Decision:
    version = int(versions.get(str(case_id), 0))
    return Decision(case_id=case_id, version=version, action=str(choice), reason=str(reason or ""))


def _done(deps: Deps, pressed: Pressed, chosen: list[Decision], words: Words) -> Component | list[Component]:
    """Carry out what was pressed; answers what to say of it."""
    meeting = pressed.meeting
    with deps.writing() as session:
        match pressed.act:
            case "draw":
                return html.P(words.n("meeting.drawn", draw_agenda(session, meeting)), className="ek-kad-done")
            case "off" if pressed.row.isdigit():
                take_off(session, meeting, int(pressed.row))
                return html.P(words("meeting.taken_off"), className="ek-kad-done")
            case "close":
                close_meeting(session, meeting, version=pressed.version)
                return html.P(words("meeting.closed_now"), className="ek-kad-done")
            case _:
                answers = decide_items(session, meeting, chosen)
                numbers_of = {
                    item["case_id"]: item["number"] for item in meetings.agenda(session.connection(), meeting)
                }
    decided = sum(refusal is None for _, refusal in answers)
    refused = [
        html.Li(f"{numbers_of.get(decision.case_id, decision.case_id)}: {_sentence(refusal, words)}")
        for decision, refusal in answers if refusal is not None
    ]  # fmt: skip
    told: list[Component] = [html.P(words.n("meeting.decided", decided), className="ek-kad-done")]
    return [*told, html.Ul(refused, className="ek-agreement is-far", role="alert")] if refused else told


def _sentence(refusal: RegistryError, words: Words) -> str:
    key = f"error.{refusal.key}"
    return words(key, **refusal.values) if words.has(key) else words("error.refused")


def _page(found: dict[str, Any], items: list[dict[str, Any]], words: Words) -> Component:
    open_still = found["state"] != "closed"
    waiting = [row for row in items if row["outcome"] is None]
    facts = [
        (words("meeting.area"), found["area_name"]),
        (words("meeting.held_on"), numbers.day(found["held_on"])),
        (words("meeting.place"), found["place"]),
        (words("meeting.members"), ", ".join(found["members"])),
    ]
    parts: list[Component] = [
        html.H1([words("meeting.title", number=found["number"]), " ",
                 html.Span(words(f"meeting.state_{found['state']}"), className="ek-tag")]),
        html.Dl([part for name, value in facts for part in (html.Dt(name), html.Dd(value))],
                className="ek-kad-facts ek-panel ek-kad-panel"),
        html.Div(_buttons(found, waiting, words, open_still=open_still), className="ek-actions"),
        html.H2(words("meeting.agenda")),
    ]  # fmt: skip
    if not items:
        parts.append(empty(words("meeting.no_items"), words("meeting.no_items_hint")))
    else:
        parts.append(_agenda(items, words, open_still=open_still))
    if open_still and waiting:
        parts.append(_button("decide", words, main=True))
    return html.Article(parts)


def _buttons(found: dict[str, Any], waiting: list[Any], words: Words, *, open_still: bool) -> list[Component]:
    file = html.A(
        words("meeting.minutes"), href=minutes.address(found["meeting_id"]), className="ek-button", download=""
    )
    if not open_still:
        return [file]
    label = words("meeting.every_approve")
    every = html.Button(label, id={"type": ids.EVERY, "outcome": "approve"}, className="ek-button", n_clicks=0)
    return [_button("draw", words), *([every] if waiting else []), file, _button("close", words)]


def _button(act: str, words: Words, *, row: str = "", main: bool = False, label: str = "") -> Component:
    look = "ek-button ek-button-main" if main else "ek-button"
    said: Any = aria(label=label) if label else {}
    return html.Button(
        words(f"meeting.act_{act}"), id={"type": ids.ACT, "act": act, "row": row}, className=look, n_clicks=0, **said
    )


def _agenda(items: list[dict[str, Any]], words: Words, *, open_still: bool) -> Component:
    head = [words(f"meeting.{name}") for name in ("case", "head", "where", "recommended", "outcome", "why")]
    rows = [_row(item, words, open_still=open_still) for item in items]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(name, scope="col") for name in head])), html.Tbody(rows)], className="ek-table"
    )
    return html.Div(table, className="ek-kad-scroll", role="region", tabIndex=0, **aria(label=words("meeting.agenda")))


def _row(item: dict[str, Any], words: Words, *, open_still: bool) -> Component:
    recommended = words(f"meeting.outcome_{item['recommendation']}") if item["recommendation"] else numbers.MISSING
    why = f": {item['recommended_why']}" if item["recommended_why"] else ""
    if item["outcome"] is None and open_still:
        offered = [{"value": outcome, "label": words(f"meeting.outcome_{outcome}")} for outcome in OUTCOMES]
        label = words("meeting.outcome_of", number=item["number"])
        choice: Any = [
            dmc.Select(
                id={"type": ids.CHOICE, "case": item["case_id"]},
                data=offered,
                clearable=True,
                w=150,
                **aria(label=label),
            ),
            _button("off", words, row=str(item["case_id"]), label=words("meeting.take_off_of", number=item["number"])),
        ]
        said = words("meeting.why_of", number=item["number"])
        reason: Any = dmc.TextInput(
            id={"type": ids.REASON, "case": item["case_id"]}, value="", w=220, **aria(label=said)
        )
    else:
        choice = words(f"meeting.outcome_{item['outcome']}") if item["outcome"] in OUTCOMES else numbers.MISSING
        reason = item["reason"] or ""
    return html.Tr(
        [
            html.Th(dcc.Link(item["number"], href=f"/kes/{item['case_id']}"), scope="row"),
            html.Td(item["head_name"]),
            html.Td(item["place_name"]),
            html.Td(f"{recommended}{why}"),
            html.Td(choice),
            html.Td(reason),
        ]
    )
