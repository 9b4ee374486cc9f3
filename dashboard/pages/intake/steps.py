"""The steps of a form: those that were taken, and a small form for each that may be taken now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.areas import area_options
from dashboard.components.forms import SAVES
from dashboard.pages.intake import ids
from layers import numbers
from registry.intake.steps import StepIntake

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from queries.intake import WholeIntake
    from queries.row_types.intake import AllowedIntakeStepRow, IntakeDistrictRow, IntakeStepRow
    from words import Words

_LONGEST: Final = 1_000
_OFFERED: Final = {"isi_rumah": ("isi_rumah",), "sasaran": ("isi_rumah", "kes", "borang")}


def command_of(reference: str, version: int, action: str, given: Mapping[str, Any]) -> StepIntake:
    """What was filled in for a step; a number that was typed goes before one that was chosen."""
    return StepIntake(
        reference=reference,
        version=version,
        action=action,
        reason=str(given.get("reason") or "")[:_LONGEST],
        target=str(given.get("typed") or "").strip() or str(given.get("target") or ""),
    )


def offered(found: WholeIntake, districts: Sequence[IntakeDistrictRow], words: Words) -> Component:
    """A form for each step that may be taken now, or that there is none."""
    if not found.allowed:
        return html.P(words("intake.no_steps"), className="ek-footnote")
    forms = [html.Li(_form(step, found, districts, words)) for step in found.allowed]
    return html.Ul(forms, className="ek-case-steps")


def _form(
    step: AllowedIntakeStepRow, found: WholeIntake, districts: Sequence[IntakeDistrictRow], words: Words
) -> Component:
    action = step["action"]
    name = words(f"intake.step_{action}")
    note = html.P(words(f"intake.note_{action}"), className="ek-footnote")
    button = dmc.Button(name, id=ids.step(action), variant="filled" if step["needs"] in {"", "kes"} else "default")
    if step["needs"] in {"", "kes"}:
        return html.Div([note, button], className="ek-case-step", **SAVES)
    fields: list[Component] = []
    if step["needs"] in _OFFERED:
        fields += _targets(step, found, words)
    if step["needs"] == "daerah":
        listed = area_options((row["state_name"], row["code"], row["name"]) for row in districts)
        fields.append(_select(action, words("intake.field_district"), listed, words))
    fields.append(
        dmc.Textarea(
            id=ids.answer(action, "reason"), label=words("intake.reason"), value="", autosize=True, minRows=2,
            withAsterisk=step["needs"] == "sebab", attributes={"input": {"maxLength": _LONGEST}},
        )
    )  # fmt: skip
    return html.Details(
        [html.Summary(name), html.Div([note, *fields, button], className="ek-case-step-fields")],
        className="ek-case-step",
        **SAVES,
    )


def _targets(step: AllowedIntakeStepRow, found: WholeIntake, words: Words) -> list[Component]:
    action = step["action"]
    kinds = [kind for kind in _OFFERED[step["needs"]] if kind != "borang" or action == "gabung"]
    listed = [
        {
            "value": row["number"],
            "label": " ".join((words("intake.candidate_" + row["kind"]), row["number"], row["shown_name"] or "")),
        }
        for row in found.candidates
        if row["kind"] in kinds and (row["kind"] != "borang" or row["number"][:1] == found.form["reference"][:1])
    ]
    typed = dmc.TextInput(
        id=ids.answer(action, "typed"), label=words(f"intake.typed_{step['needs']}"), value="",
        attributes={"input": {"maxLength": 20}},
    )  # fmt: skip
    return [*([_select(action, words("intake.chosen"), listed, words)] if listed else []), typed]


def _select(action: str, label: str, data: list[Any], words: Words) -> Component:
    made: Component = dmc.Select(
        id=ids.answer(action, "target"), label=label, data=data, searchable=True, placeholder=words("form.choose"),
        nothingFoundMessage=words("form.no_match"),
    )  # fmt: skip
    return made


def thread(taken: Sequence[IntakeStepRow], words: Words) -> Component:
    """What was done, the earliest first."""
    return html.Ol([_taken(step, words) for step in taken], className="ek-case-history")


def _taken(step: IntakeStepRow, words: Words) -> Component:
    who = [step["actor_name"]] if step["actor_name"] else []
    moment = html.Time(numbers.moment(step["at"]), dateTime=step["at"].isoformat())
    parts = [
        html.P(html.Strong(words(f"intake.step_{step['action']}"))),
        html.P([*who, *([" · "] if who else []), moment]),
    ]
    if step["reason"]:
        parts.append(html.P(step["reason"], className="ek-case-reason"))
    return html.Li(parts)
