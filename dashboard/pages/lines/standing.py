"""What is told of one change that was asked for: what it is, who asked, how it stands, what it did."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from dash import dcc, html

from dashboard.components.feedback import problem
from dashboard.components.tables import facts
from dashboard.pages.lines import ids
from dashboard.pages.lines.effect import effect_view
from dashboard.pages.lines.texts import CHANGE_PATH, PATH, change_text, rule_text
from layers import numbers
from registry.status.effects import effect_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from queries.row_types.lines import ChangeRow
    from words import Words

_STOPPED: Final = {"failed", "cancelled"}


def standing(found: ChangeRow, names: Mapping[str, str], words: Words) -> list[Component]:
    """The whole of it, with the ways on."""
    entries = [
        (words("line.column_change"), _change(found, words)),
        (words("line.column_asked_by"), found["asked_by"]),
        (words("line.column_asked_at"), numbers.moment(found["asked_at"])),
        (words("line.column_standing"), words(f"line.state_{found['state']}")),
    ]
    if found["state"] == "done":
        entries.append((words("line.column_decided"), numbers.day(found["decided_on"])))
    return [html.H2(words("line.one_change")), facts(entries), *_became(found, names, words), _ways(found, words)]


def _change(found: ChangeRow, words: Words) -> str:
    command = found["command"]
    urban, rural = (_amount(command.get(f"vulnerable_{strata}_rm")) for strata in ("urban", "rural"))
    rule = rule_text(command.get("rule"), urban, rural, words)
    return change_text(found["kind"], found["effective_from"], words, year=command.get("survey_year"), rule=rule)


def _amount(kept: object) -> Decimal | None:
    return None if kept is None else Decimal(str(kept))


def _became(found: ChangeRow, names: Mapping[str, str], words: Words) -> list[Component]:
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
        counts = {"households": numbers.count(found["households"] or 0), "moved": numbers.count(found["moved"] or 0)}
        return [html.P(words("line.outcome_not_kept", **counts))]
    note = html.P(words("line.done_note", day=numbers.day(found["decided_on"])), className="ek-footnote")
    return [*effect_view(effect_of(found["outcome"]), names, words, done=True), note]


def _ways(found: ChangeRow, words: Words) -> Component:
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
