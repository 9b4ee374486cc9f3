"""The steps of a case: those that were taken, and a small form for each that may be taken now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboard.casework import state_name
from dashboard.components.aria import aria
from dashboard.components.forms import SAVES
from dashboard.pages.cases import ids
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.row_types.cases import AllowedStepRow, StepRow
    from words import Words

Options = list[dict[str, str]]
_MAIN = frozenset({"submit", "accept_new", "assign", "visit", "recommend", "approve"})


def offered(allowed: Sequence[AllowedStepRow], *, officers: Options, meetings: Options, words: Words) -> Component:
    """A form for each step that may be taken now, or that there is none."""
    if not allowed:
        return html.P(words("case.no_steps"), className="ek-footnote")
    chosen = {"officers": officers, "meetings": meetings}
    return html.Ul([html.Li(_form(step, chosen, words)) for step in allowed], className="ek-case-steps")


def taken(steps: Sequence[StepRow], words: Words) -> Component:
    """What has happened to a case, the latest first: what, who, when, why."""
    return html.Ol([_event(step, words) for step in steps], className="ek-case-history")


def action_name(action: str, words: Words) -> str:
    """A step in words."""
    return words(f"case.step_{action}")


def _form(step: AllowedStepRow, chosen: dict[str, Options], words: Words) -> Component:
    action = step["action"]
    asked = _asked(step, chosen, words)
    variant = "filled" if action in _MAIN else "default"
    button = dmc.Button(action_name(action, words), id=ids.step(action), variant=variant)
    note = html.P(words(f"case.note_{action}"), className="ek-footnote")
    if not asked:
        return html.Div([note, button], className="ek-case-step", **SAVES)
    return html.Details(
        [
            html.Summary(action_name(action, words)),
            html.Div([note, *asked, button], className="ek-case-step-fields"),
        ],
        className="ek-case-step",
        **SAVES,
    )


def _asked(step: AllowedStepRow, chosen: dict[str, Options], words: Words) -> list[Component]:
    action, fields = step["action"], []
    if step["needs_officer"]:
        fields.append(_select(action, "assigned_to", chosen["officers"], words("case.officer"), words))
    if step["needs_meeting"]:
        fields.append(_select(action, "meeting_id", chosen["meetings"], words("case.meeting"), words))
    if step["needs_reason"] or fields or action in {"withdraw", "visit"}:
        fields.append(
            dmc.Textarea(
                id=ids.answer(action, "reason"),
                label=words("case.reason"),
                withAsterisk=bool(step["needs_reason"]),
                autosize=True,
                minRows=2,
            )
        )
    return fields


def _select(action: str, name: str, options: Options, label: str, words: Words) -> Component:
    select: Component = dmc.Select(
        id=ids.answer(action, name),
        label=label,
        data=options,
        withAsterisk=True,
        searchable=True,
        placeholder=words("form.choose"),
        nothingFoundMessage=words("form.no_match"),
    )
    return select


def _event(step: StepRow, words: Words) -> Component:
    who = step["actor_name"] or (words("case.by_system") if step["actor"] == "system" else step["actor"])
    facts = [words("case.now", state=state_name(step["to_ms"], step["to_en"], words))]
    if step["assigned_name"]:
        facts.append(words("case.given_to", name=step["assigned_name"]))
    if step["meeting_number"]:
        facts.append(words("case.met", number=step["meeting_number"], date=numbers.day(step["meeting_held_on"])))
    reason = [html.P(step["reason"], className="ek-case-reason")] if step["reason"] else []
    return html.Li(
        [
            html.P([html.Strong(action_name(step["action"], words)), " · ", " · ".join(facts)]),
            html.P([who, " · ", html.Time(numbers.moment(step["at"]), dateTime=step["at"].isoformat())]),
            *reason,
        ],
        **aria(label=None),
    )
