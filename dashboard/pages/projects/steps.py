"""The steps of a project: those that were taken, a small form for each that may be taken, and what it sends."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.components.days import beside_day
from dashboard.components.detail_page import done
from dashboard.components.forms import SAVES
from dashboard.pages.projects import ids
from dashboard.pages.projects.parts import MINUS, named, refused, rm, today, typed
from dashboard.stepping import Stepping
from layers import numbers
from registry.aid.lines import read_money
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.projects.projects import TakeProjectStep, step_project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from queries.projects import WholeProject
    from queries.row_types.projects import AllowedProjectStepRow, ContractorRow, ProjectStepRow
    from words import Words

_PLAN: Final = "plan"
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "semak": ("visited_on", "damage", "land", "permission_no", "reason"),
    "sah_kos": ("cost_rm",),
    "hantar": ("list_no", "list_day"),
    "peraku": ("agreed_by", "minutes_no", "minutes_day"),
    "tolak": ("agreed_by", "minutes_no", "minutes_day", "reason"),
    "mula": ("contractor_id", "sum_rm", _PLAN),
    "lapor_siap": ("received_by", "receipt_no", "received_on"),
    "siap": (),
    "lanjut": ("reference", "reason", _PLAN),
    "ubah_kerja": ("amount_rm", "reason"),
    "komit_semula": ("amount_rm",),
    "sah_sakit": (),
    "izin": ("evidence", "reason"),
    **dict.fromkeys(("tolak_sakit", "gantung", "sambung", "kembali", "batal"), ("reason",)),
}
"""What a person fills in for a step; ``plan`` stands for the days of every milestone."""
_MAIN: Final = frozenset({"semak", "sah_kos", "hantar", "peraku", "mula", "lapor_siap", "siap"})
_OPTIONAL: Final = frozenset({"permission_no", "agreed_by", "minutes_no", "minutes_day"})
_DAYS: Final = frozenset({"visited_on", "list_day", "minutes_day", "received_on"})
_MONEY: Final = frozenset({"cost_rm", "sum_rm", "amount_rm"})
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "damage": ("ekonomik", "tidak_ekonomik"),
    "land": ("sendiri", "kebenaran"),
}


def stepping(number: str, words: Words) -> Stepping[TakeProjectStep]:
    """How a step of a project is taken and told."""

    def message(action: str, result: dict[str, Any]) -> Component:
        state = words(f"project.state_{result['state']}")
        return done(words("project.taken", step=words(f"project.step_{action}"), state=state))

    return Stepping(
        kind="project",
        command=lambda version, action, given: command_of(number, version, action, given),
        take=lambda session, command: {"state": step_project(session, command)},
        message=message,
        refused=lambda error: refused(error, words),
        read=lambda action, values, names: typed(values, names, action=action),
    )


def offered(found: WholeProject, contractors: Sequence[ContractorRow], words: Words) -> Component:
    """A form for each step that may be taken now, or that there is none."""
    if not found.allowed:
        return html.P(words("project.no_steps"), className="ek-footnote")
    items = [html.Li(_form(found, step, contractors, words)) for step in found.allowed]
    return html.Ul(items, className="ek-case-steps")


def taken(steps: Sequence[ProjectStepRow], words: Words) -> Component:
    """What has happened, the latest first: what, who, when, why."""
    return html.Ol([_event(step, words) for step in steps], className="ek-case-history")


def command_of(number: str, version: int, action: str, given: Mapping[str, str]) -> TakeProjectStep:
    """What was filled in for a step.

    Raises:
        InvalidInput: an amount or a day cannot be read.

    """
    detail: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name in FIELDS.get(action, ()):
        text = given.get(name, "")
        if name == _PLAN:
            detail |= _plan_of(given)
        elif name == "reason" or not text:
            continue
        elif name in _DAYS:
            day = day_of(text)
            detail[name] = day
            problems |= {name: "date"} if day is None else {}
        elif name in _MONEY:
            amount = _amount(text)
            detail[name] = amount
            problems |= {name: "money"} if amount is None else {}
        else:
            detail[name] = text
    if "contractor_id" in detail and not str(detail["contractor_id"]).isdecimal():
        problems["contractor_id"] = "choice"
    if problems:
        raise InvalidInput(problems)
    return TakeProjectStep(number=number, version=version, action=action, reason=given.get("reason", ""), detail=detail)


def _plan_of(given: Mapping[str, str]) -> dict[str, Any]:
    """The days of the milestones in their order; what is no day is none, which the register refuses."""
    count = sum(1 for name in given if name.startswith("begin_"))
    return {
        "begins": [day_of(given.get(f"begin_{no}")) for no in range(1, count + 1)],
        "ends": [day_of(given.get(f"end_{no}")) for no in range(1, count + 1)],
    }


def _amount(text: str) -> Decimal | None:
    """An amount, RM; with a minus in front one that is less."""
    less = text.startswith(("-", MINUS))
    amount = read_money(text[1:] if less else text)
    return -amount if less and amount is not None else amount


def _form(
    found: WholeProject, step: AllowedProjectStepRow, contractors: Sequence[ContractorRow], words: Words
) -> Component:
    action = step["action"]
    fields: list[Component] = []
    for name in _asked(found, action):
        fields += (
            _plan_fields(found, action, words) if name == _PLAN else [_field(found, step, name, contractors, words)]
        )
    button = dmc.Button(
        words(f"project.step_{action}"), id=ids.step(action), variant="filled" if action in _MAIN else "default"
    )
    note = html.P(words(f"project.note_{action}"), className="ek-footnote")
    if not fields:
        return html.Div([note, button], className="ek-case-step", **SAVES)
    return html.Details(
        [
            html.Summary(words(f"project.step_{action}")),
            html.Div([note, *fields, button], className="ek-case-step-fields"),
        ],
        className="ek-case-step",
        **SAVES,
    )


def _asked(found: WholeProject, action: str) -> list[str]:
    """The fields of a step that this type, or its having a household, asks for."""
    names = list(FIELDS[action])
    damage = found.project["damage"]
    if action == "semak" and damage is None:
        names = [name for name in names if name not in {"damage", "land", "permission_no"}]
    elif action == "semak" and damage == "boleh_dibaiki":
        names = [name for name in names if name not in {"land", "permission_no"}]
    if found.households and "agreed_by" in names:
        names.remove("agreed_by")
    return names


def _field(
    found: WholeProject, step: AllowedProjectStepRow, name: str, contractors: Sequence[ContractorRow], words: Words
) -> Component:
    action = step["action"]
    shared: dict[str, Any] = {
        "id": ids.answer(action, name),
        "label": words(f"project.field_{name}"),
        "withAsterisk": step["needs_reason"] if name == "reason" else name not in _OPTIONAL,
    }
    field: Component
    if name in _CHOICES or name == "contractor_id":
        data = [{"value": one, "label": words(f"project.{name}_{one}")} for one in _CHOICES.get(name, ())]
        if name == "contractor_id":
            data = [
                {"value": str(one["contractor_id"]), "label": f"{one['name']} ({one['registration_no']})"}
                for one in contractors
            ]
        field = dmc.Select(
            **shared, data=data, searchable=True, placeholder=words("form.choose"),
            nothingFoundMessage=words("form.no_match"),
        )  # fmt: skip
    elif name == "reason":
        field = dmc.Textarea(**shared, autosize=True, minRows=2)
    elif name in _DAYS:
        field = dmc.TextInput(**shared, value=numbers.day(today()), **beside_day(shared["label"], words))
    else:
        field = dmc.TextInput(**shared, **_known(found, action, name, words))
    return field


def _known(found: WholeProject, action: str, name: str, words: Words) -> dict[str, Any]:
    """What a field begins with, and what is to be known of it."""
    row = found.project
    if name == "cost_rm":
        ceiling = row["ceiling_rm"]
        told = words("project.ceiling", amount=rm(ceiling)) if ceiling is not None else words("project.no_ceiling")
        return {"value": f"{row['estimate_rm']:.2f}", "description": told}
    if name == "sum_rm":
        return {"value": "", "description": words("project.committed", amount=rm(row["committed_rm"]))}
    if name == "amount_rm" and action == "ubah_kerja":
        return {"value": "", "description": words("project.variation_hint", amount=rm(row["committed_rm"]))}
    return {"value": ""}


def _plan_fields(found: WholeProject, action: str, words: Words) -> list[Component]:
    """Two days for each milestone, as the plan in force has them."""
    fields: list[Component] = []
    for one in found.milestones:
        inside = []
        for what, known in (("begin", one["begins"]), ("end", one["ends"])):
            label = words(f"project.{what}_of", milestone=named(one, "name", words))
            inside.append(
                dmc.TextInput(
                    id=ids.answer(action, f"{what}_{one['position']}"),
                    label=label,
                    value=numbers.day(known) if known else "",
                    withAsterisk=True,
                    **beside_day(label, words),
                )
            )
        fields.append(html.Div(inside, className="ek-projects-days"))
    return fields


def _event(step: ProjectStepRow, words: Words) -> Component:
    who = step["actor_name"] or step["actor"]
    told = [
        words(f"project.field_{name}") + ": " + _told(name, step["detail"][name], words)
        for name in sorted(step["detail"])
        if words.has(f"project.field_{name}") and step["detail"][name] not in (None, "") and name != "contractor_id"
    ]
    said = [part for part in (step["reason"], " · ".join(told)) if part]
    return html.Li(
        [
            html.P(
                [
                    html.Strong(words(f"project.step_{step['action']}")),
                    " · ",
                    words(f"project.state_{step['to_state']}"),
                ]
            ),
            html.P([who, " · ", html.Time(numbers.moment(step["at"]), dateTime=step["at"].isoformat())]),
            *(html.P(part, className="ek-case-reason") for part in said),
        ]
    )


def _told(name: str, value: object, words: Words) -> str:
    if name in _DAYS:
        day = day_of(value)
        return numbers.day(day) if day else str(value)
    if name in _MONEY:
        return rm(Decimal(str(value)))
    return words(f"project.{name}_{value}") if name in _CHOICES else str(value)
