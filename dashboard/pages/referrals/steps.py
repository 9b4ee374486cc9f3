"""The steps of a referral: the thread of those that were taken, and a small form for each that may be taken now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.components.forms import SAVES
from dashboard.pages.referrals import files, ids
from dashboard.pages.referrals.parts import party_name
from layers import numbers
from registry.referrals.referrals import StepReferral

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from queries.row_types.referrals import AllowedReferralStepRow, ReferralFileRow, ReferralStepRow
    from words import Words

_MAIN: Final = frozenset({"terima", "jawab", "tambah"})
_LONGEST: Final = 4_000


def command_of(number: str, version: int, action: str, given: Mapping[str, Any]) -> StepReferral:
    """What was filled in for a step."""
    return StepReferral(
        number=number,
        version=version,
        action=action,
        words=str(given.get("words") or "")[:_LONGEST],
        decision=str(given.get("decision") or "") or None,
    )


def offered(allowed: Sequence[AllowedReferralStepRow], words: Words) -> Component:
    """A form for each step that may be taken now, or that there is none."""
    if not allowed:
        return html.P(words("referral.no_steps"), className="ek-footnote")
    return html.Ul([html.Li(_form(step, words)) for step in allowed], className="ek-case-steps")


def _form(step: AllowedReferralStepRow, words: Words) -> Component:
    action = step["action"]
    name = words(f"referral.step_{action}")
    note = html.P(words(f"referral.note_{action}"), className="ek-footnote")
    button = dmc.Button(name, id=ids.step(action), variant="filled" if action in _MAIN else "default")
    if action == "terima":
        return html.Div([note, button], className="ek-case-step", **SAVES)
    fields: list[Component] = []
    if step["codes"]:
        codes = [{"value": code, "label": words(f"referral.decision_{code}")} for code in step["codes"]]
        fields.append(
            dmc.Select(
                id=ids.answer(action, "decision"), label=words("referral.field_decision"), data=codes,
                placeholder=words("form.choose"), withAsterisk=True,
            )
        )  # fmt: skip
    fields.append(
        dmc.Textarea(
            id=ids.answer(action, "words"), label=words("referral.field_words"), value="", autosize=True, minRows=2,
            withAsterisk=step["needs_words"], attributes={"input": {"maxLength": _LONGEST}},
        )
    )  # fmt: skip
    return html.Details(
        [html.Summary(name), html.Div([note, *fields, button], className="ek-case-step-fields")],
        className="ek-case-step",
        **SAVES,
    )


def thread(steps: Sequence[ReferralStepRow], kept: Sequence[ReferralFileRow], words: Words) -> Component:
    """What both sides said and decided, the earliest first, with the files that went along."""
    return html.Ol([_said(step, kept, words) for step in steps], className="ek-case-history")


def _said(step: ReferralStepRow, kept: Sequence[ReferralFileRow], words: Words) -> Component:
    facts: list[Any] = [html.Strong(words(f"referral.step_{step['action']}"))]
    if step["decision"]:
        facts += [" · ", words(f"referral.decision_{step['decision']}")]
    who = f"{step['actor_name'] or ''} ({party_name(step['party'], step, 'party', words)})"
    parts: list[Component] = [
        html.P(facts),
        html.P([who, " · ", html.Time(numbers.moment(step["at"]), dateTime=step["at"].isoformat())]),
    ]
    if step["words"] and step["action"] != "hantar":
        parts.append(html.P(step["words"], className="ek-case-reason"))
    own = [file for file in kept if file["step_id"] == step["step_id"]]
    if own:
        parts.append(html.Ul([html.Li(files.link(file)) for file in own], className="ek-referral-files"))
    return html.Li(parts)
