"""The steps of an application: those that were taken, a small form for each that may be taken, and what it sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.days import beside_day
from dashboard.components.forms import SAVES
from dashboard.pages.applications import ids
from dashboard.pages.applications.parts import edit_address, named, rm
from layers import numbers
from registry.aid.lines import read_money
from registry.applications.applications import TakeStep
from registry.errors import InvalidInput
from registry.households.typed_values import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dash.development.base_component import Component

    from queries.row_types.applications import AidStepRow, AllowedAidStepRow, ApplicationRow
    from words import Words

Options = list[dict[str, Any]]
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "ubah": (), "hantar": (), "lengkap": ("reason",), "semak": ("code", "reason"),
    "lulus": ("amount", "first_day", "last_day", "reason"), "tolak": ("code", "reason"), "alih": ("kind", "reason"),
    "minta_dokumen": ("reason",), "rayu": ("reason",), "putus_terima": ("reason",), "putus_tolak": ("reason",),
    "serah": ("day", "place", "quantity", "evidence"), "terima": ("day", "received_by", "evidence"),
    "batal": ("reason",), "tarik": ("reason",), "mohon_izin": ("reason",), "izin": ("code", "reason", "evidence"),
    "tolak_izin": ("reason",),
}  # fmt: skip
"""What a person fills in for a step."""
_MAIN: Final = frozenset({"hantar", "semak", "lulus", "serah", "terima", "lengkap", "rayu", "putus_terima", "izin"})
_OPTIONAL: Final = {("lulus", "reason"), ("lulus", "first_day"), ("lulus", "last_day"), ("lengkap", "reason")}
_DAYS: Final = frozenset({"day", "first_day", "last_day"})
_DETAILS: Final = ("place", "evidence", "received_by")
_LONGEST: Final = 2_000


def offered(
    application: ApplicationRow, allowed: Sequence[AllowedAidStepRow], *, kinds: Options, words: Words
) -> Component:
    """A form for each step that may be taken now, or that there is none."""
    if not allowed:
        return html.P(words("application.no_steps"), className="ek-footnote")
    return html.Ul([html.Li(_form(application, step, kinds, words)) for step in allowed], className="ek-case-steps")


def taken(steps: Sequence[AidStepRow], words: Words) -> Component:
    """What has happened, the latest first: what, who, when, why."""
    return html.Ol([_event(step, words) for step in steps], className="ek-case-history")


def action_name(action: str, words: Words) -> str:
    """A step in words."""
    return words(f"application.step_{action}")


def code_name(action: str, code: str, words: Words) -> str:
    """A reason to choose in words; those of leave to overlap are those of held aid."""
    return words(f"override.{code}" if action == "izin" else f"application.code_{code}")


def command_of(number: str, version: int, action: str, given: Mapping[str, Any]) -> TakeStep:
    """What was filled in for a step.

    Raises:
        InvalidInput: an amount, a day, a number or a kind cannot be read.

    """
    typed = {name: str(given.get(name) or "").strip()[:_LONGEST] for name in FIELDS.get(action, ())}
    days = {name: day_of(typed[name]) for name in _DAYS if typed.get(name)}
    amount = read_money(typed.get("amount"))
    quantity = read_money(typed.get("quantity"))
    problems = {name: "date" for name, day in days.items() if day is None}
    problems |= {"amount": "money"} if typed.get("amount") and amount is None else {}
    problems |= {"quantity": "number"} if typed.get("quantity") and quantity is None else {}
    problems |= {"kind": "choice"} if "kind" in typed and not typed["kind"].isdecimal() else {}
    if problems:
        raise InvalidInput(problems)
    detail: dict[str, Any] = {name: typed[name] for name in _DETAILS if name in typed}
    if "day" in typed:
        day = days.get("day")
        detail["day"] = day.isoformat() if day else None
    if quantity is not None:
        detail["quantity"] = quantity
    return TakeStep(
        number=number,
        version=version,
        action=action,
        reason=typed.get("reason", ""),
        code=typed.get("code") or None,
        amount_rm=amount,
        first_day=days.get("first_day"),
        last_day=days.get("last_day"),
        kind_id=int(typed["kind"]) if "kind" in typed else None,
        detail=detail,
    )


def _form(application: ApplicationRow, step: AllowedAidStepRow, kinds: Options, words: Words) -> Component:
    action = step["action"]
    fields = [_field(application, step, name, kinds, words) for name in _asked(application, action)]
    button = dmc.Button(
        action_name(action, words), id=ids.step(action), variant="filled" if action in _MAIN else "default"
    )
    note = html.P(words(f"application.note_{action}"), className="ek-footnote")
    if action == "ubah":  # a page of its own: what is asked for is changed as it was filled in
        link = dcc.Link(action_name(action, words), href=edit_address(application["number"]), className="ek-button")
        return html.Div([note, link], className="ek-case-step")
    if not fields:
        return html.Div([note, button], className="ek-case-step", **SAVES)
    return html.Details(
        [
            html.Summary(action_name(action, words)),
            html.Div([note, *fields, button], className="ek-case-step-fields"),
        ],
        className="ek-case-step",
        **SAVES,
    )


def _asked(application: ApplicationRow, action: str) -> list[str]:
    """The fields of a step; services are not counted, and what has no end has no last day."""
    names = list(FIELDS[action])
    if action == "serah" and application["form"] != "barangan":
        names.remove("quantity")
    if action == "lulus" and application["coverage"] == "seumur":
        names.remove("last_day")
        names.remove("first_day")
    return names


def _field(application: ApplicationRow, step: AllowedAidStepRow, name: str, kinds: Options, words: Words) -> Component:
    action = step["action"]
    shared: dict[str, Any] = {
        "id": ids.answer(action, name),
        "label": words(f"application.field_{name}"),
        "withAsterisk": (action, name) not in _OPTIONAL and (name != "reason" or step["needs_reason"]),
    }
    field: Component
    if name in {"code", "kind"}:
        codes = [{"value": code, "label": code_name(action, code, words)} for code in step["codes"]]
        field = dmc.Select(
            **shared, data=kinds if name == "kind" else codes, searchable=True, placeholder=words("form.choose"),
            nothingFoundMessage=words("form.no_match"),
        )  # fmt: skip
    elif name == "reason":
        label = words("application.field_missing") if action == "minta_dokumen" else shared["label"]
        hint = {"description": words("held_aid.override_words_hint")} if action == "izin" else {}
        field = dmc.Textarea(**(shared | {"label": label} | hint), autosize=True, minRows=2)
    elif name in _DAYS:
        field = dmc.TextInput(**shared, value=_known_day(application, name), **beside_day(shared["label"], words))
    else:
        field = dmc.TextInput(**shared, **_known(application, name, words))
    return field


def _known(application: ApplicationRow, name: str, words: Words) -> dict[str, Any]:
    """What a field begins with, and what is to be known of it."""
    if name == "quantity":
        return {"value": "", "description": application["unit"] or words("application.quantity_hint")}
    if name != "amount":
        return {"value": ""}
    ceiling = application["ceiling_rm"]
    hint = words("application.ceiling", amount=rm(ceiling, words)) if ceiling is not None else ""
    asked = application["amount_asked_rm"]
    return {"value": f"{min(asked, ceiling) if ceiling is not None else asked:.2f}", "description": hint}


def _known_day(application: ApplicationRow, name: str) -> str:
    days: dict[str, date | None] = {
        "first_day": application["asked_first"],
        "last_day": application["asked_last"],
    }
    known = days.get(name)
    return numbers.day(known) if known else ""


def _event(step: AidStepRow, words: Words) -> Component:
    who = step["actor_name"] or (words("application.by_system") if step["actor"] == "system" else step["actor"])
    agency = f" ({named(step, 'agency', words)})" if step["agency_ms"] else ""
    facts = [words(f"application.state_{step['to_state']}")]
    if step["code"]:
        facts.append(code_name(step["action"], step["code"], words))
    if step["amount_rm"] is not None:
        facts.append(rm(step["amount_rm"], words))
    told = [words(f"application.told_{name}", value=_told(name, step["detail"][name])) for name in
            ("day", "place", "quantity", "received_by", "evidence") if step["detail"].get(name)]  # fmt: skip
    said = [part for part in (step["reason"], " · ".join(told)) if part]
    return html.Li(
        [
            html.P([html.Strong(action_name(step["action"], words)), " · ", " · ".join(facts)]),
            html.P([who, agency, " · ", html.Time(numbers.moment(step["at"]), dateTime=step["at"].isoformat())]),
            *(html.P(part, className="ek-case-reason") for part in said),
        ]
    )


def _told(name: str, value: object) -> str:
    if name == "day":
        day = day_of(value)
        return numbers.day(day) if day else str(value)
    return str(value)
