"""Carries out what is pressed on the page of a meeting, once however often it is sent, and says what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dash import html

from dashboard.acting import once
from dashboard.components.detail_page import done, sentence
from dashboard.household.problems import problem_text
from dashboard.pages.meetings import fields
from dashboard.sent.kinds import whole_number
from queries import meetings
from registry.errors import InvalidInput
from registry.meetings.meetings import (
    Decision,
    EditMeeting,
    close_meeting,
    decide_items,
    draw_agenda,
    edit_meeting,
    take_off,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from registry.errors import RegistryError
    from words import Words

Filled = dict[str, tuple[str | None, str]]
"""What was chosen and why, by the case's id as text."""


class Pressed(NamedTuple):
    """A button of the page: what it does, to which row, at which meeting as it was seen and by which view of it."""

    act: str
    row: str
    meeting: int
    version: int
    key: str


def carry_out(
    deps: Deps, pressed: Pressed, chosen: Sequence[Decision], details: Mapping[str, Any]
) -> dict[str, object]:
    """Do what was pressed; the result holds no personal data."""
    meeting = pressed.meeting

    def act(session: Writes) -> dict[str, object]:
        match pressed.act:
            case "draw":
                return {"act": "draw", "cases": draw_agenda(session, meeting)}
            case "off":
                take_off(session, meeting, whole_number(pressed.row))
                return {"act": "off"}
            case "edit":
                given = fields.given(details)
                before: Mapping[str, object] = meetings.meeting(session.connection(), meeting) or {}
                changed = [name for name in fields.NAMES if _plain(given[name]) != _plain(before.get(name))]
                edit_meeting(session, EditMeeting(meeting_id=meeting, version=pressed.version, **given))
                return {"act": "edit", "changed": changed}
            case "close":
                close_meeting(session, meeting, version=pressed.version)
                return {"act": "close"}
            case _:
                answers = decide_items(session, meeting, chosen)
                return {"act": "decide", "outcomes": [_outcome(decision, refusal) for decision, refusal in answers]}

    return once(deps, f"meeting {meeting} {pressed.act} {pressed.row} {pressed.key}", act)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, list | tuple) else value


def _outcome(decision: Decision, refusal: RegistryError | None) -> dict[str, object]:
    return {
        "case": decision.case_id,
        "refused": None if refusal is None else refusal.key,
        "values": {} if refusal is None else refusal.values,
        "problems": refusal.problems if isinstance(refusal, InvalidInput) else {},
    }


def kept(result: Mapping[str, Any], filled: Filled) -> dict[str, list[str | None]]:
    """Choices that were not carried out, for the page to show them again."""
    gone = {str(one["case"]) for one in result.get("outcomes", ()) if one["refused"] is None}
    return {case: list(answer) for case, answer in filled.items() if any(answer) and case not in gone}


def message_of(result: Mapping[str, Any], numbers_of: Mapping[str, str], words: Words) -> Component | list[Component]:
    """What came of it."""
    match result["act"]:
        case "draw":
            return done(words.n("meeting.drawn", result["cases"]))
        case "off":
            return done(words("meeting.taken_off"))
        case "edit":
            named = ", ".join(words(f"meeting.{name}") for name in result["changed"])
            return done(f"{words('meeting.edited')} {named}.".strip(" .") + ".")
        case "close":
            return done(words("meeting.closed_now"))
    outcomes = result["outcomes"]
    message = done(words.n("meeting.decided", sum(one["refused"] is None for one in outcomes)))
    refused = [
        html.Li(f"{numbers_of.get(str(one['case']), one['case'])}: {_why(one, words)}")
        for one in outcomes
        if one["refused"] is not None
    ]
    return [message, html.Ul(refused, className="ek-error-summary", role="alert")] if refused else message


def refusal_message(refusal: RegistryError, words: Words) -> Component:
    """Why nothing was done."""
    shared: Any = {"className": "ek-error-summary", "role": "alert"}
    if not isinstance(refusal, InvalidInput):
        return html.P(sentence(refusal.key, refusal.values, words), **shared)
    wrong = [
        html.Li(f"{words(f'meeting.{name}')}: {words(f'problem.{problem}')}")
        for name, problem in refusal.problems.items()
        if name in fields.NAMES
    ]
    return html.Div([html.P(sentence(refusal.key, refusal.values, words)), html.Ul(wrong)], **shared)


def _why(outcome: Mapping[str, Any], words: Words) -> str:
    problems = sorted({problem_text(place, problem, {}, words) for place, problem in outcome["problems"].items()})
    return " ".join([sentence(outcome["refused"], outcome["values"], words), *problems])
