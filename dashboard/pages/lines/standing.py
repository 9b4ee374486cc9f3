"""What is told of one change that was asked for: what it is, who asked, how it stands, what it did."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from dash import dcc, html

from dashboard.components.feedback import problem
from dashboard.components.tables import facts
from dashboard.pages.lines import ids
from dashboard.pages.lines.effect import effect_view
from dashboard.pages.lines.told import CHANGE_PATH, PATH, change_told
from layers import numbers
from registry.status.effects import effect_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from words import Words

_STOPPED: Final = {"failed", "cancelled"}


def standing(found: Mapping[str, Any], names: Mapping[str, str], words: Words) -> list[Component]:
    """The whole of it, with the ways on."""
    said = [
        (words("line.column_change"), change_told(_row_of(found), words)),
        (words("line.column_asked_by"), found["asked_by"]),
        (words("line.column_asked_at"), numbers.moment(found["asked_at"])),
        (words("line.column_standing"), words(f"line.state_{found['state']}")),
    ]
    if found["state"] == "done":
        said.append((words("line.column_decided"), numbers.day(found["decided_on"])))
    return [html.H2(words("line.one_change")), facts(said), *_became(found, names, words), _ways(found, words)]


def _row_of(found: Mapping[str, Any]) -> dict[str, Any]:
    """The change as the history tells it."""
    command = found["command"]
    ceilings = ("vulnerable_urban_rm", "vulnerable_rural_rm")
    return {
        "kind": found["kind"],
        "survey_year": command.get("survey_year"),
        "rule": command.get("rule"),
        "effective_from": found["effective_from"],
        **{name: _amount(command.get(name)) for name in ceilings},
    }


def _amount(kept: object) -> Decimal | None:
    return None if kept is None else Decimal(str(kept))


def _became(found: Mapping[str, Any], names: Mapping[str, str], words: Words) -> list[Component]:
    """What it did, or why it did nothing."""
    if found["state"] == "failed":
        key = f"error.{found['problem']}"
        return [problem(words("line.not_made"), words(key if words.has(key) else "error.refused"))]
    if found["state"] == "waits" and found["job_state"] in _STOPPED:
        return [problem(words("line.stopped"), words("line.stopped_hint"))]
    if found["state"] == "adopted":
        return [html.P(words("line.adopted_hint", day=numbers.day(found["effective_from"])))]
    if found["state"] != "done":
        return []
    if found["outcome"] is None:
        counts = {name: numbers.count(found[name] or 0) for name in ("households", "moved")}
        return [html.P(words("line.outcome_not_kept", **counts))]
    note = html.P(words("line.done_note", day=numbers.day(found["decided_on"])), className="ek-footnote")
    return [*effect_view(effect_of(found["outcome"]), names, words, done=True), note]


def _ways(found: Mapping[str, Any], words: Words) -> Component:
    back = dcc.Link(words("line.back"), href=PATH, className="ek-button")
    if found["state"] != "waits":
        return html.Div(
            [back, html.A(words("line.another"), href=CHANGE_PATH, className="ek-button")], className="ek-actions"
        )
    button = html.Button(
        words("line.withdraw"),
        id={"type": ids.WITHDRAW, "change": found["change_id"]},
        type="button",
        className="ek-button",
        n_clicks=0,
    )
    return html.Div([button, back], className="ek-actions")
